import type { Tx } from '#platform/database'
import type { CartOwner } from './owner.ts'
import { deleteLines } from './queries.ts'

/** `unitPriceMinor` is the price when the line was put in; what is charged is the offer's price of the moment. */
export type TakenLine = { variantId: number; quantity: number; unitPriceMinor: number }

/**
 * Takes everything out of a cart for an order: the lines are gone and returned, in one statement. A second checkout of
 * the same cart waits for the first and then finds none; when the order is rolled back the lines are there again. So it is with the
 * code of a coupon in it.
 */
export async function takeLines(
  tx: Tx,
  owner: CartOwner,
  now: Date,
): Promise<{ lines: TakenLine[]; couponCode: string | null }> {
  const { lines, couponCode } = await deleteLines(tx, owner, now)
  const taken = lines.map(({ variantId, quantity, unitPriceMinor }) => ({ variantId, quantity, unitPriceMinor }))
  return { lines: taken, couponCode }
}
