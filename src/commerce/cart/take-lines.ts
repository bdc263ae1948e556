import type { Tx } from '#platform/database'
import type { CartOwner } from './owner.ts'
import { deleteLines } from './queries.ts'

/** `unitPriceMinor` is the price when the line was put in; what is charged is the offer's price of the moment. */
export type TakenLine = { variantId: number; quantity: number; unitPriceMinor: number }

/**
 * Takes everything out of a cart for an order: the lines are gone and returned, in one statement. A second checkout of
 * the same cart waits for the first and then finds none; when the order is rolled back the lines are there again.
 */
export async function takeLines(tx: Tx, owner: CartOwner, now: Date): Promise<TakenLine[]> {
  const lines = await deleteLines(tx, owner, now)
  return lines.map(({ variantId, quantity, unitPriceMinor }) => ({ variantId, quantity, unitPriceMinor }))
}
