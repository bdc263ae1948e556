import { returnStock } from '#commerce/inventory'
import { canBeCancelled, type LockedOrder, moveOrder } from '#commerce/orders'
import { type LockedPayment, paymentStatusAfterRefund } from '#commerce/payments'
import type { Tx } from '#platform/database'

/**
 * What it does to an order that money went back: `payments` are all of its payments as they are then. An order that is
 * paid back as a whole is `refunded`; what has not left the house will not be sent, and others may buy it.
 */
export async function moveAfterRefund(
  tx: Tx,
  order: LockedOrder,
  payments: LockedPayment[],
  { note, actor }: { note: string; actor: string },
  now: Date,
): Promise<void> {
  const paymentStatus = paymentStatusAfterRefund(payments, order.totalMinor)
  if (paymentStatus === order.paymentStatus) return
  const status = paymentStatus === 'refunded' && order.status !== 'cancelled' ? 'refunded' : order.status
  if (status === 'refunded' && canBeCancelled(order.status)) await returnStock(tx, order.number, now)
  await moveOrder(tx, order, { status, paymentStatus, note, actor }, now)
}
