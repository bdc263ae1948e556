import type { WatchesWatches } from './tables.ts'

export const WATCH_KINDS = ['back_in_stock', 'price_drop'] as const
export type WatchKind = (typeof WATCH_KINDS)[number]

/**
 * Of a variant, or of any of the product's. `priceMinor` is what it cost when its owner asked, or was told last; one that waits
 * for stock has none.
 */
export type Watch = WatchesWatches
