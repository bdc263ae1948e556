/**
 * Gives shapes their names in the document: every schema with a title, wherever it stands, becomes one component of
 * that name, so that a client generated from the document has one type for it. Also turns the few words that JSON
 * Schema and OpenAPI 3.0 use differently.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Document } from './openapi.ts'

export type Schema = { [key: string]: unknown; title?: string; $ref?: string }

const REFERENCE = '#/components/schemas/'
/** Under these stand values, not schemas. */
const DATA = new Set(['example', 'examples', 'default', 'enum'])

/** Throws where two different shapes have one title. Components that nothing names are left out. */
export function nameComponents(document: Document): Document {
  const named: Record<string, Schema> = {}
  const shared = document.components.schemas
  const lift = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(lift)
    if (typeof value !== 'object' || value === null) return value
    const found = value as Schema
    if (typeof found.$ref === 'string' && found.$ref.startsWith(REFERENCE)) return liftShared(found.$ref)
    const entries = Object.entries(found).map(([key, inner]) => [key, DATA.has(key) ? inner : lift(inner)])
    const schema = inOpenApi30(Object.fromEntries(entries) as Schema)
    return isSchema(schema) && typeof schema.title === 'string' ? toReference(named, schema.title, schema) : schema
  }
  const liftShared = (reference: string): Schema => {
    const name = reference.slice(REFERENCE.length)
    if (name in shared && !(name in named)) {
      const { title: _, ...schema } = shared[name]!
      named[name] = {}
      named[name] = lift(schema) as Schema
    }
    return { $ref: reference }
  }
  const paths = lift(document.paths) as Document['paths']
  const schemas = Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { ...document, paths, components: { ...document.components, schemas } }
}

const isSchema = (value: Schema) => 'type' in value || 'allOf' in value || 'anyOf' in value || 'oneOf' in value

function toReference(named: Record<string, Schema>, title: string, { title: _, nullable, ...schema }: Schema): Schema {
  const name = title.replaceAll(/\W+/g, '')
  const known = named[name]
  if (known && !isDeepStrictEqual(known, schema)) throw new Error(`Two different shapes have the title ${title}`)
  named[name] = schema
  const reference = { $ref: REFERENCE + name }
  return nullable ? { nullable: true, allOf: [reference] } : reference
}

/** In 3.0 an exclusive bound is a flag beside the bound. */
function inOpenApi30(schema: Schema): Schema {
  const { exclusiveMinimum, exclusiveMaximum, ...rest } = schema
  return {
    ...rest,
    ...(typeof exclusiveMinimum === 'number' ? { minimum: exclusiveMinimum, exclusiveMinimum: true } : {}),
    ...(typeof exclusiveMaximum === 'number' ? { maximum: exclusiveMaximum, exclusiveMaximum: true } : {}),
  }
}
