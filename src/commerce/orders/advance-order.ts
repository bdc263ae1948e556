import { inTransaction } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { moveOrder } from './lifecycle.ts'
import { canAdvance, type Order, type OrderStatus } from './order.ts'
import { getOrder, lockOrder } from './queries.ts'

/**
 * Staff moves an order one step on: pending, processing, shipped, delivered (V1-308).
 * Refuses an unknown number (`order_not_found`) and any other step (`status`: `invalid_transition`).
 */
export async function advanceOrder(
  app: App,
  number: string,
  step: { status: OrderStatus; note: string; actor: string },
): Promise<Order> {
  const orderId = await inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { number })
    if (!canAdvance(order.status, step.status)) {
      throw invalidFields({ status: { code: 'invalid_transition', from: order.status, to: step.status } })
    }
    await moveOrder(tx, order, step, app.now())
    return order.id
  })
  return getOrder(app.db, orderId)
}
