import type { Tx } from '#platform/database'
import { noteProduct } from './change-product.ts'
import { deleteProduct, hideProduct, type LockedProduct } from './products.queries.ts'

/**
 * Takes a locked product out of the catalogue. One that was ordered is hidden instead, so that orders and the ledger keep
 * what they refer to; its name is free again, and its category and brand can go (V1-203, SF-211, SF-214).
 */
export async function removeProduct(tx: Tx, product: LockedProduct, wasOrdered: boolean, now: Date): Promise<void> {
  await (wasOrdered ? hideProduct(tx, product.id, now) : deleteProduct(tx, product.id))
  noteProduct(tx, product.id)
}
