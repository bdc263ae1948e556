import { returnStock } from '#commerce/inventory'
import { canBeCancelled, getOrder, lockOrder, moveOrder, type Order, orderCancelled } from '#commerce/orders'
import { awaitsMoney, lockPaymentsOfOrder, openRefund, type Payment, setPaymentStatus } from '#commerce/payments'
import { giveCouponBack } from '#commerce/promotions'
import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { finishRefund } from './finish-refunds.ts'

export type Cancellation = { reason: string; actor: string }
type Locked = Awaited<ReturnType<typeof lockOrder>>
/** What the outside world is to be told once the cancellation stands. */
type Aftermath = { intents: Payment[]; refundIds: string[] }

/**
 * Cancels an order that has not left the house: stock comes back, what was paid is given back, a coupon that was not
 * paid with may be used again. `accountId: null` is staff. Refuses `order_not_found` and `not_cancellable` (V1-307).
 */
export async function cancelOrder(
  app: App,
  number: string,
  scope: { accountId: number | null },
  cancellation: Cancellation,
): Promise<Order> {
  const { orderId, aftermath } = await inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { number }, scope)
    if (!canBeCancelled(order.status)) throw new Refusal('conflict', 'not_cancellable', 'The order has left the house')
    return { orderId: order.id, aftermath: await cancelLocked(tx, order, cancellation, app.now()) }
  })
  await tellGateways(app, aftermath)
  return getOrder(app.db, orderId)
}

/** The cancellation itself, for an order that the caller has locked and found cancellable. */
export async function cancelLocked(
  tx: Tx,
  order: Locked,
  { reason, actor }: Cancellation,
  now: Date,
): Promise<Aftermath> {
  const aftermath: Aftermath = { intents: [], refundIds: [] }
  for (const payment of await lockPaymentsOfOrder(tx, order.id)) {
    if (awaitsMoney(payment.status)) {
      await setPaymentStatus(tx, payment.id, 'cancelled', now)
      if (payment.providerReference) aftermath.intents.push(payment)
    } else if (payment.refundedMinor < payment.amountMinor && paidStatuses.includes(payment.status)) {
      aftermath.refundIds.push((await openRefund(tx, payment, { reason: reason || 'Order cancelled' }, now)).id)
    }
  }
  await moveOrder(tx, order, { status: 'cancelled', note: reason || 'Cancelled', actor }, now)
  await returnStock(tx, order.number, now)
  if (order.couponCode && order.paymentStatus !== 'paid') await giveCouponBack(tx, order.number)
  await publish(tx, orderCancelled({ orderId: order.id }))
  return aftermath
}

const paidStatuses: Payment['status'][] = ['succeeded', 'partially_refunded']

/** What fails here is done later: open refunds by the sweeper, and money that comes in all the same is given back. */
export async function tellGateways(app: App, { intents, refundIds }: Aftermath): Promise<void> {
  for (const { provider, providerReference, id } of intents) {
    if (provider === 'cod' || !providerReference) continue
    await app.gateways[provider]
      .cancelIntent(providerReference)
      .catch((error) => app.log.warn({ err: error, payment: id }, 'the gateway did not cancel the intent'))
  }
  for (const refundId of refundIds) {
    await finishRefund(app, refundId).catch((error) =>
      app.log.warn({ err: error, refund: refundId }, 'the gateway did not answer the refund: it is asked again'),
    )
  }
}
