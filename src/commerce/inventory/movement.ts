/** What moves stock: goods that come in, and articles that an order takes. */

/** An article of an order. The name is told when there is too little of it. */
export type StockLine = { variantId: number; sku: string; name: string; quantity: number }

/** Goods that came in; at the default location unless one is named. */
export type Receipt = { productId?: number; variantId: number; sku: string; quantity: number; locationId?: number }

/** Why stock moves: the number of an order, a delivery note, who booked it. */
export type Cause = { reference?: string; notes?: string; recordedBy?: number }
