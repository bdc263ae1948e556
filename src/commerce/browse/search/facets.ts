import type { Db } from '#platform/database'
import { fromDecimal } from '#platform/money.ts'
import type { Criteria } from '../product-filter.ts'
import { type Dimension, type FacetRow, findFacets } from './facets.queries.ts'
import { keepNumber } from './large-numbers.ts'
import type { Memory } from './memory.ts'

export type FacetLine = { id: number; name: string; slug: string; count: number }
/** What there is among all that match, each facet as if its own filter were not set (MP-086). The largest first, or by price and stars. */
export type Facets = {
  /** How many match with all filters. */
  count: number
  /** Each with what is below it. */
  categories: FacetLine[]
  brands: FacetLine[]
  sellers: Omit<FacetLine, 'slug'>[]
  /** From `minMinor` to below `maxMinor`; the last one has no end. */
  priceRanges: { minMinor: number; maxMinor: number | null; count: number }[]
  inStock: number
  soldOut: number
  /** Rated so or better, from 4 down to 1. */
  ratings: { atLeast: number; count: number }[]
}

/**
 * The facets of what matches, and its number. Up to 10,000 they are those of this moment; above they may be a little old, so that
 * in a shop where something is written all the time nobody waits twice for the same.
 */
export function findKeptFacets(db: Db, memory: Memory, criteria: Criteria, currency: string): Promise<Facets> {
  return keepNumber(db, memory, `facets ${JSON.stringify(criteria)} ${currency}`, {
    count: async () => toFacets(await findFacets(db, criteria, bandsOf(currency)), bandsOf(currency)),
    sizeOf: ({ count }) => count,
  })
}

/** In units of the currency. */
const BANDS = ['10', '25', '50', '100', '250', '500', '1000']
export const bandsOf = (currency: string) => BANDS.map((price) => fromDecimal(price, currency)!)

/** Rows of every kind; `bands` are where the price ranges end. */
export function toFacets(rows: FacetRow[], bands: number[]): Facets {
  const of = (kind: Dimension) => rows.filter((row) => row.kind === kind)
  const lines = (kind: Dimension) =>
    of(kind).map(({ id, name, slug, count }) => ({ id, name: name!, slug: slug!, count }))
  const stock = new Map(of('stock').map(({ id, count }) => [id, count]))
  const stars = of('stars')
  return {
    count: rows.find(({ kind }) => kind === 'all')?.count ?? 0,
    categories: lines('category'),
    brands: lines('brand'),
    sellers: of('seller').map(({ id, name, count }) => ({ id, name: name!, count })),
    priceRanges: of('band')
      .toSorted((a, b) => a.id - b.id)
      .map(({ id, count }) => ({ minMinor: bands[id - 1] ?? 0, maxMinor: bands[id] ?? null, count })),
    inStock: stock.get(1) ?? 0,
    soldOut: stock.get(0) ?? 0,
    ratings: [4, 3, 2, 1].map((atLeast) => ({
      atLeast,
      count: stars.filter(({ id }) => id >= atLeast).reduce((sum, { count }) => sum + count, 0),
    })),
  }
}
