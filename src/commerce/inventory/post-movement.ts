import { findVariantsOfProducts, resolveVariants } from '#commerce/catalog'
import { inTransaction, type Tx } from '#platform/database'
import { type FieldCodes, invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { findPlace } from './find-place.ts'
import { findOnHand } from './levels.queries.ts'
import { type Cause, type Change, fitsMovement, type LedgerEntry, type PostedMovement, UNITS_MAX } from './movement.ts'
import { bookChanges, changesOf } from './movements.queries.ts'
import { noteStock } from './note-stock.ts'
import { refuseForeign } from './refuse-foreign.ts'

export type Posting = Cause & {
  productId: number
  /** Needed where the product has several. */
  variantId?: number
  /** Default: the default one. */
  locationId?: number
  movement: PostedMovement
  /** Units that come in; negative for those that go out. */
  delta: number
  recordedBy: number
  /** Only products of this seller. */
  sellerId?: number
}

/** What an order took is given back by its reference: whatever else is called so would count for it (V1-305). */
const ORDER_NUMBER = /^\s*ORD-/i

/**
 * Writes down a change of stock that somebody found, or made by hand (V1-352, MP-101…105); `alongside` runs last in the same
 * transaction. Refuses by field: `product_id`, `variant_id` as `resolveVariants` does, `location_id` (location_unknown),
 * `quantity_delta` (not_zero; wrong_sign where the kind of movement goes the other way; maximum where the place cannot hold
 * it), `reference` (reference_of_order). Refuses `foreign_product`, and `insufficient_stock` ({available}) where less than nothing would be left.
 */
export function postMovement(
  app: App,
  posting: Posting,
  alongside: (tx: Tx, entry: LedgerEntry) => Promise<void> = async () => {},
): Promise<LedgerEntry> {
  return inTransaction(app.db, async (tx) => {
    const change = await resolveChange(tx, posting)
    const [entry] = await bookChanges(tx, changesOf([change]), posting, app.now())
    if (!entry) throw await whyNot(tx, change)
    noteStock(tx, [entry.productId])
    await alongside(tx, entry)
    return entry
  })
}

async function resolveChange(tx: Tx, posting: Posting): Promise<Change> {
  const { movement, delta, locationId, sellerId, reference = '' } = posting
  const [resolved] = await resolveVariants(tx, [posting])
  const location = await findPlace(tx, locationId)
  const faults: FieldCodes = { ...resolved!.faults }
  if (!location) faults.location_id = 'location_unknown'
  if (delta === 0) faults.quantity_delta = 'not_zero'
  else if (!fitsMovement(movement, delta)) faults.quantity_delta = { code: 'wrong_sign', movement }
  if (ORDER_NUMBER.test(reference)) faults.reference = 'reference_of_order'
  const owned = resolved!.variant ?? (await findVariantsOfProducts(tx, [posting.productId]))[0]
  if (owned) refuseForeign(owned, sellerId)
  if (!resolved!.variant || !location || Object.keys(faults).length > 0) throw invalidFields(faults)
  return { ...resolved!.variant, locationId: location.id, quantity: delta }
}

async function whyNot(tx: Tx, change: Change): Promise<Refusal> {
  const [available = 0] = await findOnHand(tx, [change])
  if (change.quantity > 0) return invalidFields({ quantity_delta: { code: 'maximum', limit: UNITS_MAX - available } })
  return new Refusal('conflict', 'insufficient_stock', 'Insufficient stock', { available })
}
