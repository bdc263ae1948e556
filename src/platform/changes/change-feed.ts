/**
 * How a change that one process makes reaches all that keep copies. A node of a shop with Redis asks a stream there before
 * it uses a copy; without Redis there is one node, which hears of its own changes at once. Processes that only write (a
 * worker, an import) tell by the stream or, without Redis, by a notification of the database.
 */
import { type Db, outsideOfAnyScope } from '#platform/database'
import type { Log } from '#platform/log'
import { type DatabaseLine, listenOnDatabase } from './database-line.ts'
import type { Heard } from './heard.ts'
import { findDatabaseName, notifyChanges } from './queries.ts'
import { openStream } from './redis-stream.ts'

export type ChangeFeed = {
  /** Resolves when whoever asks `hasHeardAll` from now on has heard of it, on every node. Never throws. */
  tell(heard: Heard): Promise<void>
  /** Each change that is told anywhere, in order; returns how to hear no more. */
  hear(listener: (heard: Heard) => void): () => void
  /** Whether all that was told before this call has been heard by now. Where that cannot be known it is false. */
  hasHeardAll(): boolean | Promise<boolean>
  close(): Promise<void>
}

export type FeedOptions = {
  db: Db
  url: string
  redisUrl: string | undefined
  /** Whether this process keeps copies. Others only tell. */
  hears: boolean
  log: Log
}

/** Starts hearing, or at least telling. */
export async function openChangeFeed({ db, url, redisUrl, hears, log }: FeedOptions): Promise<ChangeFeed> {
  const local = openLocalFeed()
  const line = hears ? await listenOnDatabase({ url, log, onHeard: local.say }) : undefined
  const notify = async (heard: Heard) => {
    try {
      await outsideOfAnyScope(() => notifyChanges(db, heard))
    } catch (error) {
      log.warn({ err: error }, 'a change could not be told to other processes')
    }
  }
  if (!redisUrl) return { ...local, ...(line ? whileListening(line) : { tell: notify, ...DEAF }), close: closing(line) }

  const key = `souk:catalog:changes:${await findDatabaseName(db)}`
  const stream = await openStream({ url: redisUrl, key, hears, log, onHeard: local.say })
  return {
    hear: local.hear,
    // Nodes that still reach Redis would go on trusting their copies: they hear by the database.
    tell: async (heard) => {
      if (!(await stream.add(heard))) await notify(heard)
    },
    hasHeardAll: () => (line?.isListening() ? stream.readOn() : false),
    close: closing(line, stream),
  }
}

/** The changes of this process alone. */
export function openLocalFeed() {
  const listeners = new Set<(heard: Heard) => void>()
  const say = (heard: Heard) => {
    for (const listener of listeners) listener(heard)
  }
  return {
    say,
    tell: async (heard: Heard) => say(heard),
    hear: (listener: (heard: Heard) => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    hasHeardAll: (): boolean => true,
    close: async () => {},
  } satisfies ChangeFeed & { say(heard: Heard): void }
}

const DEAF = { hasHeardAll: () => false }
const whileListening = (line: DatabaseLine) => ({ hasHeardAll: () => line.isListening() })
const closing =
  (...parts: ({ close(): Promise<void> } | undefined)[]) =>
  async () => {
    for (const part of parts) await part?.close()
  }
