/**
 * Numbers that take longer to count than a page may: they are shown a little old, and counted anew behind, one after the
 * other, so that counting never takes the shop over.
 */
import { LRUCache } from 'lru-cache'
import { type Db, outsideOfAnyScope } from '#platform/database'
import type { Memory } from './memory.ts'

/** Above it a number may be old; smaller ones are those of this moment. */
const LARGE = 10_000
/** At this age, or after so many times as long as the counting took if that is more, it is counted anew; at twice the age it is shown no more. */
const REFRESH_MS = 5000
const REFRESH_MAX_MS = 150_000
const RESTS = 400

type Known = { value: unknown; at: number; refreshMs: number }
/** What was counted last, and the counting that goes on behind. */
type Counted = { large: LRUCache<string, Known>; refreshing: Map<string, Promise<unknown>>; queue: Promise<unknown> }
const countedOf = new WeakMap<Db, Counted>()

/** What was counted under the key, or else what `count` counts; `sizeOf` tells how many it counted. */
export async function keepNumber<Value>(
  db: Db,
  memory: Memory,
  key: string,
  { count, sizeOf }: { count: () => Promise<Value>; sizeOf: (value: Value) => number },
): Promise<Value> {
  const counted = counterOf(db)
  const known = memory.has(key) ? undefined : counted.large.get(key)
  const countNow = () =>
    memory.keep(key, async () => {
      const at = performance.now()
      const value = await count()
      const refreshMs = Math.min(REFRESH_MAX_MS, Math.max(REFRESH_MS, RESTS * (performance.now() - at)))
      if (sizeOf(value) > LARGE) counted.large.set(key, { value, at, refreshMs }, { ttl: 2 * refreshMs })
      else counted.large.delete(key)
      return value
    })
  if (!known) return countNow()
  if (performance.now() - known.at > known.refreshMs) refresh(counted, key, countNow)
  return known.value as Value
}

function refresh(counted: Counted, key: string, count: () => Promise<unknown>): void {
  if (counted.refreshing.has(key)) return
  const work = counted.queue.then(() => outsideOfAnyScope(count)).catch(() => {})
  counted.queue = work
  counted.refreshing.set(key, work)
  void work.then(() => counted.refreshing.delete(key))
}

function counterOf(db: Db): Counted {
  const known = countedOf.get(db)
  if (known) return known
  const counted: Counted = { large: new LRUCache({ max: 1000 }), refreshing: new Map(), queue: Promise.resolve() }
  countedOf.set(db, counted)
  return counted
}
