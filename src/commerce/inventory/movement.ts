/** What moves stock, and why. */
import type { InventoryLedger } from './tables.ts'

/** What is written down by hand; transfers are a deed of their own. */
export const POSTED_MOVEMENTS = ['IN', 'OUT', 'ADJUSTMENT', 'RETURN', 'DAMAGE'] as const
export type PostedMovement = (typeof POSTED_MOVEMENTS)[number]
export const MOVEMENTS = [...POSTED_MOVEMENTS, 'TRANSFER'] as const
export type Movement = (typeof MOVEMENTS)[number]

/** The units that a level can hold. */
export const UNITS_MAX = 2_147_483_647

/** An article of an order. Name and product are told when there is too little of it. */
export type StockLine = { productId: number; variantId: number; sku: string; name: string; quantity: number }

/** Goods that came in; at the default location unless one is named. */
export type Receipt = { productId: number; variantId: number; sku: string; quantity: number; locationId?: number }

/** Units that come to a location, or leave it where the number is negative. */
export type Change = { productId: number; variantId: number; sku: string; locationId: number; quantity: number }

/** Why stock moves: the number of an order, a delivery note, who booked it. */
export type Cause = { reference?: string; notes?: string; recordedBy?: number }

/** A line of the ledger. */
export type LedgerEntry = InventoryLedger

/** What comes in adds, what goes out takes away; an adjustment does either (MP-102, V1-352). */
export function fitsMovement(movement: PostedMovement, delta: number): boolean {
  if (movement === 'ADJUSTMENT') return delta !== 0
  return movement === 'IN' || movement === 'RETURN' ? delta > 0 : delta < 0
}
