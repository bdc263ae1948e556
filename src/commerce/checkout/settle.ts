/** What an event of a gateway means for payment and order. Both are locked; nothing here asks the outside world. */
import { type lockOrder, moveOrder, orderPaid } from '#commerce/orders'
import {
  awaitsMoney,
  type GatewayEvent,
  listOpenRefunds,
  openRefund,
  type Payment,
  paymentStatusAfterRefund,
  setPaymentStatus,
  settleRefund,
} from '#commerce/payments'
import type { Tx } from '#platform/database'
import { publish } from '#platform/events'

type Locked = Awaited<ReturnType<typeof lockOrder>>

/** Applies an event about one of the order's payments. Returns the refunds that it made necessary, for the caller to ask for after the commit. */
export async function settle(
  tx: Tx,
  order: Locked,
  payments: Payment[],
  event: GatewayEvent,
  now: Date,
): Promise<string[]> {
  const payment = payments.find(
    (each) => each.providerReference === event.reference && each.provider === event.provider,
  )!
  switch (event.outcome) {
    case 'succeeded':
      return settleSuccess(tx, order, payment, now)
    case 'failed':
      await settleFailure(tx, order, payment, now)
      return []
    case 'refunded':
      await settleProviderRefund(tx, order, payment, payments, event.refundedMinor, now)
      return []
    case 'ignored':
      return []
  }
}

/** Money came. An order that is cancelled, or was paid already, gives it back: nobody pays for nothing, or twice. */
async function settleSuccess(tx: Tx, order: Locked, payment: Payment, now: Date): Promise<string[]> {
  if (['succeeded', 'refunded', 'partially_refunded'].includes(payment.status)) return []
  await setPaymentStatus(tx, payment.id, 'succeeded', now)
  const isWanted =
    ['pending', 'failed'].includes(order.paymentStatus) && !['cancelled', 'refunded'].includes(order.status)
  if (!isWanted) {
    const refund = await openRefund(tx, payment, { reason: 'Paid after the order was cancelled or paid' }, now)
    return [refund.id]
  }
  const status = order.status === 'pending' ? 'processing' : order.status
  await moveOrder(tx, order, { status, paymentStatus: 'paid', note: 'Payment received', actor: payment.provider }, now)
  await publish(tx, orderPaid({ orderId: order.id }))
  return []
}

/** A failure counts only while money was waited for: a late one never moves a paid order back (V1-334). */
async function settleFailure(tx: Tx, order: Locked, payment: Payment, now: Date): Promise<void> {
  if (!awaitsMoney(payment.status)) return
  await setPaymentStatus(tx, payment.id, 'failed', now)
  if (order.paymentStatus !== 'pending') return
  await moveOrder(tx, order, { paymentStatus: 'failed', note: 'Payment failed', actor: payment.provider }, now)
}

/** The provider says that money went back: what we asked for, or what was given back there by hand. */
async function settleProviderRefund(
  tx: Tx,
  order: Locked,
  payment: Payment,
  payments: Payment[],
  refundedMinor: number | undefined,
  now: Date,
): Promise<void> {
  if (!['succeeded', 'partially_refunded'].includes(payment.status)) return
  let settled = payment
  for (const refundId of await listOpenRefunds(tx, payment.id)) {
    settled = (await settleRefund(tx, settled, refundId, { status: 'succeeded', reference: null }, now)) ?? settled
  }
  // Without a figure the whole was meant, unless it only confirms refunds of ours.
  const toldMinor = refundedMinor ?? (payment.refundedMinor > 0 ? payment.refundedMinor : payment.amountMinor)
  const unknownMinor = Math.min(toldMinor, payment.amountMinor) - settled.refundedMinor
  if (unknownMinor > 0) {
    const refund = await openRefund(tx, settled, { amountMinor: unknownMinor, reason: 'Refunded at the provider' }, now)
    const counted = { ...settled, refundedMinor: settled.refundedMinor + unknownMinor }
    settled = (await settleRefund(tx, counted, refund.id, { status: 'succeeded', reference: null }, now)) ?? settled
  }
  if (settled.status === payment.status && settled.refundedMinor === payment.refundedMinor) return
  const others = payments.filter((each) => each !== payment)
  const paymentStatus = paymentStatusAfterRefund([...others, settled], order.totalMinor)
  const status = paymentStatus === 'refunded' && order.status !== 'cancelled' ? 'refunded' : order.status
  await moveOrder(tx, order, { status, paymentStatus, note: 'Refunded at the provider', actor: payment.provider }, now)
}
