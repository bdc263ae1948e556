/** Notices as they are told, for whoever looks on (V1-374). */
import { findLiveSessions } from '#commerce/identity'
import { EVERYTHING, type Heard } from '#platform/changes'
import { outsideOfAnyScope } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { listLastNotices, listNoticesAfter, type NoticeView, TAG } from './queries.ts'
import type { Holder } from './tickets.ts'

/** Somebody who looks on. */
export type Onlooker = Holder & {
  send(notice: NoticeView): void
  /** Nothing has happened for a while. */
  beat(): void
  /** His session is over, or the server closes. */
  end(): void
}
export type LiveNotices = {
  /**
   * Sends what is told from now on, or since the notice `after`, until the function that is returned is called. Refuses
   * `too_many_streams` where the account, or the house, has enough of them.
   */
  join(onlooker: Onlooker, after?: number): Promise<() => void>
  /** How many look on. */
  count(): number
  close(): void
}
export type Pace = {
  beatMs: number
  /** How often the other nodes are asked, where they do not tell by themselves. */
  askMs: number
}

const PACE: Pace = { beatMs: 25_000, askMs: 500 }
const OF_ACCOUNT_MAX = 10
const IN_ALL_MAX = 10_000
/** What was missed is sent as far as a page goes; the list has it all. */
const AT_ONCE_MAX = 100
/** Notices are not committed in the order of their ids: so far back it is looked for late ones. */
const LATE_MAX = 100

type Stream = Onlooker & {
  /** What is not newer was told before. */
  floor: number
  sent: Set<number>
}

/** Begins to listen. Holds no connection of the database, however many look on. */
export function openLiveNotices(app: App, { beatMs, askMs }: Pace = PACE): LiveNotices {
  const streams = new Map<number, Set<Stream>>()
  const looking = new Map<number, 'once' | 'again'>()
  let size = 0

  const all = () => [...streams.values()].flatMap((each) => [...each])
  const leave = (stream: Stream) => {
    const own = streams.get(stream.accountId)
    if (!own?.delete(stream)) return
    size -= 1
    if (own.size === 0) streams.delete(stream.accountId)
  }

  /** One look at a time for each account; what is told meanwhile is found by another one. */
  async function look(accountId: number): Promise<void> {
    if (looking.has(accountId)) return void looking.set(accountId, 'again')
    try {
      do {
        looking.set(accountId, 'once')
        const own = streams.get(accountId)
        if (!own) return
        const after = Math.min(...[...own].map(({ floor }) => floor))
        const notices = await listNoticesAfter(app.db, accountId, after, AT_ONCE_MAX + LATE_MAX)
        for (const stream of streams.get(accountId) ?? []) sendNew(stream, notices)
      } while (looking.get(accountId) === 'again')
    } catch (error) {
      app.log.warn({ err: error }, 'notices could not be read for those who look on: they are, with the next one')
    } finally {
      looking.delete(accountId)
    }
  }
  /** Whoever told it, or has come, does not wait for it. */
  const lookLater = (accountId: number) => outsideOfAnyScope(() => void look(accountId))
  const hear = (heard: Heard) => {
    const accounts = heard === EVERYTHING ? streams.keys() : [...heard].map(accountOf)
    for (const accountId of [...accounts]) if (streams.has(accountId)) lookLater(accountId)
  }

  async function beat(): Promise<void> {
    const standing = all()
    if (standing.length === 0) return
    try {
      const live = await findLiveSessions(app, [...new Set(standing.map(({ sessionId }) => sessionId))])
      for (const stream of standing) {
        if (live.has(stream.sessionId)) stream.beat()
        else stream.end()
      }
    } catch (error) {
      app.log.warn({ err: error }, 'the sessions of those who look on could not be read')
      for (const stream of standing) stream.beat()
    }
  }

  const hearNoMore = app.changes.hear(hear)
  const timers = [
    setInterval(() => void beat(), beatMs),
    setInterval(() => size > 0 && void Promise.resolve(app.changes.hasHeardAll()).catch(() => {}), askMs),
  ]
  for (const timer of timers) timer.unref()
  return {
    count: () => size,
    join: async (onlooker, after) => {
      const own = streams.get(onlooker.accountId)
      if (size >= IN_ALL_MAX || (own && own.size >= OF_ACCOUNT_MAX))
        throw new Refusal('limited', 'too_many_streams', 'Too many look on')
      const stream: Stream = { ...onlooker, floor: Number.POSITIVE_INFINITY, sent: new Set() }
      streams.set(onlooker.accountId, (own ?? new Set()).add(stream))
      size += 1
      try {
        Object.assign(stream, startOf(await listLastNotices(app.db, onlooker.accountId, LATE_MAX), after))
      } catch (error) {
        leave(stream)
        throw error
      }
      lookLater(onlooker.accountId)
      return () => leave(stream)
    },
    close: () => {
      hearNoMore()
      for (const timer of timers) clearInterval(timer)
      for (const stream of all()) stream.end()
    },
  }
}

/** Where a stream begins: what there is counts as sent, up to `after`; a late one among it does not. */
function startOf(last: number[], after = Number.POSITIVE_INFINITY): Pick<Stream, 'floor' | 'sent'> {
  const oldest = last.length < LATE_MAX ? 1 : last.at(-1)!
  return { floor: Math.min(oldest - 1, after), sent: new Set(last.filter((id) => id <= after)) }
}

function sendNew(stream: Stream, notices: NoticeView[]): void {
  for (const notice of notices) {
    if (notice.id <= stream.floor || stream.sent.has(notice.id)) continue
    stream.sent.add(notice.id)
    stream.send(notice)
  }
  if (stream.sent.size <= 2 * LATE_MAX) return
  const ids = [...stream.sent].sort((one, other) => one - other)
  stream.floor = ids[ids.length - LATE_MAX - 1]!
  stream.sent = new Set(ids.slice(-LATE_MAX))
}

const accountOf = (tag: string): number => (tag.startsWith(TAG) ? Number(tag.slice(TAG.length)) : Number.NaN)
