/** Turns what a handler throws into an answer: refusals as the surface phrases them, anything else as a bug. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { loggerOf } from '#platform/log'
import { Refusal, type RefusalKind } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'

export type Answer = { status: number; body: object }
/** How a surface words a refusal; for a bug, told as `internal_error`, its status is 500 whatever the surface says. */
export type Phrasing = (refusal: Refusal, request: FastifyRequest) => Answer

export const statusOf: Record<RefusalKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  limited: 429,
  unavailable: 503,
}

/** Faults that Fastify finds before a handler runs, as refusals. */
const frameworkFaults: Record<string, [RefusalKind, string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['invalid', 'unsupported_media_type'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['invalid', 'body_too_large'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid', 'json_parse_error'],
  FST_ERR_BAD_URL: ['missing', 'not_found'],
  FST_ERR_MAX_PARAM_LENGTH: ['missing', 'not_found'],
}

/**
 * What PostgreSQL says to a value that is no value of a column's type: out of range, no such day, not a character.
 * The schemas should find these first; what they miss is still the client's fault, not a crash (V1-012).
 */
const UNSTORABLE = new Set(['22003', '22007', '22008', '22021', '22P02', '22P05'])

/** Within this server's scope, refusals are answered in these words. Errors are logged with the request id, and told to nobody. */
export function answerRefusals(server: FastifyInstance, app: App, phrase: Phrasing): void {
  answerRefusalsOfRoutes(server, app, phrase)
  server.setNotFoundHandler(() => {
    throw new Refusal('missing', 'not_found', 'No such page')
  })
}

/** The same, where another scope with the same beginning of addresses answers for those that there are not. */
export function answerRefusalsOfRoutes(server: FastifyInstance, app: App, phrase: Phrasing): void {
  server.setErrorHandler((error: FastifyError | Refusal, request, reply) => answer(error, request, reply, app, phrase))
}

export function answer(
  error: FastifyError | Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
  app: App,
  phrase: Phrasing,
) {
  const log = loggerOf(app.log, 'http')
  const refusal = toRefusal(error)
  forgetFile(reply)
  if (!refusal) {
    request.failure = error
    log.error({ err: error, request: request.id, method: request.method, url: pathOf(request) }, 'request failed')
    app.errors.report(error, { method: request.method, request: request.id, route: request.routeOptions.url })
    const unexpected = new Refusal('unavailable', 'internal_error', 'Internal server error')
    return reply.code(500).send(phrase(unexpected, request).body)
  }
  if (error !== refusal && UNSTORABLE.has(error.code)) {
    log.warn(
      { err: error, request: request.id, url: pathOf(request) },
      'a schema let through what the database refused',
    )
  }
  const { status, body } = phrase(refusal, request)
  // The surface may have given the request another id to tell it by (MP-002).
  reply.header('X-Request-ID', request.id)
  if (status === 401) reply.header('WWW-Authenticate', 'Bearer realm="api"')
  if (refusal.details.retryAfterS !== undefined) reply.header('Retry-After', String(refusal.details.retryAfterS))
  if (refusal.code === 'method_not_allowed') reply.header('Allow', String(refusal.details.allowed))
  return reply.code(status).send(body)
}

/** A file that came to nothing before its first byte has said already what it is: what is answered instead is none. */
function forgetFile(reply: FastifyReply): void {
  for (const name of ['content-type', 'content-disposition']) {
    reply.removeHeader(name)
    reply.raw.removeHeader(name)
  }
}

function toRefusal(error: FastifyError | Refusal): Refusal | undefined {
  if (error instanceof Refusal) return error
  const known = frameworkFaults[error.code]
  if (known) return new Refusal(known[0], known[1], error.message)
  // Whatever else the framework holds against the client, and a client that went away while it was sending.
  const isClients = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
  if ((isClients && /^(FST_|ECONN)/.test(error.code ?? '')) || UNSTORABLE.has(error.code)) {
    return new Refusal('invalid', 'bad_request', 'Malformed request')
  }
  return undefined
}

/** Without the query: it may hold what no log should. */
export const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0]!
