import { LRUCache } from 'lru-cache'
import type { Db } from '#platform/database'
import { NEWEST_FIRST, type ProductFilter, type ProductOrder } from './product-filter.ts'
import type { ProductView } from './product-view.ts'
import { findCount, findSelected } from './products.queries.ts'
import { selectCount, selectProducts, type Window } from './selection.queries.ts'

/** Counting that many costs more than the page: the number may be this old. Smaller ones are counted each time. */
const LARGE_COUNT = 10_000
const LARGE_COUNT_MS = 10_000
const largeCounts = new WeakMap<Db, LRUCache<string, number>>()

/**
 * A page of the products that match, and how many match in all (V1-200). One statement; a second one only for a page
 * past the end. The number is exact; above 10,000, and where it is not kept anyway, it may be ten seconds old.
 */
export async function listProducts(
  db: Db,
  filter: ProductFilter,
  window: Window,
  order: ProductOrder = NEWEST_FIRST,
): Promise<{ rows: ProductView[]; count: number; isCountOld: boolean }> {
  const selection = selectProducts(filter, order, window)
  const known = largeCountsOf(db)
  const key = selection.isKept ? '' : JSON.stringify(filter)
  const knownCount = known.get(key)
  const isCountOld = knownCount !== undefined
  const rows = await findSelected(db, selection, knownCount)
  if (!rows[0]) return { rows, count: window.offset === 0 ? 0 : await findCount(db, selectCount(filter)), isCountOld }
  const { count } = rows[0]
  if (key && count > LARGE_COUNT && !known.has(key)) known.set(key, count)
  return { rows, count, isCountOld }
}

function largeCountsOf(db: Db): LRUCache<string, number> {
  const known = largeCounts.get(db)
  if (known) return known
  const counts = new LRUCache<string, number>({ max: 1000, ttl: LARGE_COUNT_MS })
  largeCounts.set(db, counts)
  return counts
}
