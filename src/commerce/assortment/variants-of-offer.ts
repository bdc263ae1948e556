import { dropFromCarts } from '#commerce/cart'
import {
  addVariant,
  changeVariant,
  getVariant,
  lockProduct,
  type NewVariant,
  removeVariants,
  type VariantChanges,
  type VariantPrice,
} from '#commerce/catalog'
import { holdLevels, receiveStock, relabelLevels, setStock } from '#commerce/inventory'
import { findOrderedVariants } from '#commerce/orders'
import { inTransaction } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import type { ChangeContext, Permit } from './change-offer.ts'
import { sayingSkuTaken } from './saying-sku-taken.ts'

export type OfferedVariant = Omit<NewVariant, 'priceMinor' | 'compareAtMinor' | 'isImplicit'> & {
  price?: VariantPrice
  /** Units it begins with. */
  stock?: number
}

/** Adds a variant to a product, with its stock (V1-205, MP-092). Refuses as `addVariant` does. */
export function addVariantToOffer(
  app: App,
  productId: number,
  { price, stock = 0, ...variant }: OfferedVariant,
  { permit, recordedBy, faults = {} }: ChangeContext,
): Promise<{ id: number }> {
  const now = app.now()
  return inTransaction(app.db, async (tx) => {
    const product = await lockProduct(tx, productId)
    permit(product)
    refuse(faults)
    const { id, sku } = await sayingSkuTaken(() => addVariant(tx, product, variant, price, now))
    await receiveStock(
      tx,
      [{ productId, variantId: id, sku, quantity: stock }],
      { notes: 'Initial stock', recordedBy },
      now,
    )
    return { id }
  })
}

/** Changes a variant; stock that is given is booked as an `ADJUSTMENT` (V1-205, MP-093). Refuses as `changeVariant` does. */
export function changeVariantOfOffer(
  app: App,
  productId: number,
  variantId: number,
  { stock, ...changes }: VariantChanges & { stock?: number },
  { permit, recordedBy, faults = {} }: ChangeContext,
): Promise<void> {
  const now = app.now()
  return inTransaction(app.db, async (tx) => {
    const product = await lockProduct(tx, productId)
    permit(product)
    const before = getVariant(product, variantId)
    refuse(faults)
    await changeVariant(tx, product, variantId, changes, now)
    const { sku = before.sku } = changes
    if (sku !== before.sku) await relabelLevels(tx, variantId, sku)
    if (stock !== undefined) await setStock(tx, [{ productId, variantId, sku, quantity: stock }], { recordedBy }, now)
  })
}

/** Takes a variant out of a product and out of all carts (V1-205, MP-093). Refuses the last one (`last_variant`). */
export function removeVariantFromOffer(app: App, productId: number, variantId: number, permit: Permit): Promise<void> {
  return inTransaction(app.db, async (tx) => {
    const product = await lockProduct(tx, productId)
    permit(product)
    await holdLevels(tx, [variantId])
    const ordered = await findOrderedVariants(tx, productId)
    await dropFromCarts(tx, [variantId])
    await removeVariants(tx, product, [variantId], ordered, app.now())
  })
}

function refuse(faults: NonNullable<ChangeContext['faults']>): void {
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
}
