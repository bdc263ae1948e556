/** Requests whose answer is kept are answered here, before the framework and its hooks: in one write. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { InjectOptions } from 'fastify'
import { loggerOf } from '#platform/log'
import type { App } from '../../../commerce/app.ts'
import { takesGzip } from '../compress.ts'
import { originCheck } from '../cors.ts'
import { tlsCheck } from '../force-tls.ts'
import { hostCheck } from '../hosts.ts'
import { ordinaryLine } from '../log-requests.ts'
import { requestId, toUuid } from '../response-headers.ts'
import type { Server } from '../server.ts'
import type { Throttle } from '../throttle.ts'
import { VISIT_CACHE_CONTROL, visitorSession } from '../visitor-session.ts'
import { addressKey } from './address-key.ts'
import type { AnswerCache } from './answer-cache.ts'
import { isFromNobody } from './cached-routes.ts'
import { CACHE_CONTROL, isKnown, type KeptAnswer } from './kept-answer.ts'

/** An answer that no route and no hook saw. */
export type EarlyAnswer = {
  request: IncomingMessage
  id: string
  status: number
  kept: KeptAnswer
  /** The visit that it belongs to, where the route looks at that. */
  visitorId: string | undefined
  elapsedMs: number
  /** Of the body. */
  bytes: number
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Has a listener told of each answer that is given before the routes, when it is written. It must not throw. */
    onEarlyAnswer(listener: (answer: EarlyAnswer) => void): void
  }
}

type Found = KeptAnswer | Promise<KeptAnswer | undefined> | undefined

/** Puts the cache before the routes of a server, for what comes by the socket and for what is injected. */
export function answerEarly(server: Server, app: App, answers: AnswerCache, throttle: Throttle | undefined): void {
  const find = openFinder(app, answers)
  const listeners: ((answer: EarlyAnswer) => void)[] = []
  server.decorate('onEarlyAnswer', (listener: (answer: EarlyAnswer) => void) => void listeners.push(listener))
  const told = ordinaryLine(app.config)
  if (told) server.onEarlyAnswer(logTo(app, told))
  const write = openWriter(app, listeners)
  let [isReady, isClosing] = [false, false]

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const startedMs = performance.now()
    const found = isClosing ? undefined : find(request)
    if (!found) server.routing(request, response)
    else if (throttle || found instanceof Promise) void answerLater(found, request, response, startedMs)
    else write(found, request, response, startedMs)
  }
  /** It counts only where there is an answer to give. Who has had too many is told so by the route, in its words. */
  const answerLater = async (
    found: Found,
    request: IncomingMessage,
    response: ServerResponse,
    startedMs: number,
  ): Promise<void> => {
    const answer = await found
    if (answer && (!throttle || (await throttle.admits(request)))) write(answer, request, response, startedMs)
    else server.routing(request, response)
  }

  server.server.removeAllListeners('request').on('request', listener)
  const injectIntoRoutes = server.inject.bind(server) as (options: InjectOptions) => Promise<unknown>
  server.inject = (async (options: InjectOptions) => {
    if (!isReady || isClosing) return injectIntoRoutes(options)
    const { inject } = await import('light-my-request')
    return inject(listener, options)
  }) as typeof server.inject
  server.addHook('onReady', async () => {
    isReady = true
  })
  // From then on every request is told that this node closes.
  server.addHook('preClose', async () => {
    isClosing = true
  })
  server.addHook('onClose', async () => answers.close())
}

/** Finds the kept answer to what anybody might ask of a host that is ours. */
function openFinder({ config }: App, answers: AnswerCache): (request: IncomingMessage) => Found {
  const isOurs = hostCheck(config.ALLOWED_HOSTS)
  const elsewhere = tlsCheck(config)
  return (request) => {
    const { method, url = '' } = request
    if (method !== 'GET' && method !== 'HEAD') return undefined
    const key = addressKey(url)
    const found = answers.find(key)
    if (!found) return undefined
    // Read only now: to parse them costs something.
    const { headers } = request
    if (!isFromNobody(headers) || !isOurs(hostOf(headers)) || hasBody(headers) || elsewhere(request)) return undefined
    return answers.confirm(key, found)
  }
}

const hasBody = (headers: IncomingHttpHeaders) =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
/** An address in brackets is left to the routes. */
const hostOf = ({ host = '' }: IncomingHttpHeaders) => host.split(':', 1)[0]!

function openWriter({ config }: App, listeners: readonly ((answer: EarlyAnswer) => void)[]) {
  const origins = originCheck(config.CORS_ALLOWED_ORIGINS)
  return (answer: KeptAnswer, request: IncomingMessage, response: ServerResponse, startedMs: number): void => {
    const { method = 'GET', headers } = request
    const isUnchanged = isKnown(headers['if-none-match'], answer.etag)
    const packed = takesGzip(headers['accept-encoding']) ? answer.packed : undefined
    const head = answer.heads[isUnchanged ? 'unchanged' : packed ? 'packed' : 'plain']
    const id = answer.needsUuid ? toUuid(requestId(request)) : requestId(request)
    head[ID_AT] = id
    const { visitorId, setCookie } = answer.beginsVisits ? visitorSession(headers, config) : NO_VISIT
    head[CACHE_CONTROL_AT] = setCookie ? VISIT_CACHE_CONTROL : CACHE_CONTROL
    const permission = origins.permissionFor(headers.origin)
    const own = setCookie ? { 'Set-Cookie': setCookie, ...permission } : permission
    const status = isUnchanged ? 304 : 200
    response.writeHead(status, own ? [...head, ...Object.entries(own).flat()] : head)
    const body = isUnchanged || method === 'HEAD' ? undefined : (packed ?? answer.body)
    response.end(body)
    const elapsedMs = performance.now() - startedMs
    answer.meter(method, status, elapsedMs)
    const told = { request, id, status, kept: answer, visitorId, elapsedMs, bytes: body?.length ?? 0 }
    for (const listener of listeners) listener(told)
  }
}

function logTo({ log }: App, told: 'info' | 'debug'): (answer: EarlyAnswer) => void {
  const http = loggerOf(log, 'http')
  return ({ request: { method, url = '' }, id, status }) =>
    http[told]({ request: id, method, url: url.split('?', 1)[0], status, ms: 0, sql: 0, kept: true }, 'request')
}

const NO_VISIT = { visitorId: undefined, setCookie: undefined }
/** Where what depends on the request stands in the list of headers. */
const ID_AT = 1
const CACHE_CONTROL_AT = 3
