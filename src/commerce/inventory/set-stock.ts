import type { Tx } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import type { Cause, Receipt } from './movement.ts'
import { bookChanges, goodsOf } from './movements.queries.ts'
import { noteStock } from './note-stock.ts'
import { lockLevels, updateSku, updateThresholds } from './set-stock.queries.ts'

/** How many units of a variant there are to be, over all locations that are in use. */
export type StockTarget = { productId: number; variantId: number; sku: string; quantity: number }

/**
 * Makes the stock of these variants what is said, by `ADJUSTMENT` lines: what is more comes to the default location, what is
 * less goes from it, and from the others once it is empty. What is right already is not booked.
 * Refuses more than a place can hold (`stock`).
 */
export async function setStock(tx: Tx, targets: StockTarget[], cause: Cause, now: Date): Promise<void> {
  const levels = await lockLevels(
    tx,
    targets.map(({ variantId }) => variantId),
  )
  const corrections = targets.flatMap((target) => {
    const own = levels.filter(({ variantId }) => variantId === target.variantId)
    return correct(target, own)
  })
  if (corrections.length === 0) return
  const booked = await bookChanges(tx, goodsOf(corrections), { ...cause, movement: 'ADJUSTMENT' }, now)
  if (booked.length === 0) throw invalidFields({ stock: 'too_much_stock' })
  noteStock(
    tx,
    booked.map(({ productId }) => productId),
  )
}

/** At which number of units these variants count as low, at every location. */
export async function setThresholds(tx: Tx, variantIds: number[], threshold: number): Promise<void> {
  noteStock(tx, await updateThresholds(tx, variantIds, threshold))
}

/** Holds the stock of these variants still: who takes units of them waits, or is waited for. */
export async function holdLevels(tx: Tx, variantIds: number[]): Promise<void> {
  await lockLevels(tx, variantIds)
}

/** The levels repeat the sku of their variant, so that they are locked in one order; they follow when it changes. */
export async function relabelLevels(tx: Tx, variantId: number, sku: string): Promise<void> {
  await updateSku(tx, variantId, sku)
}

type Level = { locationId: number; onHand: number }

/** The levels come with the default location first. */
function correct({ quantity, ...article }: StockTarget, levels: Level[]): Receipt[] {
  let left = quantity - levels.reduce((sum, { onHand }) => sum + onHand, 0)
  if (left > 0) return [{ ...article, quantity: left }]
  const corrections: Receipt[] = []
  for (const { locationId, onHand } of levels) {
    const units = Math.max(left, -onHand)
    if (units < 0) corrections.push({ ...article, locationId, quantity: units })
    left -= units
  }
  return corrections
}
