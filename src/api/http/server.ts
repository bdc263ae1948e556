/** The HTTP server: what every route of every surface has in common. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type RawServerDefault } from 'fastify'
import type { App } from '../../commerce/app.ts'
import { guardRoutes } from './access.ts'
import { BODY_BYTES_MAX, readJsonBodies } from './bodies.ts'
import { openAnswerCache } from './cached/answer-cache.ts'
import { answerEarly } from './cached/answer-early.ts'
import { keepAnswers } from './cached/cached-routes.ts'
import { allowOrigins } from './cors.ts'
import { forceTls } from './force-tls.ts'
import { logEachRequest } from './log-requests.ts'
import { meterRequests } from './meter-requests.ts'
import { forbidStoring } from './no-store.ts'
import { noteEachRequest } from './note-requests.ts'
import { answer, answerRefusals, type Phrasing } from './refusal-answers.ts'
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

/** A server without routes: guarded, validating, answering refusals in the words of `phrase` where no surface has its own. */
export function openServer(app: App, phrase: Phrasing): Server {
  const headers = securityHeaders(app.config)
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
  forceTls(server, app.config)
  logEachRequest(server, app)
  forbidStoring(server)
  allowOrigins(server, app.config.CORS_ALLOWED_ORIGINS)
  const throttle = throttleRequests(server, app)
  readJsonBodies(server)
  validateRequests(server)
  guardRoutes(server, app)
  const answers = openAnswerCache(app)
  const meterFor = meterRequests(server, app)
  keepAnswers(server, app, answers, meterFor)
  answerEarly(server, app, answers, throttle)
  answerRefusals(server, app, phrase)
  return server
}
