import { type Cart, fillCart } from '#commerce/cart'
import { getOrderBy, type OrderRef } from '#commerce/orders'
import type { App } from '../app.ts'

/**
 * Puts what an order held into its buyer's cart once more, at today's prices and as far as there is any (V1-312). Refuses
 * `order_not_found`, for somebody else's too.
 */
export async function reorder(app: App, accountId: number, ref: OrderRef): Promise<Cart> {
  const { lines } = await getOrderBy(app.db, ref, { accountId })
  // What is no longer in the catalogue is named in the warnings all the same.
  const wanted = lines.map(({ variantId, quantity, name }) => ({ variantId: variantId ?? 0, quantity, name }))
  return fillCart(app, accountId, wanted)
}
