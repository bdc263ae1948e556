/**
 * Which web pages of other origins may call (V1-014). A hook of our own: one header is looked at, and a preflight is
 * answered before any route. To pages of the list the cookie of a visitor's cart is given, too (SF-501).
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const PREFLIGHT_HEADERS = {
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
  'Access-Control-Allow-Headers': 'authorization, content-type, idempotency-key, x-cart-token, x-request-id',
  'Access-Control-Max-Age': '600',
}
/** What a page may read of an answer, besides the body. */
const EXPOSED = 'X-Request-ID, X-Cart-Token, Retry-After, Idempotent-Replayed, Content-Disposition, Location'

/**
 * What is permitted to pages of an origin, as headers; undefined where nothing is. Where it `varies`, whoever keeps
 * answers must not give the one made for one origin, or for none, to another.
 */
export function originCheck(origins: readonly string[]) {
  const all = origins.includes('*')
  const allowed = new Set(origins.map((origin) => origin.toLowerCase().replace(/\/$/, '')))
  return {
    varies: !all,
    permissionFor: (origin: string | undefined): Record<string, string> | undefined =>
      origin !== undefined && (all || allowed.has(origin.toLowerCase()))
        ? {
            'Access-Control-Allow-Origin': all ? '*' : origin,
            'Access-Control-Expose-Headers': EXPOSED,
            ...(!all && { 'Access-Control-Allow-Credentials': 'true' }),
          }
        : undefined,
  }
}

/** Lets pages of these origins call; `*`, for development, lets all, without cookies. */
export function allowOrigins(server: FastifyInstance, origins: readonly string[]): void {
  const { varies, permissionFor } = originCheck(origins)
  server.addHook('onRequest', (request, reply, done) => {
    if (varies) addVary(reply, 'Origin')
    const permission = permissionFor(request.headers.origin)
    if (permission) reply.headers(permission)
    if (!isPreflight(request)) return done()
    reply
      .code(204)
      .headers(permission ? PREFLIGHT_HEADERS : {})
      .send()
  })
}

const isPreflight = ({ method, headers }: FastifyRequest) =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined

/** Says that the answer depends on this request header too, whatever others it depends on. */
export function addVary(reply: FastifyReply, field: string): void {
  const known = reply.getHeader('Vary')
  reply.header('Vary', known === undefined ? field : `${known}, ${field}`)
}
