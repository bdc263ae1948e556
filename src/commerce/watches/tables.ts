/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type WatchesKind = 'back_in_stock' | 'price_drop'

export interface WatchesWatches {
  accountId: number
  createdAt: Date
  id: number
  kind: WatchesKind
  priceMinor: number | null
  productId: number
  variantId: number | null
}
