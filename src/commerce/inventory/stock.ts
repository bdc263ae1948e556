import type { Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { Cause, Receipt, StockLine } from './movement.ts'
import { claimUnits, findShortage, giveBackUnits, insertReceipt } from './queries.ts'

/** Books goods that came in (`IN`), at the default location unless one is named. Makes levels that were not there. */
export async function receiveStock(tx: Tx, lines: Receipt[], cause: Cause, now: Date): Promise<void> {
  if (lines.length > 0) await insertReceipt(tx, lines, cause, now)
}

/**
 * Takes the units of an order out of stock (`OUT`), every line or none, whatever number of lines in one statement.
 * `reference` is the order's number. Refuses `out_of_stock` with the name and the number left of a line that cannot
 * be served.
 */
export async function takeStock(tx: Tx, lines: StockLine[], reference: string, now: Date): Promise<void> {
  const claimed = await claimUnits(tx, lines, reference, now)
  if (claimed) return
  const short = await findShortage(tx, lines)
  const line = lines.find(({ variantId }) => variantId === short?.variantId) ?? lines[0]!
  const available = short?.available ?? 0
  throw new Refusal('conflict', 'out_of_stock', `Not enough stock for ${line.name}`, {
    name: line.name,
    sku: line.sku,
    available,
  })
}

/** Puts back what a reference took and has not given back yet (`RETURN`). A second call finds nothing to return. */
export async function returnStock(tx: Tx, reference: string, now: Date): Promise<void> {
  await giveBackUnits(tx, reference, now)
}
