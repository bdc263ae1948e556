/** The OpenAPI document, made of what the routes declare (V1-032). */
import { STATUS_CODES } from 'node:http'
import swagger from '@fastify/swagger'
import type { FastifySchema, RouteOptions } from 'fastify'
import { VERSION } from '../../version.ts'
import type { Access } from '../http/access.ts'
import type { Server } from '../http/server.ts'
import { nameComponents, type Schema } from './openapi-components.ts'

export const SURFACES = ['v1', 'storefront', 'marketplace', 'nexus'] as const
export type Surface = (typeof SURFACES)[number]

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The surfaces whose document has this route; without it the one of the path's prefix, or all. */
    surfaces?: Surface[]
  }
}

export type Operation = {
  [key: string]: unknown
  responses?: Record<string, { description: string }>
  'x-surfaces'?: Surface[]
}
export type Document = {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> }
  [key: string]: unknown
}

const PATH_IN_STAR = { type: 'object', required: ['path'], properties: { path: { type: 'string' } } }

/** What is kept has an ETag. */
const UNCHANGED = { type: 'null', description: 'The client has it already: If-None-Match names its ETag' }

const DESCRIPTION = `Sign in to get an access token, and send it as \`Authorization: Bearer <token>\`. Lists come in
pages (\`page\`, \`page_size\`). Amounts are decimal strings, times ISO 8601 in UTC. Each answer has an \`X-Request-ID\`.`

/** Notes the routes that are registered from now on. */
export async function describeRoutes(server: Server): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.0.3',
      info: { title: 'Souk', version: VERSION, description: DESCRIPTION.replaceAll('\n', ' ') },
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      },
    },
    // A schema that was added to the server (addSchema) is found under its own name, not under def-0.
    refResolver: { buildLocalReference: (json, _base, _fragment, index) => String(json.$id ?? `def-${index}`) },
    // What a star stands for has no name; the document needs one.
    transform: ({ schema, url, route }) => ({
      schema: describe(schema, url, route),
      url: url.replace(/\*$/, ':path'),
    }),
  })
}

/** Who may call, and on which surface: told by the route's config, not by hand in each schema. */
function describe(schema: FastifySchema | undefined, url: string, route: RouteOptions): FastifySchema {
  const surfaces = route.config?.surfaces ?? SURFACES.filter((surface) => url.startsWith(`/api/${surface}/`))
  const shapes = titled(schema ?? {}) as FastifySchema
  return {
    ...shapes,
    ...(route.config?.cached ? { response: { ...(shapes.response as object), 304: UNCHANGED } } : {}),
    ...(url.endsWith('*') ? { params: PATH_IN_STAR } : {}),
    security: securityOf(route.config?.access),
    ...(surfaces.length > 0 ? { 'x-surfaces': surfaces } : {}),
  } as FastifySchema
}

/** Where a shape is named by its $id, that is its title. */
function titled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(titled)
  if (typeof value !== 'object' || value === null) return value
  const { $id, ...rest } = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, titled(inner)]))
  return typeof $id === 'string' ? { title: $id, ...rest } : { ...rest, ...($id === undefined ? {} : { $id }) }
}

function securityOf(access: Access | undefined): { [scheme: string]: string[] }[] {
  if (access === 'user' || access === 'seller' || access === 'staff') return [{ bearer: [] }]
  return access === 'visitor' ? [{}, { bearer: [] }] : []
}

/** The document of all surfaces, or of one. The server must be ready. */
export function describeApi(server: Server, surface?: Surface): Document {
  const whole = structuredClone(server.swagger()) as unknown as Document
  const paths: Document['paths'] = {}
  for (const [path, operations] of Object.entries(whole.paths).sort(byText)) {
    const shown = Object.entries(operations).filter(
      ([, { 'x-surfaces': on }]) => !surface || !on || on.includes(surface),
    )
    if (shown.length === 0) continue
    for (const [, operation] of shown) nameStatuses(operation)
    paths[path] = Object.fromEntries(shown)
  }
  return nameComponents({ ...whole, paths })
}

/** An answer that nobody described is described by what its status means. */
function nameStatuses(operation: Operation): void {
  for (const [status, answer] of Object.entries(operation.responses ?? {})) {
    if (answer.description === 'Default Response') answer.description = STATUS_CODES[status] ?? 'Answer'
  }
}

const byText = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0)
