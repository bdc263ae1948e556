/** Numbers of rows that cost more to count than the page that shows them: they may be a little old. */
import { LRUCache } from 'lru-cache'
import type { Db } from '#platform/database'

/** Smaller ones are counted each time. */
const LARGE_COUNT = 10_000
const KEPT_MS = 10_000
const kept = new WeakMap<Db, LRUCache<string, number>>()

/** The number that was counted for this key within the last ten seconds, if it was above 10,000. */
export function recallCount(db: Db, key: string): number | undefined {
  return countsOf(db).get(key)
}

/** Keeps a number that is large; its age counts from when it was kept first. */
export function keepCount(db: Db, key: string, count: number): void {
  const counts = countsOf(db)
  if (count > LARGE_COUNT && !counts.has(key)) counts.set(key, count)
}

function countsOf(db: Db): LRUCache<string, number> {
  const known = kept.get(db)
  if (known) return known
  const counts = new LRUCache<string, number>({ max: 1000, ttl: KEPT_MS })
  kept.set(db, counts)
  return counts
}
