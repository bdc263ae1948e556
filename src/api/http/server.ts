/** The HTTP server: what every route of every surface has in common. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  type RawServerDefault,
} from 'fastify'
import { countingStatements, type StatementCounter } from '#platform/database'
import { loggerOf } from '#platform/log'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { guardRoutes } from './access.ts'
import { BODY_BYTES_MAX, isStorable, readJsonBodies } from './bodies.ts'
import { openAnswerCache } from './cached/answer-cache.ts'
import { answerEarly } from './cached/answer-early.ts'
import { keepAnswers } from './cached/cached-routes.ts'
import { clientAddress, readTrustedProxies } from './client-address.ts'
import { allowOrigins } from './cors.ts'
import { hostCheck } from './hosts.ts'
import { forbidStoring } from './no-store.ts'
import { answer, answerRefusals, type Phrasing, pathOf } from './refusal-answers.ts'
import { answerBrokenRequest, requestId, securityHeaders } from './response-headers.ts'
import { keepRouteList } from './route-list.ts'
import { throttleRequests } from './throttle.ts'
import { validateRequests } from './validation.ts'

export type Server = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** A file of routes: registers them on the server, or the surface, that it is given. */
export type Routes = (server: Server, app: App) => void | Promise<void>

declare module 'fastify' {
  interface FastifyRequest {
    clientAddress: string
    statements: StatementCounter
  }
}

const SLOW_MS = 1000

/** A server without routes: guarded, validating, answering refusals in the words of `phrase` where no surface has its own. */
export function openServer(app: App, phrase: Phrasing): Server {
  const headers = securityHeaders(app.config.PUBLIC_URL)
  const server = Fastify({
    bodyLimit: BODY_BYTES_MAX,
    genReqId: requestId,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
    // An address that cannot be read reaches no hook.
    frameworkErrors: (error, request, reply) => {
      reply.headers(headers).header('X-Request-ID', request.id)
      answer(error, request, reply, app, phrase)
    },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, headers),
    return503OnClosing: true,
    forceCloseConnections: 'idle',
  }).withTypeProvider<TypeBoxTypeProvider>()
  keepRouteList(server)
  noteEachRequest(server, app, headers)
  forbidStoring(server)
  allowOrigins(server, app.config.CORS_ALLOWED_ORIGINS)
  const throttle = throttleRequests(server, app)
  readJsonBodies(server)
  validateRequests(server)
  guardRoutes(server, app)
  const answers = openAnswerCache(app)
  keepAnswers(server, app, answers)
  answerEarly(server, app, answers, throttle)
  answerRefusals(server, app, phrase)
  return server
}

function noteEachRequest(server: Server, app: App, headers: Record<string, string>): void {
  const { config } = app
  const log = loggerOf(app.log, 'http')
  const isOurs = hostCheck(config.ALLOWED_HOSTS)
  const proxies = readTrustedProxies(config.TRUST_PROXY)
  server.decorateRequest('clientAddress', '')
  server.decorateRequest('statements')
  server.addHook('onRequest', (request, reply, done) => {
    request.clientAddress = clientAddress(request.raw, proxies)
    request.statements = { statements: 0 }
    reply.headers(headers).header('X-Request-ID', request.id)
    countingStatements(request.statements, () => done(oddRequest(request, isOurs)))
  })
  server.addHook('preValidation', (request, _reply, done) => {
    if (request.body === undefined && request.routeOptions.schema?.body) request.body = {}
    done()
  })
  if (!config.production) {
    server.addHook('onSend', (request, reply, _payload, done) => {
      const { statements } = request.statements
      const budget = request.routeOptions.config.sqlBudget ?? 'any number'
      const sql = `sql;desc="${statements} statements of ${budget}"`
      reply.header('Server-Timing', `app;dur=${reply.elapsedTime.toFixed(1)}, ${sql}`)
      done()
    })
  }
  server.addHook('onResponse', (request, reply, done) => {
    const slow = reply.elapsedTime > SLOW_MS
    if (slow || config.LOG_LEVEL === 'debug') {
      const { method, id, statements } = request
      const ms = Math.round(reply.elapsedTime)
      const line = {
        request: id,
        method,
        url: pathOf(request),
        status: reply.statusCode,
        ms,
        sql: statements.statements,
      }
      slow ? log.warn(line, 'slow request') : log.debug(line, 'request')
    }
    done()
  })
}

/** Refuses a host that is not ours (V1-169) and text in the address that could not be stored (V1-012). */
function oddRequest(request: FastifyRequest, isOurs: (host: string) => boolean): Refusal | undefined {
  if (!isOurs(request.hostname)) return new Refusal('invalid', 'host_not_allowed', 'This host is not served here')
  if (!request.url.includes('%')) return undefined
  if (/%00/.test(pathOf(request))) return new Refusal('missing', 'not_found', 'No such page')
  for (const [field, value] of Object.entries(request.query as Record<string, unknown>)) {
    if (!isStorable(value))
      return new Refusal('invalid', 'invalid_fields', 'Odd text', { fields: { [field]: 'bad_characters' } })
  }
  return undefined
}
