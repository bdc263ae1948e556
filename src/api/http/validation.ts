/**
 * Checks requests against their schemas. A body is taken as it is: "2" is no number. Query and path are text, so
 * they are converted. Faults become the codes of a Refusal, and each surface phrases them.
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { EMAIL } from '#platform/email.ts'
import { type FieldCodes, type FieldProblem, Refusal } from '#platform/refusal.ts'

/** A day that the calendar has: the database knows no 31st of June, and no year 0. */
function isDay(text: string): boolean {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

const formats = { email: EMAIL, date: isDay, uri: /^https?:\/\/\S+$/i, binary: true } as const
const options = { allErrors: true, strict: false, useDefaults: true, verbose: true, formats }
const bodies = new Ajv(options)
const texts = new Ajv({ ...options, coerceTypes: true })

export function validateRequests(server: FastifyInstance): void {
  server.setValidatorCompiler(({ schema, httpPart, contentType }) => {
    // A form is read, and checked, by its route (uploads.ts).
    if (contentType === FORM) return () => true
    if (httpPart === 'params') return compileParams(schema as TSchema)
    return compileLate(httpPart === 'body' ? bodies : texts, schema)
  })
  server.setSchemaErrorFormatter((errors, part) => toRefusal(errors as unknown as ErrorObject[], part))
  // A route that tells the faults of its body itself still has no page at an address that cannot be.
  server.addHook('preHandler', (request, _reply, done) => {
    const error = request.validationError
    done(error instanceof Refusal && error.kind === 'missing' ? error : undefined)
  })
}

const FORM = 'multipart/form-data'

function toRefusal(faults: ErrorObject[], part: string): Refusal {
  if (part === 'params') return new Refusal('missing', 'not_found', 'No such page')
  if (part === 'body' && faults.some((fault) => fault.instancePath === '' && fault.keyword === 'type')) {
    return new Refusal('invalid', 'body_not_object', 'The body is no object')
  }
  return new Refusal('invalid', 'invalid_fields', `Invalid ${part}`, { fields: toFieldCodes(faults) })
}

/** For a route that reads its body itself: the body as it is, or the refusal that the server would give. */
export const checkBody = (schema: TSchema, body: unknown): unknown => check(bodies, schema, body)
/** The same for fields that came as text: what asks for a number takes "5". */
export const checkFields = (schema: TSchema, fields: object): unknown => check(texts, schema, fields)

const compiled = new Map([bodies, texts].map((ajv) => [ajv, new WeakMap<TSchema, Validator>()]))

function check(ajv: Ajv, schema: TSchema, data: unknown): unknown {
  const known = compiled.get(ajv)!
  const validate = known.get(schema) ?? compileLate(ajv, schema)
  known.set(schema, validate)
  if (!validate(data)) throw toRefusal(validate.errors ?? [], 'body')
  return data
}

type Validator = ((data: unknown) => boolean) & { errors?: ErrorObject[] | null }

/** A validator that is put together when the first request needs it: all at once they would double the time to start. */
function compileLate(ajv: Ajv, schema: unknown): Validator {
  let compiled: ValidateFunction | undefined
  const validate: Validator = (data) => {
    compiled ??= ajv.compile(boundNumbers(schema) as object)
    const isValid = compiled(data)
    validate.errors = compiled.errors ?? null
    return isValid
  }
  return validate
}

/** In an address a whole number is its digits: else "0x7", "7e0" and " 7" were further names of 7 (V1-012). */
function compileParams(schema: TSchema): Validator {
  const properties: Record<string, { type?: string }> = 'properties' in schema ? Object(schema.properties) : {}
  const wholes = Object.keys(properties).filter((name) => properties[name]?.type === 'integer')
  const compiled = compileLate(texts, schema)
  const validate: Validator = (params) => {
    const isPlain = wholes.every((name) => /^\d+$/.test((params as Record<string, string>)[name] ?? ''))
    const isValid = isPlain && compiled(params)
    validate.errors = isPlain ? (compiled.errors ?? null) : []
    return isValid
  }
  return validate
}

const BOUNDS: Record<string, { minimum: number; maximum: number }> = {
  integer: { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
  number: { minimum: -Number.MAX_VALUE, maximum: Number.MAX_VALUE },
}

/** Without bounds of its own, a number still has to be finite, and an integer one that is held exactly (V1-012). */
function boundNumbers(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(boundNumbers)
  if (typeof schema !== 'object' || schema === null) return schema
  const bounded: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(schema)) {
    // The name of a shape is for the document; a validator would refuse to meet it a second time.
    if (key !== '$id') bounded[key] = boundNumbers(value)
  }
  return typeof bounded.type === 'string' ? { ...BOUNDS[bounded.type], ...bounded } : bounded
}

/**
 * For a route with `attachValidation`, which wants its own checks told in the same answer (V1-005):
 * what the schema found, by field; empty where it found nothing. A body that is no object is refused at once.
 */
export function fieldFaults(request: FastifyRequest): FieldCodes {
  const error = request.validationError
  if (!error) return {}
  if (error instanceof Refusal && error.details.fields) return error.details.fields
  throw error
}

function toFieldCodes(faults: ErrorObject[]): FieldCodes {
  const found = new Map<string, FieldProblem>()
  for (const fault of faults) {
    const place = placeOf(fault).join('.')
    // One fault per place: the first says most (a missing value is not also too short).
    if (!found.has(place)) found.set(place, toProblem(fault))
  }
  const fields: Record<string, FieldProblem[]> = {}
  for (const [place, problem] of found) {
    const [field = '', ...inner] = place.split('.')
    const known = fields[field] ?? []
    fields[field] = [...known, inner.length > 0 ? within(inner.join('.'), problem) : problem]
  }
  return fields
}

/** Where a fault is: the field, and the way to it inside an object or a list. */
function placeOf({ instancePath, keyword, params }: ErrorObject): string[] {
  const path = instancePath.split('/').slice(1)
  const place = keyword === 'required' ? [...path, String(params.missingProperty)] : path
  return place.length > 0 ? place : ['non_field_errors']
}

/** A fault inside a field that is an object or a list: it is told which part of it is meant. */
function within(inner: string, problem: FieldProblem): FieldProblem {
  return typeof problem === 'string' ? { code: problem, inner } : { ...problem, inner }
}

function toProblem(fault: ErrorObject): FieldProblem {
  const { keyword, params, data } = fault
  if (keyword === 'required') return 'required'
  if (data === null) return 'null'
  if (
    typeof data === 'string' &&
    data.trim() === '' &&
    (keyword === 'minLength' || keyword === 'format' || keyword === 'pattern')
  )
    return 'blank'
  switch (keyword) {
    case 'type':
      return `not_${[params.type].flat()[0]}`
    case 'format':
      return `not_${params.format}`
    case 'enum':
    case 'const':
      return { code: 'not_choice', value: data }
    case 'maxLength':
    case 'minLength':
    case 'maximum':
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maxItems':
    case 'minItems':
      return { code: keyword, limit: params.limit }
    default:
      return 'invalid'
  }
}

/** The fields of such a body in which the schema found nothing: only these are what their type says. */
export function soundFields<Body extends object>(body: Body, faults: FieldCodes): Partial<Body> {
  return Object.fromEntries(Object.entries(body).filter(([field]) => !(field in faults))) as Partial<Body>
}
