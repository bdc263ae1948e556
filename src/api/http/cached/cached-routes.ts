/**
 * Answers that are kept as finished bytes until what they show changes (MP-012, MP-200, NX-140…144). A route says so in
 * its config; then its answers have an ETag, and the next request for the same is answered before it reaches a route.
 */
import assert from 'node:assert/strict'
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { App } from '../../../commerce/app.ts'
import { takesGzip } from '../compress.ts'
import type { MeterFor } from '../meter-requests.ts'
import type { Server } from '../server.ts'
import type { ShownPage } from '../track-requests.ts'
import { VISIT_CACHE_CONTROL } from '../visitor-session.ts'
import { addressKey } from './address-key.ts'
import type { AnswerCache } from './answer-cache.ts'
import { CACHE_CONTROL, finishAnswer, isKnown, type KeptAnswer } from './kept-answer.ts'

/**
 * What an answer may show. `products` is which there are, in what order, and all of a product but its stock; `account:…` the name
 * of somebody.
 */
export type ShownTag =
  | 'products'
  | 'categories'
  | 'brands'
  | 'stock'
  | `product:${number}`
  | `reviews:${number}`
  | `account:${number}`

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers to nobody in particular are kept: for how long by the settings of `as`, and until any of `shows` changes. */
    cached?: { as: 'list' | 'detail' | 'tree'; shows: readonly [ShownTag, ...ShownTag[]] }
    /** Requests are told by a UUID (MP-002). */
    uuidRequestIds?: boolean
  }
  interface FastifyRequest {
    /** There while an answer is made that may be kept. */
    shown: Shown | undefined
  }
}

type Shown = { tags: Set<string>; seconds: number; heardBefore: number }

/** Beside what the route says, this answer shows these. */
export function shows(request: FastifyRequest, ...tags: ShownTag[]): void {
  for (const tag of tags) request.shown?.tags.add(tag)
}

/** This answer shows these products with their stock. */
export function showsProducts(request: FastifyRequest, products: readonly { id: number }[]): void {
  for (const { id } of products) request.shown?.tags.add(`product:${id}`)
}

/** What this answer shows may lag, but not for longer than so many seconds. */
export function keepBriefly(request: FastifyRequest, seconds = BRIEFLY_S): void {
  if (request.shown) request.shown.seconds = Math.min(request.shown.seconds, seconds)
}
const BRIEFLY_S = 10

/** From this moment on it is another answer. */
export function keepUntil(request: FastifyRequest, moment: Date, now: Date): void {
  keepBriefly(request, (moment.getTime() - now.getTime()) / 1000)
}

/** The answer is a page of the shop: each time that it is given, also from the cache, it has been looked at (NX-111, SF-398). */
export function showsPage(request: FastifyRequest, page: ShownPage): void {
  request.page = page
}

/** Whether nothing tells who asks: then, and only then, an answer may be one that others get (NX-144). */
export const isFromNobody = (headers: IncomingHttpHeaders): boolean =>
  headers.authorization === undefined && headers['x-cart-token'] === undefined

/** Has the routes that say so keep their answers. Refuses one whose answers depend on who asks. */
export function keepAnswers(server: Server, app: App, answers: AnswerCache, meterFor: MeterFor): void {
  const { CACHE_LIST_SECONDS: list, CACHE_DETAIL_SECONDS: detail, CACHE_TREE_SECONDS: tree } = app.config
  const secondsOf = { list, detail, tree }
  server.decorateRequest('shown', undefined)
  server.addHook('onRoute', (route: RouteOptions) => {
    const { cached, access = '', holdsTokens } = route.config ?? {}
    if (!cached) return
    const isPublicRead = ['GET', 'HEAD'].includes(String(route.method)) && ['public', 'visitor'].includes(access)
    assert(isPublicRead && !holdsTokens, `${route.method} ${route.url} is no public read: its answers cannot be kept`)
    const begin = (request: FastifyRequest, _reply: FastifyReply, done: () => void) => {
      if (isFromNobody(request.headers)) {
        const heardBefore = answers.countHeard()
        request.shown = { tags: new Set(cached.shows), seconds: secondsOf[cached.as], heardBefore }
      }
      done()
    }
    const finish = (request: FastifyRequest, reply: FastifyReply, payload: unknown) =>
      finishAndKeep(answers, meterFor, request, reply, payload)
    route.onRequest = [...[route.onRequest ?? []].flat(), begin]
    // First, since what follows for HEAD takes the body away.
    route.onSend = [finish, ...[route.onSend ?? []].flat()]
  })
}

async function finishAndKeep(
  answers: AnswerCache,
  meterFor: MeterFor,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
) {
  const { shown } = request
  if (!shown || reply.statusCode !== 200 || !isBytes(payload) || hasOwnHeaders(request, reply)) return payload
  assert(request.viewer === undefined, 'an answer to somebody is not kept')
  const { sqlBudget, uuidRequestIds = false, beginsVisits = false } = request.routeOptions.config
  const answer = await finishAnswer(payload, String(reply.getHeader('Content-Type')), {
    page: request.page,
    route: String(request.routeOptions.url),
    meter: meterFor(request.routeOptions),
    needsUuid: uuidRequestIds,
    beginsVisits,
    headers: answers.headersBeside(sqlBudget),
    isPacked: shown.seconds > 0 || takesGzip(request.headers['accept-encoding']),
  })
  if (shown.seconds > 0) answers.keep(addressKey(request.raw.url ?? ''), answer, shown)
  return send(answer, request, reply)
}

/** What every answer carries. Of others nothing is known: whoever sets a cookie does not mean everybody. */
const ORDINARY =
  /^(content-type|x-request-id|server-timing|access-control-.+|x-content-type-options|x-frame-options|referrer-policy|content-security-policy|strict-transport-security)$/

const hasOwnHeaders = ({ visitCookie }: FastifyRequest, reply: FastifyReply): boolean =>
  Object.entries(reply.getHeaders()).some(([name, value]) => {
    if (name === 'vary') return value !== 'Origin'
    // The beginning of a visit is told anew with each reading.
    if (visitCookie && name === 'set-cookie') return value !== visitCookie
    if (visitCookie && name === 'cache-control') return value !== VISIT_CACHE_CONTROL
    return !ORDINARY.test(name)
  })

const isBytes = (payload: unknown): payload is string | Buffer =>
  typeof payload === 'string' || Buffer.isBuffer(payload)

/** As it will be given from the cache. */
function send(answer: KeptAnswer, request: FastifyRequest, reply: FastifyReply): Buffer | null {
  const { headers, method, visitCookie } = request
  reply.headers({ ETag: answer.etag, 'Cache-Control': visitCookie ? VISIT_CACHE_CONTROL : CACHE_CONTROL })
  reply.header('Vary', [reply.getHeader('Vary') ?? [], 'Accept-Encoding'].flat().join(', '))
  // What follows for HEAD wants a body to measure.
  if (method === 'GET' && isKnown(headers['if-none-match'], answer.etag)) {
    reply.code(304).removeHeader('Content-Type')
    return null
  }
  if (!answer.packed || !takesGzip(headers['accept-encoding'])) return answer.body
  reply.header('Content-Encoding', 'gzip')
  return answer.packed
}
