import { randomInt } from 'node:crypto'
import { type Resolved, resolveVariants } from '#commerce/catalog'
import { inTransaction, type Tx } from '#platform/database'
import { type FieldCodes, type FieldProblem, invalidFields, type Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { findPlaces, type Place } from './find-place.ts'
import { findOnHand } from './levels.queries.ts'
import type { Location } from './locations.ts'
import type { Change, LedgerEntry } from './movement.ts'
import { bookChanges, changesOf } from './movements.queries.ts'
import { noteStock } from './note-stock.ts'

export type TransferItem = { productId: number; variantId?: number; quantity: number }
export type TransferOrder = { from: Place; to: Place; items: TransferItem[]; notes?: string; recordedBy: number }
/** The entries in sku order: of each article what left, then what arrived. */
export type Transfer = { reference: string; from: Location; to: Location; entries: LedgerEntry[] }

/**
 * Moves units from one location to another, all or none; there are as many as before (V1-353). The same article twice counts
 * together. `alongside` runs last in the same transaction. Refuses by field: `from_location`, `to_location`
 * (location_unknown, same_location), `items` as `resolveVariants` does, and what there is too little of
 * (insufficient_stock, {available}).
 */
export function transferStock(
  app: App,
  order: TransferOrder,
  alongside: (tx: Tx, transfer: Transfer) => Promise<void> = async () => {},
): Promise<Transfer> {
  const { items, notes, recordedBy } = order
  return inTransaction(app.db, async (tx) => {
    const { from, to, changes } = await resolveTransfer(tx, order)
    const reference = newTransferReference()
    const cause = { movement: 'TRANSFER', reference, notes: notes ?? '', recordedBy } as const
    const moves = changes.flatMap((change) => [
      { ...change, locationId: from.id, quantity: -change.quantity },
      { ...change, locationId: to.id },
    ])
    const entries = await bookChanges(tx, changesOf(moves), cause, app.now())
    if (entries.length === 0) throw await whyNot(tx, changes, items, from)
    noteStock(
      tx,
      entries.map(({ productId }) => productId),
    )
    const transfer = { reference, from, to, entries }
    await alongside(tx, transfer)
    return transfer
  })
}

async function resolveTransfer(tx: Tx, { from: source, to: target, items }: TransferOrder) {
  const [from, to] = await findPlaces(tx, [source, target])
  const resolved = await resolveVariants(tx, items)
  const faults: FieldCodes = {}
  if (!from) faults.from_location = 'location_unknown'
  if (!to) faults.to_location = 'location_unknown'
  if (from && from.id === to?.id) faults.to_location = 'same_location'
  const inItems = resolved.flatMap(faultsWithin)
  if (inItems.length > 0) faults.items = inItems
  if (!from || !to || Object.keys(faults).length > 0) throw invalidFields(faults)
  const changes = items.map(({ quantity }, index) => ({ ...resolved[index]!.variant!, locationId: to.id, quantity }))
  return { from, to, changes }
}

function faultsWithin({ faults = {} }: Resolved, index: number): FieldProblem[] {
  return Object.entries(faults).map(([field, code]) => ({ code: String(code), inner: `${index}.${field}` }))
}

/** Of which articles there is too little at the place that they leave: each is told where it is named first. */
async function whyNot(tx: Tx, changes: Change[], items: TransferItem[], from: Location): Promise<Refusal> {
  const wanted = new Map<number, number>()
  for (const { variantId, quantity } of changes) wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity)
  const leaving = [...wanted].map(([variantId]) => ({ variantId, locationId: from.id }))
  const onHand = await findOnHand(tx, leaving)
  const short: FieldProblem[] = leaving.flatMap(({ variantId }, index) => {
    const available = onHand[index]!
    if (available >= wanted.get(variantId)!) return []
    const first = changes.findIndex((change) => change.variantId === variantId)
    return [{ code: 'insufficient_stock', available, inner: `${first}.quantity` }]
  })
  if (short.length > 0) return invalidFields({ items: short })
  return invalidFields({ items: items.length > 0 ? 'too_much_stock' : 'required' })
}

/** No 0 and O, no 1 and I: it is read off a delivery note. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

function newTransferReference(): string {
  return `TRF-${Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')}`
}
