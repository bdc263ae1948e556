/** How many products there are of each kind among those that match: one walk over them for all kinds. */
import type { Db } from '#platform/database'
import type { Criteria } from '../product-filter.ts'
import { once, runText } from '../run-text.ts'
import { type Bind, bindCriteria, IN_STOCK } from '../selection.queries.ts'

/** One line of a facet; `kind` says of which. Of a price band `id` is its place, of a rating the stars, of the stock 1 or 0. */
export type FacetRow = { kind: Dimension | 'all'; id: number; name: string | null; slug: string | null; count: number }
export type Dimension = 'category' | 'brand' | 'seller' | 'band' | 'stock' | 'stars'

const COLUMNS: Record<Dimension, string> = {
  category: 'document.category_id',
  brand: 'document.brand_id',
  seller: 'document.seller_id',
  band: 'width_bucket(document.price_minor, BANDS::bigint[])',
  stock: `(${IN_STOCK})::int`,
  stars: 'floor(document.rating_average)::int',
}
const DIMENSIONS = Object.keys(COLUMNS) as Dimension[]
/** The filters of each: a facet shows what there would be without its own. */
const FILTERS: Record<Dimension, (keyof Criteria)[]> = {
  category: ['category'],
  brand: ['brand'],
  seller: ['sellerId'],
  band: ['minPriceMinor', 'maxPriceMinor'],
  stock: ['inStock'],
  stars: ['minRating'],
}
const LINES_MAX = 100

/** The facets of what matches, and how many match in all. `bands` are the prices in minor units where a band ends. One statement. */
export function findFacets(db: Db, criteria: Criteria, bands: number[]): Promise<FacetRow[]> {
  const values: unknown[] = []
  const bind: Bind = (value) => `$${values.push(value)}`
  const filtered = DIMENSIONS.filter((dimension) => FILTERS[dimension].some((name) => criteria[name] !== undefined))
  const rest = { ...criteria }
  for (const name of filtered.flatMap((dimension) => FILTERS[dimension])) delete rest[name]
  const passes = filtered.map(
    (dimension) => `(${bindCriteria(only(criteria, dimension), bind)}) as passes_${dimension}`,
  )
  const bound = bind(bands)
  const columns = DIMENSIONS.map((name) => `${COLUMNS[name].replace('BANDS', () => bound)} as ${name}`)
  const matched = `select ${[...columns, ...passes].join(', ')} from browse.documents document where ${bindCriteria(rest, bind, false)}`
  const text = facetsText(matched, filtered)
  return runText<FacetRow>(db, isUsual(criteria) ? text : once(text), values)
}

/** Words alone are asked for most: one plan for all of them. */
const isUsual = ({ words, ...others }: Criteria) =>
  Object.keys(others).length === 0 && !words?.numbered.length && !words?.literals?.length

function only(criteria: Criteria, dimension: Dimension): Criteria {
  const own = FILTERS[dimension].map((name) => [name, criteria[name]])
  return { ...Object.fromEntries(own), includesInactive: true }
}

function facetsText(matched: string, filtered: Dimension[]): string {
  const numberOf = (except?: Dimension) => {
    const others = filtered.filter((dimension) => dimension !== except).map((dimension) => `passes_${dimension}`)
    return others.length > 0 ? `count(*) filter (where ${others.join(' and ')})` : 'count(*)'
  }
  const sets = DIMENSIONS.map((dimension) => `(${dimension})`).join(', ')
  const numbers = filtered.map((dimension) => `when ${groupingOf(dimension)} then ${numberOf(dimension)}`)
  const number =
    numbers.length > 0 ? `case grouping(${DIMENSIONS}) ${numbers.join(' ')} else ${numberOf()} end` : 'count(*)'
  const named = (kind: 'category' | 'brand', table: string) => `(
    select '${kind}', named.id, named.name, named.slug, counted.count from (${kind === 'category' ? ROLLED_UP : ofKind('brand')}) counted
    join catalog.${table} named on named.id = counted.id where named.is_active
    order by counted.count desc, named.id limit ${LINES_MAX})`
  return `
    with counted as materialized (
      select grouping(${DIMENSIONS}) as kind, ${DIMENSIONS}, ${number}::int as count
      from (${matched}) matched group by grouping sets (${sets}, ())
    )
    select 'all' as kind, 0 as id, null as name, null as slug, count from counted where kind = ${GROUPING_ALL}
    union all ${named('category', 'categories')}
    union all ${named('brand', 'brands')}
    union all (
      select 'seller', seller.id, btrim(concat_ws(' ', seller.first_name, seller.last_name)), null, counted.count
      from (${ofKind('seller')}) counted join identity.accounts seller on seller.id = counted.id
      order by counted.count desc, seller.id limit ${LINES_MAX})
    ${(['band', 'stock', 'stars'] as const).map((kind) => `union all select '${kind}', id, null, null, count from (${ofKind(kind)}) counted`).join(' ')}`
}

/** As `grouping()` numbers the sets: a bit for each column that is not grouped by, the first one the highest. */
const GROUPING_ALL = 2 ** DIMENSIONS.length - 1
function groupingOf(dimension: Dimension): number {
  return GROUPING_ALL - 2 ** (DIMENSIONS.length - 1 - DIMENSIONS.indexOf(dimension))
}

function ofKind(dimension: Dimension): string {
  return `select ${dimension} as id, count from counted where kind = ${groupingOf(dimension)} and ${dimension} is not null and count > 0`
}

/** A category holds what those below it hold. */
const ROLLED_UP = `select above.id, sum(own.count)::int as count from (${ofKind('category')}) own
    join catalog.categories category on category.id = own.id, unnest(category.path) above (id) group by above.id`
