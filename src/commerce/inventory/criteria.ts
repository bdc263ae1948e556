/** What lists of stock are filtered by. */
import { findProductId } from '#commerce/catalog'
import type { Db } from '#platform/database'
import { keepCount, recallCount } from '#platform/large-counts.ts'
import { findPlaces } from './find-place.ts'

/** What is left out does not matter. */
export type StockFilter = {
  product?: { id: number | null; slug: string }
  variantId?: number
  /** By id, or by code. */
  location?: string
  /** Only products of this seller. */
  sellerId?: number
}
export type StockCriteria = { productId?: number; variantId?: number; locationId?: number; sellerId?: number }

type Named = { product?: StockFilter['product'] | undefined; location?: string | undefined }

/** Looks up what a filter names; undefined where it names something that is not there. A statement for each that it names. */
export async function findNamed(
  db: Db,
  { product, location }: Named,
): Promise<Pick<StockCriteria, 'productId' | 'locationId'> | undefined> {
  const productId = product && (await findProductId(db, product))
  const [place] = location === undefined ? [] : await findPlaces(db, [location], true)
  if ((product && productId === undefined) || (location !== undefined && !place)) return undefined
  return { ...(productId !== undefined && { productId }), ...(place && { locationId: place.id }) }
}

type Window = { limit: number; offset: number }
type Listing<Row> = {
  name: string
  rows(knownCount: number | undefined): Promise<(Row & { count: number })[]>
  count(): Promise<number>
}

/**
 * A page with the number of all rows. One statement; a second one for a page past the end. The number is exact; above
 * 10,000 it may be ten seconds old.
 */
export async function listCounted<Row>(db: Db, criteria: object, { offset }: Window, listing: Listing<Row>) {
  const key = `${listing.name} ${JSON.stringify(criteria)}`
  const rows = await listing.rows(recallCount(db, key))
  if (!rows[0]) return { rows, count: offset === 0 ? 0 : await listing.count() }
  const { count } = rows[0]
  keepCount(db, key, count)
  return { rows, count }
}
