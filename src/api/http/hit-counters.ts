/** Counting hits in windows of time. A window begins with its first hit; what it holds is forgotten when it ends. */
import { Redis } from 'ioredis'
import { LRUCache } from 'lru-cache'
import type { Log } from '#platform/log'

/** Counts one hit; says how many the window has now and when it ends. */
export type HitCounter = (key: string, windowMs: number) => Hits | Promise<Hits>
type Hits = { hits: number; resetMs: number }

/** Beyond this many callers at once the quietest are forgotten: a flood from many addresses costs no more memory. */
const CALLERS_MAX = 100_000

/** In this process. */
export function countInMemory(nowMs: () => number): HitCounter {
  const windows = new LRUCache<string, { hits: number; endsAtMs: number }>({ max: CALLERS_MAX })
  return (key, windowMs) => {
    const now = nowMs()
    let window = windows.get(key)
    if (!window || window.endsAtMs <= now) {
      window = { hits: 0, endsAtMs: now + windowMs }
      windows.set(key, window)
    }
    window.hits += 1
    return { hits: window.hits, resetMs: window.endsAtMs - now }
  }
}

/** One round trip, and never a key without an end. */
const COUNT = `
local hits = redis.call('INCR', KEYS[1])
local ttl = redis.call('PTTL', KEYS[1])
if ttl < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  ttl = tonumber(ARGV[1])
end
return { hits, ttl }`
/** A Redis that thinks longer than this counts as down: no request waits for it. */
const ANSWER_MS = 250
const RECONNECT_MS_MAX = 2000

/** In Redis, for all nodes together. While it is down, `fallback` counts, and the log says so once. */
export function countInRedis(url: string, fallback: HitCounter, log: Log) {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    commandTimeout: ANSWER_MS,
    retryStrategy: (attempt) => Math.min(attempt * 100, RECONNECT_MS_MAX),
  })
  let down = false
  const noteDown = (error: unknown) => {
    if (!down) log.warn({ err: error }, 'Redis is down: each node throttles for itself until it is back')
    down = true
  }
  redis.on('error', noteDown)
  redis.on('ready', () => {
    if (down) log.info({}, 'Redis is back: the throttle holds over all nodes again')
    down = false
  })
  const count: HitCounter = async (key, windowMs) => {
    if (redis.status !== 'ready') return fallback(key, windowMs)
    try {
      const [hits, resetMs] = (await redis.eval(COUNT, 1, `souk:throttle:${key}`, windowMs)) as [number, number]
      return { hits, resetMs }
    } catch (error) {
      noteDown(error)
      return fallback(key, windowMs)
    }
  }
  return { count, connect: () => redis.connect().catch(noteDown), close: () => redis.disconnect() }
}
