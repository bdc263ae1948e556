/**
 * The global throttle: how many requests one address, or one signed-in user, may make in a time. Where both limits are
 * off, no hook is there. Health, documents and files are free (`config.unthrottled`).
 */
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Rate, readRate } from '#platform/rate.ts'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { bearerToken } from './access.ts'
import { clientAddress, readTrustedProxies } from './client-address.ts'
import { countInMemory, countInRedis, type HitCounter } from './hit-counters.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The global throttle does not count this route. */
    unthrottled?: boolean
  }
}

/** Counts an anonymous request that no route gets to see; whether it is within the limit. */
export type Throttle = { admits(request: IncomingMessage): Promise<boolean> }

/**
 * Refuses `throttled` with the seconds to wait. Anonymous requests count before anything is done for them. Returns how to
 * count those that are answered before the routes; undefined where nobody counts them.
 */
export function throttleRequests(server: FastifyInstance, app: App): Throttle | undefined {
  const { config } = app
  const anonymous = readRate(config.THROTTLE_ANON)
  const user = readRate(config.THROTTLE_USER)
  if (!anonymous && !user) return undefined
  const counter = openCounter(server, app)

  const claim = async (key: string, rate: Rate | undefined) => {
    if (!rate) return
    const { hits, resetMs } = await counter(key, rate.windowMs)
    if (hits <= rate.hits) return
    const retryAfterS = Math.max(1, Math.ceil(resetMs / 1000))
    throw new Refusal('limited', 'throttled', 'Too many requests', { retryAfterS })
  }
  const isFree = (request: FastifyRequest) => request.routeOptions.config?.unthrottled === true
  server.addHook('onRequest', async (request) => {
    if (isFree(request) || bearerToken(request) !== undefined) return
    await claim(`anonymous:${request.clientAddress}`, anonymous)
  })
  // Only now is it known whose token it is. A bad token was refused before this, without a question to the database.
  server.addHook('preParsing', async (request) => {
    if (isFree(request) || bearerToken(request) === undefined) return
    if (request.viewer) await claim(`user:${request.viewer.accountId}`, user)
    else await claim(`anonymous:${request.clientAddress}`, anonymous)
  })
  if (!anonymous) return undefined
  const proxies = readTrustedProxies(config.TRUST_PROXY)
  return {
    admits: async (request) => {
      const { hits } = await counter(`anonymous:${clientAddress(request, proxies)}`, anonymous.windowMs)
      return hits <= anonymous.hits
    },
  }
}

/** In Redis where there is one, so that the limit holds over all nodes; else in this process. */
function openCounter(server: FastifyInstance, app: App): HitCounter {
  const inMemory = countInMemory(() => app.now().getTime())
  if (!app.config.REDIS_URL) return inMemory
  const { count, connect, close } = countInRedis(app.config.REDIS_URL, inMemory, app.log)
  server.addHook('onReady', connect)
  server.addHook('onClose', async () => close())
  return count
}
