import {
  canAdvance,
  getOrder,
  type LockedOrder,
  lockOrder,
  moveOrder,
  type Order,
  type OrderRef,
  type OrderStatus,
} from '#commerce/orders'
import { inTransaction, type Tx } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { deliverOrder } from './deliver-order.ts'
import { deliverParcels, sendParcels } from './shipments/follow-order.ts'

export type Step = { status: OrderStatus; note: string; actor: string; actorId?: number }

/**
 * Staff moves an order one step on: pending, processing, shipped, delivered (V1-308); its parcels go with it. What is paid
 * on delivery is paid then. `alongside` runs last in the transaction. Refuses an unknown number (`order_not_found`) and any other step (`status`: `invalid_transition`).
 */
export async function advanceOrder(
  app: App,
  ref: OrderRef,
  step: Step,
  alongside: (tx: Tx, order: Order) => Promise<void> = async () => {},
): Promise<Order> {
  return inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, ref)
    if (!canAdvance(order.status, step.status)) {
      throw invalidFields({ status: { code: 'invalid_transition', from: order.status, to: step.status } })
    }
    await takeStep(tx, order, step, app.now())
    const moved = await getOrder(tx, order.id)
    await alongside(tx, moved)
    return moved
  })
}

/** One step of an order that the caller has locked and found able to take it, with all that comes with it. */
export async function takeStep(tx: Tx, order: LockedOrder, step: Step, now: Date): Promise<LockedOrder> {
  if (step.status === 'delivered') {
    await deliverParcels(tx, order.id, now)
    return deliverOrder(tx, order, step, now)
  }
  const moved = await moveOrder(tx, order, step, now)
  if (step.status === 'shipped') await sendParcels(tx, order.id, now)
  return moved
}
