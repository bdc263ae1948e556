import { type LockedOrder, moveOrder, orderPaid } from '#commerce/orders'
import { awaitsMoney, lockPaymentsOfOrder, setPaymentStatus } from '#commerce/payments'
import type { Tx } from '#platform/database'
import { publish } from '#platform/events'

/** An order has arrived, whole. What is paid on delivery is paid then. The caller has locked it. */
export async function deliverOrder(
  tx: Tx,
  order: LockedOrder,
  { note, actor, actorId }: { note: string; actor: string; actorId?: number | undefined },
  now: Date,
): Promise<LockedOrder> {
  const moved = await moveOrder(tx, order, { status: 'delivered', note, actor, actorId }, now)
  if (!(await collectCash(tx, order.id, now))) return moved
  const paid = await moveOrder(tx, moved, { paymentStatus: 'paid', note: 'Paid on delivery', actor, actorId }, now)
  await publish(tx, orderPaid({ orderId: order.id }))
  return paid
}

/** The carrier brings the money with the proof of delivery. Says whether there was any to bring. */
async function collectCash(tx: Tx, orderId: number, now: Date): Promise<boolean> {
  const payments = await lockPaymentsOfOrder(tx, orderId)
  const onDelivery = payments.find(({ provider, status }) => provider === 'cod' && awaitsMoney(status))
  if (onDelivery) await setPaymentStatus(tx, onDelivery.id, 'succeeded', now)
  return onDelivery !== undefined
}
