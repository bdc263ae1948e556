import { LRUCache } from 'lru-cache'
import type { Db } from '#platform/database'
import { type Criteria, NEWEST_FIRST, type ProductFilter, type ProductOrder } from './product-filter.ts'
import type { ProductView, ProductWithVariants } from './product-view.ts'
import { findCount, findSelected, findSelectedWithVariants } from './products.queries.ts'
import { understand } from './search/understand.ts'
import { type Selection, selectCount, selectProducts, type Window } from './selection.queries.ts'

/** Counting that many costs more than the page: the number may be this old. Smaller ones are counted each time. */
const LARGE_COUNT = 10_000
const LARGE_COUNT_MS = 10_000
const largeCounts = new WeakMap<Db, LRUCache<string, number>>()

/**
 * A page of the products that match, and how many match in all (V1-200). One statement; two more to understand a search,
 * and another one for a page past the end. The number is exact; above 10,000, and where it is not kept anyway, it may be ten seconds old.
 */
export function listProducts(
  db: Db,
  filter: ProductFilter,
  window: Window,
  order = NEWEST_FIRST,
): Promise<Found<ProductView>> {
  return list(db, filter, window, order, findSelected)
}

/** The same, each product with its active variants. */
export function listProductsWithVariants(
  db: Db,
  filter: ProductFilter,
  window: Window,
  order = NEWEST_FIRST,
): Promise<Found<ProductWithVariants>> {
  return list(db, filter, window, order, findSelectedWithVariants)
}

/** `isCountOld` says that the number may be that of some seconds ago. */
type Found<Row> = { rows: Row[]; count: number; isCountOld: boolean }
type Find<Row> = (db: Db, selection: Selection, knownCount?: number) => Promise<(Row & { count: number })[]>

async function list<Row>(
  db: Db,
  filter: ProductFilter,
  window: Window,
  order: ProductOrder,
  find: Find<Row>,
): Promise<Found<Row>> {
  const criteria = await understood(db, filter)
  const selection = selectProducts(criteria, order, window)
  const known = largeCountsOf(db)
  const key = selection.isKept ? '' : JSON.stringify(criteria)
  const knownCount = known.get(key)
  const isCountOld = knownCount !== undefined
  const rows = await find(db, selection, knownCount)
  if (!rows[0]) return { rows, count: window.offset === 0 ? 0 : await findCount(db, selectCount(criteria)), isCountOld }
  const { count } = rows[0]
  if (key && count > LARGE_COUNT && !known.has(key)) known.set(key, count)
  return { rows, count, isCountOld }
}

async function understood(db: Db, { search, ...criteria }: ProductFilter): Promise<Criteria> {
  return search === undefined ? criteria : { ...criteria, words: (await understand(db, search)).match }
}

function largeCountsOf(db: Db): LRUCache<string, number> {
  const known = largeCounts.get(db)
  if (known) return known
  const counts = new LRUCache<string, number>({ max: 1000, ttl: LARGE_COUNT_MS })
  largeCounts.set(db, counts)
  return counts
}
