import {
  canAdvance,
  getOrder,
  lockOrder,
  moveOrder,
  type Order,
  type OrderRef,
  type OrderStatus,
} from '#commerce/orders'
import { inTransaction } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { deliverOrder } from './deliver-order.ts'
import { deliverParcels, sendParcels } from './shipments/follow-order.ts'

export type Step = { status: OrderStatus; note: string; actor: string; actorId?: number }

/**
 * Staff moves an order one step on: pending, processing, shipped, delivered (V1-308); its parcels go with it. What is paid
 * on delivery is paid then. Refuses an unknown number (`order_not_found`) and any other step (`status`: `invalid_transition`).
 */
export async function advanceOrder(app: App, ref: OrderRef, step: Step): Promise<Order> {
  const now = app.now()
  const orderId = await inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, ref)
    if (!canAdvance(order.status, step.status)) {
      throw invalidFields({ status: { code: 'invalid_transition', from: order.status, to: step.status } })
    }
    if (step.status === 'delivered') {
      await deliverParcels(tx, order.id, now)
      await deliverOrder(tx, order, step, now)
    } else {
      await moveOrder(tx, order, step, now)
      if (step.status === 'shipped') await sendParcels(tx, order.id, now)
    }
    return order.id
  })
  return getOrder(app.db, orderId)
}
