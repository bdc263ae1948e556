import type { Db } from '#platform/database'
import { keepCount, recallCount } from '#platform/large-counts.ts'
import { type Criteria, NEWEST_FIRST, type ProductFilter, type ProductOrder } from './product-filter.ts'
import type { ProductView, ProductWithVariants } from './product-view.ts'
import { findCount, findSelected, findSelectedWithVariants } from './products.queries.ts'
import { understand } from './search/understand.ts'
import { type Selection, selectCount, selectProducts, type Window } from './selection.queries.ts'

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
  const key = selection.isKept ? '' : `products ${JSON.stringify(criteria)}`
  const knownCount = key ? recallCount(db, key) : undefined
  const isCountOld = knownCount !== undefined
  const rows = await find(db, selection, knownCount)
  if (!rows[0]) return { rows, count: window.offset === 0 ? 0 : await findCount(db, selectCount(criteria)), isCountOld }
  const { count } = rows[0]
  if (key) keepCount(db, key, count)
  return { rows, count, isCountOld }
}

async function understood(db: Db, { search, ...criteria }: ProductFilter): Promise<Criteria> {
  return search === undefined ? criteria : { ...criteria, words: (await understand(db, search)).match }
}
