/** Stock that moves with something else: a delivery, an order, its cancellation. */
import type { Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import { claimUnits, findShortages, type Shortage, unitsOwed } from './claims.queries.ts'
import type { Cause, Receipt, StockLine } from './movement.ts'
import { bookChanges, goodsOf } from './movements.queries.ts'
import { noteStock } from './note-stock.ts'

const ATTEMPTS_MAX = 3

/**
 * Books goods that came in (`IN`), at the default location unless one is named. Makes levels that were not there, also for
 * no units at all. Refuses more than a level can hold (`too_much_stock`).
 */
export async function receiveStock(tx: Tx, lines: Receipt[], cause: Cause, now: Date): Promise<void> {
  if (lines.length === 0) return
  const booked = await bookChanges(tx, goodsOf(lines), { ...cause, movement: 'IN' }, now)
  if (booked.length === 0 && lines.some(({ quantity }) => quantity > 0))
    throw new Refusal('invalid', 'too_much_stock', 'That is more than a place can hold')
  noteStock(
    tx,
    booked.map(({ productId }) => productId),
  )
}

/**
 * Takes the units of an order out of stock (`OUT`), every line or none, whatever number of lines in one statement.
 * `reference` is the order's number. Refuses `out_of_stock` with the first line that cannot be served (`name`, `sku`,
 * `available`), and all of those in `items` ({productId, variantId, sku, name, requested, available}).
 */
export async function takeStock(tx: Tx, lines: StockLine[], reference: string, now: Date): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const productIds = await claimUnits(tx, lines, reference, now)
    if (productIds.length > 0) return noteStock(tx, productIds)
    const shortages = await findShortages(tx, lines)
    // Nothing is short: it came in while the claim waited for somebody else, who did not leave enough.
    if (shortages.length > 0 || attempt === ATTEMPTS_MAX) throw outOfStock(lines, shortages)
  }
}

function outOfStock(lines: StockLine[], shortages: Shortage[]): Refusal {
  const items = lines.flatMap(({ productId, variantId, sku, name }) => {
    const short = shortages.find((shortage) => shortage.variantId === variantId)
    return short ? [{ productId, variantId, sku, name, requested: short.requested, available: short.available }] : []
  })
  const { name, sku, available } = items[0] ?? { ...lines[0]!, available: 0 }
  return new Refusal('conflict', 'out_of_stock', `Not enough stock for ${name}`, { name, sku, available, items })
}

/**
 * Puts back what a reference took and has not given back yet (`RETURN`), where it came from, or to the default location
 * where that place is no longer in use. A second call finds nothing to return.
 */
export async function returnStock(tx: Tx, reference: string, now: Date): Promise<void> {
  const booked = await bookChanges(tx, unitsOwed(reference), { reference, movement: 'RETURN' }, now)
  noteStock(
    tx,
    booked.map(({ productId }) => productId),
  )
}

/** Puts back some of what a reference took (`RETURN`), as `returnStock` does; never more than it took and has not given back. */
export async function restockUnits(
  tx: Tx,
  reference: string,
  units: { variantId: number; quantity: number }[],
  now: Date,
): Promise<void> {
  const booked = await bookChanges(tx, unitsOwed(reference, units), { reference, movement: 'RETURN' }, now)
  noteStock(
    tx,
    booked.map(({ productId }) => productId),
  )
}
