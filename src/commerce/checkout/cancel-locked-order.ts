import { returnStock } from '#commerce/inventory'
import { type LockedOrder, moveOrder, orderCancelled } from '#commerce/orders'
import {
  awaitsMoney,
  isPaid,
  lockPaymentsOfOrder,
  openRefund,
  refundable,
  releaseRefundsOf,
  setPaymentStatus,
} from '#commerce/payments'
import { giveCouponBack } from '#commerce/promotions'
import type { Tx } from '#platform/database'
import { publish } from '#platform/events'
import type { Aftermath } from './tell-gateways.ts'

/** With `keepsMoney` what was paid for an order of the storefront stays until somebody asks for it back (SF-319). */
export type Cancellation = { reason: string; actor: string; actorId?: number; keepsMoney?: boolean }

/**
 * The cancellation itself, for an order that the caller has locked and found cancellable: stock comes back, payments
 * that wait are withdrawn, what was paid is to be given back, an unpaid coupon may be used again. Returns what the
 * gateways are to be told after the commit.
 */
export async function cancelLockedOrder(
  tx: Tx,
  order: LockedOrder,
  { reason, actor, actorId, keepsMoney = false }: Cancellation,
  now: Date,
): Promise<Aftermath> {
  const aftermath: Aftermath = { intents: [], refundIds: [] }
  const keeps = keepsMoney && order.channel === 'storefront'
  for (const payment of await lockPaymentsOfOrder(tx, order.id)) {
    if (awaitsMoney(payment.status)) {
      await setPaymentStatus(tx, payment.id, 'cancelled', now)
      aftermath.intents.push(payment)
    } else if (!keeps && isPaid(payment.status)) {
      // What the buyer had asked for already needs no word of staff any longer: it goes back by the sweeper.
      if (payment.refundedMinor > payment.givenBackMinor) await releaseRefundsOf(tx, payment.id)
      if (refundable(payment) > 0)
        aftermath.refundIds.push((await openRefund(tx, payment, { reason: reason || 'Order cancelled' }, now)).id)
    }
  }
  await moveOrder(tx, order, { status: 'cancelled', note: reason || 'Cancelled', actor, actorId }, now)
  await returnStock(tx, order.number, now)
  const isUnpaid = order.paymentStatus === 'pending' || order.paymentStatus === 'failed'
  if (order.couponCode && isUnpaid) await giveCouponBack(tx, order.number)
  await publish(tx, orderCancelled({ orderId: order.id }))
  return aftermath
}
