import { canBeCancelled, getOrder, lockOrder, type Order, type OrderRef, type OrderScope } from '#commerce/orders'
import { inTransaction, type Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { type Cancellation, cancelLockedOrder } from './cancel-locked-order.ts'
import { tellGateways } from './tell-gateways.ts'

/**
 * Cancels an order that has not left the house: stock comes back, what was paid is given back, a coupon that was not
 * paid with may be used again. `alongside` runs last in the transaction. Refuses `order_not_found` and `not_cancellable` (V1-307).
 */
export async function cancelOrder(
  app: App,
  ref: OrderRef,
  scope: OrderScope,
  cancellation: Cancellation,
  alongside: (tx: Tx, order: Order) => Promise<void> = async () => {},
): Promise<Order> {
  const { orderId, aftermath } = await inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, ref, scope)
    if (!canBeCancelled(order.status)) throw new Refusal('conflict', 'not_cancellable', 'The order has left the house')
    const aftermath = await cancelLockedOrder(tx, order, cancellation, app.now())
    await alongside(tx, await getOrder(tx, order.id))
    return { orderId: order.id, aftermath }
  })
  await tellGateways(app, aftermath)
  return getOrder(app.db, orderId)
}
