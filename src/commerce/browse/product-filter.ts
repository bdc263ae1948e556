import type { Handle } from './product-view.ts'
import type { Match } from './search/understood.ts'

/** Which products a list shows. What is left out does not matter. */
export type ProductFilter = {
  /** All of these words, in name, description, tags, brand, category or article number. */
  search?: string
  /** Only these. */
  onlyIds?: number[]
  /** This category or one below it. */
  category?: Handle
  brand?: Handle
  sellerId?: number
  minPriceMinor?: number
  maxPriceMinor?: number
  inStock?: boolean
  isFeatured?: boolean
  isOnSale?: boolean
  isBestSeller?: boolean
  /** Whether it is one at this moment. */
  isFlashSale?: { wanted: boolean; at: Date }
  tag?: string
  minRating?: number
  /** Those that are hidden, too: for staff. */
  includesInactive?: boolean
  /** Hidden ones, too, of this seller or of all; not those that were taken out of the catalogue (MP-060, SF-211). */
  alsoHidden?: { sellerId?: number }
}

/** A filter whose search is understood. */
export type Criteria = Omit<ProductFilter, 'search'> & { words?: Match }

export const PRODUCT_ORDERS = ['price', 'name', 'created_at', 'rating', 'popularity'] as const
export type ProductOrder = { by: (typeof PRODUCT_ORDERS)[number]; descending: boolean }
export const NEWEST_FIRST: ProductOrder = { by: 'created_at', descending: true }
