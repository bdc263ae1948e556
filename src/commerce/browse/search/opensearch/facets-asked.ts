import type { Db } from '#platform/database'
import type { Dimension, FacetRow } from '../facets.queries.ts'
import { bandsOf, type Facets, toFacets } from '../facets.ts'
import { nameFacets } from './asked.queries.ts'
import { type Clause, type Filters, ownBut } from './filters.ts'

const LINES_MAX = 100
const STARS = [0, 1, 2, 3, 4, 5]

type Bucket = { key: number | string; doc_count: number }
/** As the engine answers `aggs`, each below the filter of the others. */
export type Counted = Record<Dimension, { lines: { buckets: Bucket[] } }>

/** For `aggs`: each facet counts what passes all filters but its own. */
export function toAggregations(filters: Filters, currency: string): Record<Dimension, Clause> {
  const facet = (dimension: Dimension, lines: Clause) => ({
    filter: { bool: { filter: ownBut(filters, dimension) } },
    aggs: { lines },
  })
  const terms = (field: string) => ({ terms: { field, size: LINES_MAX } })
  const bands = bandsOf(currency)
  const ends = [0, ...bands]
  return {
    category: facet('category', terms('category_ids')),
    brand: facet('brand', terms('brand_id')),
    seller: facet('seller', terms('seller_id')),
    band: facet('band', ranges('price_minor', ends)),
    stock: facet('stock', terms('in_stock')),
    stars: facet('stars', ranges('rating_average', STARS)),
  }
}

/** From each to below the next, under its place. */
function ranges(field: string, ends: number[]): Clause {
  const each = ends.map((from, at) => ({ key: String(at), from, ...(at + 1 < ends.length && { to: ends[at + 1] }) }))
  return { range: { field, ranges: each } }
}

/** What was counted, with the names of this moment. One statement. */
export async function readFacets(db: Db, counted: Counted, count: number, currency: string): Promise<Facets> {
  const of = (kind: Dimension) => new Map(counted[kind].lines.buckets.map((line) => [Number(line.key), line.doc_count]))
  const rows = (kind: Dimension): FacetRow[] =>
    [...of(kind)].flatMap(([id, number]) => (number > 0 ? [{ kind, id, name: null, slug: null, count: number }] : []))
  const named = await nameFacets(db, { category: of('category'), brand: of('brand'), seller: of('seller') })
  const all: FacetRow = { kind: 'all', id: 0, name: null, slug: null, count }
  return toFacets([all, ...named, ...rows('band'), ...rows('stock'), ...rows('stars')], bandsOf(currency))
}
