import { dropFromCarts } from '#commerce/cart'
import { lockProduct, removeProduct } from '#commerce/catalog'
import { holdLevels } from '#commerce/inventory'
import { findOrderedVariants } from '#commerce/orders'
import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import type { Permit } from './change-offer.ts'
import { droppingPictures } from './pictures-of-offer.ts'

/**
 * Takes a product out of the catalogue and out of all carts; one that was ordered is hidden, and orders keep what they say of
 * it (V1-203, SF-211, SF-214). Refuses a product that there is not (`product_not_found`).
 */
export function removeOffer(app: App, productId: number, permit: Permit): Promise<void> {
  return inTransaction(app.db, async (tx) => {
    const product = await lockProduct(tx, productId)
    permit(product)
    const variantIds = product.variants.map(({ id }) => id)
    // An order that is taking its units now is waited for, and then seen.
    await holdLevels(tx, variantIds)
    const ordered = await findOrderedVariants(tx, productId)
    await dropFromCarts(tx, variantIds)
    await droppingPictures(app, tx, productId, () => removeProduct(tx, product, ordered.size > 0, app.now()))
  })
}
