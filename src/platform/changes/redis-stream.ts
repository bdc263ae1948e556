/**
 * The changes of all nodes, in order, as a stream in Redis. Who changes something adds to it before the answer; who wants
 * to use a copy first reads on from where it was, so that no node shows less than any node has promised.
 */
import { Redis } from 'ioredis'
import type { Log } from '#platform/log'
import { EVERYTHING, type Heard } from './heard.ts'
import { fromMessage, toMessages } from './messages.ts'

export type ChangeStream = {
  /** Whether the change is in the stream now. */
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
const ANSWER_MS = 250
const RECONNECT_MS_MAX = 2000
const ANCHOR_AGAIN_MS = 1000

export async function openStream({ url, key, hears, log, onHeard }: StreamOptions): Promise<ChangeStream> {
  const redis = new Redis(url, {
    db: REDIS_DATABASE,
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    commandTimeout: ANSWER_MS,
    retryStrategy: (attempt) => Math.min(attempt * 100, RECONNECT_MS_MAX),
  })
  /** The last message that was heard; undefined while some may have been missed. */
  let lastId: string | undefined
  let [isDown, isClosed] = [false, false]
  let timer: NodeJS.Timeout | undefined

  const write = (message: string) => redis.xadd(key, 'MAXLEN', '~', MESSAGES_MAX, '*', 'm', message)
  const lose = (error: unknown) => {
    if (isClosed) return
    lastId = undefined
    if (!isDown)
      log.warn(
        { err: error },
        'Redis is down: changes are told by the database, and no answers are kept until it is back',
      )
    isDown = true
    clearTimeout(timer)
    if (hears && redis.status === 'ready') timer = setTimeout(() => void anchor(), ANCHOR_AGAIN_MS).unref()
  }
  const comeBack = () => {
    if (isDown) log.info({}, 'Redis is back: changes are told by it again')
    isDown = false
  }
  /** From now on nothing is missed. Told to all: this node may have died, or been cut off, between a commit and its message. */
  async function anchor() {
    try {
      const id = await write('*')
      // Only after the message: a copy that is made now was read after all that lies before it.
      onHeard(EVERYTHING)
      lastId = id!
      comeBack()
    } catch (error) {
      lose(error)
    }
  }
  async function read(): Promise<boolean> {
    const from = lastId
    if (from === undefined) return false
    try {
      const messages = await redis.xrange(key, from, '+')
      if (lastId !== from) return false
      // The one that was heard last is there, or what came after it may be gone as well.
      const isGap = messages[0]?.[0] !== from
      if (isGap) onHeard(EVERYTHING)
      else for (const [, [, message = '']] of messages.slice(1)) onHeard(fromMessage(message))
      lastId = messages.at(-1)?.[0]
      if (lastId === undefined) await anchor()
      return lastId !== undefined
    } catch (error) {
      lose(error)
      return false
    }
  }

  const readShared = shareEach(read)
  redis.on('error', lose)
  redis.on('close', () => lose(new Error('The connection was closed')))
  await redis.connect().catch(lose)
  if (hears && redis.status === 'ready') await anchor()
  redis.on('ready', () => (hears ? void anchor() : comeBack()))
  return {
    add: async (heard) => {
      try {
        await Promise.all(toMessages(heard).map(write))
        return true
      } catch (error) {
        lose(error)
        return false
      }
    },
    readOn: () => (lastId === undefined || redis.status !== 'ready' ? false : readShared()),
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      redis.disconnect()
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
