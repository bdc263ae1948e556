/** The filters of a search as the engine knows them, each under the facet that leaves it out. */
import type { ProductFilter } from '../../product-filter.ts'
import type { Dimension } from '../facets.queries.ts'
import type { Asked } from './asked.queries.ts'

export type Clause = Record<string, unknown>
export type Filters = {
  /** Hold for everything. */
  always: Clause[]
  /** Each facet counts what there would be without its own. */
  own: Partial<Record<Dimension, Clause[]>>
}

const NOTHING = 0

export function toFilters(filter: ProductFilter, { categoryId, brandId }: Asked): Filters {
  const always: Clause[] = []
  const own: Filters['own'] = {}
  const flag = (field: string, wanted: boolean | undefined) => {
    if (wanted !== undefined) always.push({ term: { [field]: wanted } })
  }
  if (filter.onlyIds) always.push({ terms: { product_id: filter.onlyIds } })
  if (filter.tag !== undefined) always.push({ term: { 'tags.key': filter.tag } })
  flag('is_featured', filter.isFeatured)
  flag('is_on_sale', filter.isOnSale)
  flag('is_best_seller', filter.isBestSeller)
  if (filter.isFlashSale) always.push(flashSale(filter.isFlashSale))
  // An unknown category holds nothing; no product is of number 0.
  if (filter.category) own.category = [{ term: { category_ids: categoryId ?? NOTHING } }]
  if (filter.brand) own.brand = [{ term: { brand_id: brandId ?? NOTHING } }]
  if (filter.sellerId !== undefined) own.seller = [{ term: { seller_id: filter.sellerId } }]
  const { minPriceMinor: gte, maxPriceMinor: lte } = filter
  if (gte !== undefined || lte !== undefined) {
    own.band = [{ range: { price_minor: { ...(gte !== undefined && { gte }), ...(lte !== undefined && { lte }) } } }]
  }
  if (filter.inStock !== undefined) own.stock = [{ term: { in_stock: filter.inStock } }]
  if (filter.minRating !== undefined) own.stars = [{ range: { rating_average: { gte: filter.minRating } } }]
  return { always, own }
}

/** All of the facets but that one. */
export const ownBut = ({ own }: Filters, except?: Dimension): Clause[] =>
  Object.entries(own).flatMap(([dimension, clauses]) => (dimension === except ? [] : clauses))

function flashSale({ wanted, at }: { wanted: boolean; at: Date }): Clause {
  const running = { range: { flash_sale_until: { gt: at.toISOString() } } }
  return wanted ? running : { bool: { must_not: [running] } }
}
