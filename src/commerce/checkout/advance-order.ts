import {
  canAdvance,
  getOrder,
  lockOrder,
  moveOrder,
  type Order,
  type OrderRef,
  type OrderStatus,
  orderPaid,
} from '#commerce/orders'
import { awaitsMoney, lockPaymentsOfOrder, setPaymentStatus } from '#commerce/payments'
import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../app.ts'

export type Step = { status: OrderStatus; note: string; actor: string; actorId?: number }

/**
 * Staff moves an order one step on: pending, processing, shipped, delivered (V1-308). What is paid on delivery is paid
 * then. Refuses an unknown number (`order_not_found`) and any other step (`status`: `invalid_transition`).
 */
export async function advanceOrder(app: App, ref: OrderRef, step: Step): Promise<Order> {
  const now = app.now()
  const orderId = await inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, ref)
    if (!canAdvance(order.status, step.status)) {
      throw invalidFields({ status: { code: 'invalid_transition', from: order.status, to: step.status } })
    }
    const moved = await moveOrder(tx, order, step, now)
    if (step.status === 'delivered' && (await collectCash(tx, order.id, now))) {
      await moveOrder(
        tx,
        moved,
        { paymentStatus: 'paid', note: 'Paid on delivery', actor: step.actor, actorId: step.actorId },
        now,
      )
      await publish(tx, orderPaid({ orderId: order.id }))
    }
    return order.id
  })
  return getOrder(app.db, orderId)
}

/** The carrier brings the money with the proof of delivery. Says whether there was any to bring. */
async function collectCash(tx: Tx, orderId: number, now: Date): Promise<boolean> {
  const payments = await lockPaymentsOfOrder(tx, orderId)
  const onDelivery = payments.find(({ provider, status }) => provider === 'cod' && awaitsMoney(status))
  if (onDelivery) await setPaymentStatus(tx, onDelivery.id, 'succeeded', now)
  return onDelivery !== undefined
}
