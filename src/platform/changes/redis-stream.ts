/**
 * The changes of all nodes, in order, as a stream in Redis. Who changes something adds to it before the answer; who wants
 * to use a copy first reads on from where it was, so that no node shows less than any node has promised.
 */
import { Redis } from 'ioredis'
import type { Log } from '#platform/log'
import { EVERYTHING, type Heard } from './heard.ts'
import { fromMessage, toMessages } from './messages.ts'

export type ChangeStream = {
  /** Whether the change is in the stream now; if not, it follows when it can. */
  add(heard: Heard): Promise<boolean>
  /** Tells what came since the last time; whether there can be nothing more from before this call. */
  readOn(): boolean | Promise<boolean>
  close(): Promise<void>
}
export type StreamOptions = { url: string; key: string; hears: boolean; log: Log; onHeard: (heard: Heard) => void }

/** The area of the catalogue (NX-143), where the address names no other. */
const REDIS_DATABASE = 2
/** Who is further behind drops all copies. */
const MESSAGES_MAX = 1000
/** A Redis that thinks longer than this counts as down: no request waits for it. */
const ANSWER_MS = 500
const RECONNECT_MS_MAX = 2000
/** So long it is not asked again after it failed. */
const REST_MS = 1000

export async function openStream({ url, key, hears, log, onHeard }: StreamOptions): Promise<ChangeStream> {
  const redis = connect(url)
  const health = keepHealth(log)
  /** The last message that was heard; undefined while some may have been missed. */
  let lastId: string | undefined
  let owed: string[] = []
  let restsUntil = 0
  let timer: NodeJS.Timeout | undefined

  const write = (message: string) => redis.xadd(key, 'MAXLEN', '~', MESSAGES_MAX, '*', 'm', message)
  const fail = (error: unknown) => {
    health.isDown(error)
    restsUntil = performance.now() + REST_MS
    clearTimeout(timer)
    timer = setTimeout(() => void catchUp(), REST_MS).unref()
  }
  /** What could not be said before is said; and what is heard from now on is heard without a gap. */
  async function catchUp() {
    if (redis.status !== 'ready') return
    try {
      // Word to all that anything may have changed: this node may have died, or been cut off, between a commit and its word.
      const messages = hears && lastId === undefined ? ['*'] : owed
      owed = []
      const ids = await Promise.all(messages.map(write)).catch((error) => {
        owed = messages
        throw error
      })
      if (hears && lastId === undefined) {
        // Only after the message: a copy that is made now was read after all that lies before it.
        onHeard(EVERYTHING)
        lastId = ids[0]!
      }
      if (messages.length === 0) await redis.ping()
      restsUntil = 0
      health.isUp()
    } catch (error) {
      fail(error)
    }
  }
  async function read(): Promise<boolean> {
    const from = lastId
    if (from === undefined) return false
    try {
      const messages = await redis.xrange(key, from, '+')
      if (lastId !== from) return false
      // The one that was heard last is there, or what came after it may be gone as well.
      if (messages[0]?.[0] !== from) onHeard(EVERYTHING)
      else for (const [, [, message = '']] of messages.slice(1)) onHeard(fromMessage(message))
      lastId = messages.at(-1)?.[0]
      if (lastId === undefined) await catchUp()
      return lastId !== undefined
    } catch (error) {
      fail(error)
      return false
    }
  }

  redis.on('error', fail)
  redis.on('close', () => {
    lastId = undefined
    fail(new Error('The connection was closed'))
  })
  await redis.connect().catch(fail)
  await catchUp()
  redis.on('ready', () => void catchUp())
  const readShared = shareEach(read)
  return {
    add: async (heard) => {
      const messages = toMessages(heard)
      try {
        await Promise.all(messages.map(write))
        return true
      } catch (error) {
        owed = owed.length + messages.length > MESSAGES_MAX ? ['*'] : [...owed, ...messages]
        onHeard(heard)
        fail(error)
        return false
      }
    },
    readOn: () =>
      lastId === undefined || redis.status !== 'ready' || performance.now() < restsUntil ? false : readShared(),
    close: async () => {
      health.close()
      clearTimeout(timer)
      redis.disconnect()
    },
  }
}

function connect(url: string): Redis {
  return new Redis(url, {
    db: REDIS_DATABASE,
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    commandTimeout: ANSWER_MS,
    retryStrategy: (attempt) => Math.min(attempt * 100, RECONNECT_MS_MAX),
  })
}

/** Each turn is logged once. */
function keepHealth(log: Log) {
  let [down, isOver] = [false, false]
  return {
    isDown: (error: unknown) => {
      if (!down && !isOver)
        log.warn(
          { err: error },
          'Redis is down: changes are told by the database, and no answers are kept until it is back',
        )
      down = true
    },
    isUp: () => {
      if (down && !isOver) log.info({}, 'Redis is back: changes are told by it again')
      down = false
    },
    close: () => {
      isOver = true
    },
  }
}

/** One at a time. Who comes while one is under way waits for the next: the one under way began too early for it. */
function shareEach(ask: () => Promise<boolean>): () => Promise<boolean> {
  let underWay: Promise<unknown> = Promise.resolve()
  let next: Promise<boolean> | undefined
  return () => {
    if (next) return next
    const asked = underWay.then(() => {
      next = undefined
      return ask()
    })
    next = asked
    underWay = asked
    return asked
  }
}
