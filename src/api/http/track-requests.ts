/** Every request to the API is noted when it has been answered (SF-415, SF-416), and the pages of the shop that were looked at. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import type { TrackedRequest } from '#commerce/analytics'
import { openViewCounter, type ViewCounter } from '#commerce/browse'
import { isSecretKey, maskContacts, maskSecrets } from '#platform/mask-secrets.ts'
import { maskText } from '#platform/mask-text.ts'
import type { App } from '../../commerce/app.ts'
import type { EarlyAnswer } from './cached/answer-early.ts'
import { clientAddress, readTrustedProxies } from './client-address.ts'
import { errorTextOf } from './error-text.ts'
import { pathOf } from './refusal-answers.ts'

/** A page of the shop: that of a product, or of a category. */
export type ShownPage = { productId: number } | { categoryId: number }

declare module 'fastify' {
  interface FastifyInstance {
    /** One counter of views for all surfaces (V1-202, NX-111). */
    views: ViewCounter
  }
  interface FastifyRequest {
    /** What is shown to who asks, where it is a page of the shop. */
    page: ShownPage | undefined
    /** What a refusal said. */
    errorText: string | undefined
    /** Why it could not be answered. */
    failure: Error | undefined
  }
}

const TRACKED = /^\/(?:api|accounts)\//
const DATA_MAX = 4096
const TEXT_MAX = 500
const NO_ROUTE = '(none)'

/** Whoever answers, also from what is kept, is noted from now on. Closed with the server. */
export function trackRequests(server: FastifyInstance, app: App): void {
  const { trail, config } = app
  const views = openViewCounter(app)
  const proxies = readTrustedProxies(config.TRUST_PROXY)
  const note = (request: TrackedRequest, page: ShownPage | undefined) => {
    if (page && request.status < 400) notePage(app, views, request, page)
    if (config.TRACK_REQUESTS && TRACKED.test(request.path)) trail.noteRequest(request)
  }
  server.decorate('views', views)
  server.decorateRequest('page', undefined)
  server.decorateRequest('errorText', undefined)
  server.decorateRequest('failure', undefined)
  server.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode >= 400) request.errorText = errorTextOf(payload)
    done()
  })
  server.addHook('onResponse', (request, reply, done) => {
    note(ofRoute(app, request, reply), request.page)
    noteFailure(app, request, reply)
    done()
  })
  server.onEarlyAnswer((answer) => note(ofEarlyAnswer(app, answer, proxies), answer.kept.page))
  server.addHook('onClose', () => views.close())
}

function notePage({ trail, now }: App, views: ViewCounter, request: TrackedRequest, page: ShownPage): void {
  const { accountId, sessionId, ip, userAgent, path } = request
  const productId = 'productId' in page ? page.productId : null
  if (productId !== null) views.count(productId)
  const details = 'categoryId' in page ? { path, category_id: page.categoryId } : { path }
  trail.note({ happenedAt: now(), kind: 'VIEW', accountId, sessionId, productId, ip, userAgent, details })
}

function ofRoute({ now }: App, request: FastifyRequest, reply: FastifyReply): TrackedRequest {
  const { viewer, routeOptions, method, headers } = request
  const { access = 'public' } = routeOptions.config
  const isRead = method === 'GET' || method === 'HEAD'
  return {
    happenedAtMs: now().getTime(),
    path: endpointOf(request),
    route: toPattern(routeOptions.url),
    method,
    status: reply.statusCode,
    elapsedMs: request.openedAfterMs ?? reply.elapsedTime,
    accountId: viewer?.accountId ?? null,
    sessionId: request.visitorId ?? viewer?.sessionId ?? null,
    ip: request.clientAddress || null,
    userAgent: textOf(headers['user-agent']),
    referer: textOf(headers.referer),
    requestData: dataOf(isRead ? request.query : request.body, viewer === undefined),
    errorMessage: reply.statusCode >= 400 ? errorOf(request) : null,
    requestSize: Number(headers['content-length'] ?? 0),
    responseSize: Number(reply.getHeader('content-length') ?? 0),
    isVisit: VISITS.has(access) && !viewer?.isStaff && routeOptions.url !== undefined,
  }
}

/** Who calls other routes works for the shop. */
const VISITS: ReadonlySet<string> = new Set(['public', 'visitor', 'user', 'token'])

function ofEarlyAnswer(
  { now }: App,
  { request, status, kept, visitorId, elapsedMs, bytes }: EarlyAnswer,
  proxies: number,
): TrackedRequest {
  const { url = '', method = 'GET', headers } = request
  const end = url.indexOf('?')
  return {
    happenedAtMs: now().getTime(),
    path: (end < 0 ? url : url.slice(0, end)).slice(0, TEXT_MAX),
    route: toPattern(kept.route),
    method,
    status,
    elapsedMs,
    accountId: null,
    sessionId: visitorId ?? null,
    ip: clientAddress(request, proxies) || null,
    userAgent: textOf(headers['user-agent']),
    referer: textOf(headers.referer),
    requestData: end < 0 ? null : dataOfQuery(url.slice(end + 1)),
    errorMessage: null,
    requestSize: 0,
    responseSize: bytes,
    isVisit: true,
  }
}

const queriesRead = new LRUCache<string, { data: string | null }>({ max: 2000 })

/** The queries of answers that are kept are mostly the same ones. */
function dataOfQuery(query: string): string | null {
  let read = queriesRead.get(query)
  if (!read) {
    read = { data: dataOf(Object.fromEntries(new URLSearchParams(query)), true) }
    queriesRead.set(query, read)
  }
  return read.data
}

/** The address without its query; instead of what is secret in it stands its name (SF-418). */
function endpointOf(request: FastifyRequest): string {
  const pattern = request.routeOptions.url
  const path = pathOf(request).slice(0, TEXT_MAX)
  if (!pattern?.includes(':')) return path
  const parts = path.split('/')
  return pattern
    .split('/')
    .map((part, at) => (part.startsWith(':') && isSecretKey(part.slice(1)) ? `{${part.slice(1)}}` : (parts[at] ?? '')))
    .join('/')
}

const patterns = new Map<string, string>()

/** `/products/:id/` as documents write it: `/products/{id}/`. */
function toPattern(url: string | undefined): string {
  if (url === undefined) return NO_ROUTE
  let pattern = patterns.get(url)
  if (pattern === undefined) {
    pattern = url.replaceAll(/:(\w+)/g, '{$1}')
    patterns.set(url, pattern)
  }
  return pattern
}

/** What a refusal said; to somebody who is not known without his address in it. */
function errorOf({ errorText, viewer }: FastifyRequest): string | null {
  if (errorText === undefined) return null
  return viewer ? errorText : maskContacts(errorText)
}

/**
 * What was sent, without files, masked and cut (SF-416, SF-417); null where it was nothing. Of somebody who is not known no contacts are
 * kept: nobody could find them again when he wants to be forgotten (SF-507).
 */
function dataOf(data: unknown, isNobodys: boolean): string | null {
  if (typeof data !== 'object' || data === null || Buffer.isBuffer(data)) return null
  for (const _key in data) return JSON.stringify(maskSecrets(data, isNobodys)).slice(0, DATA_MAX)
  return null
}

const textOf = (text: string | undefined): string | null => text?.slice(0, TEXT_MAX) ?? null

/** What a bug was, for who looks after the shop (SF-420). */
function noteFailure({ trail, now }: App, request: FastifyRequest, reply: FastifyReply): void {
  const { failure, viewer } = request
  if (!failure || reply.statusCode < 500) return
  trail.noteError({
    happenedAt: now(),
    endpoint: endpointOf(request),
    message: maskText(failure.message),
    stackTrace: failure.stack ? maskText(failure.stack) : null,
    accountId: viewer?.accountId ?? null,
  })
}
