import type { Handle } from './product-view.ts'

/** Which products a list shows. What is left out does not matter. */
export type ProductFilter = {
  /** All of these words, anywhere in name or description. */
  words?: string[]
  /** This category or one below it. */
  category?: Handle
  brand?: Handle
  minPriceMinor?: number
  maxPriceMinor?: number
  inStock?: boolean
  isFeatured?: boolean
  isOnSale?: boolean
  tag?: string
  minRating?: number
  /** Those that are hidden, too: for staff. */
  includesInactive?: boolean
}

export const PRODUCT_ORDERS = ['price', 'name', 'created_at', 'rating', 'popularity'] as const
export type ProductOrder = { by: (typeof PRODUCT_ORDERS)[number]; descending: boolean }
export const NEWEST_FIRST: ProductOrder = { by: 'created_at', descending: true }

const WORDS_MAX = 10

/** The words of a search, the longest first, since it is found in the fewest products. Beyond ten they are not looked at. */
export function wordsOf(search: string): string[] {
  const words = new Set(search.toLowerCase().split(/\s+/).filter(Boolean))
  return [...words].sort((a, b) => b.length - a.length).slice(0, WORDS_MAX)
}
