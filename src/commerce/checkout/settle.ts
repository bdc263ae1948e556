/** What an event of a gateway means for payment and order. Both are locked; nothing here asks the outside world. */
import { type LockedOrder, moveOrder, orderPaid } from '#commerce/orders'
import {
  awaitsMoney,
  type GatewayEvent,
  type LockedPayment,
  listOpenRefunds,
  openRefund,
  setPaymentStatus,
  settleRefund,
} from '#commerce/payments'
import type { Tx } from '#platform/database'
import { publish } from '#platform/events'
import { moveAfterRefund } from './move-after-refund.ts'
import { isPayable } from './payable.ts'

/** What is known of a payment, by an event or because the gateway was asked. */
export type Told = Pick<GatewayEvent, 'captureReference' | 'refundedMinor'> & {
  outcome: 'succeeded' | 'failed' | 'refunded'
}

/** Applies what is told of one of the order's payments. Returns the refunds that it made necessary, for the caller to ask for after the commit. */
export async function settle(
  tx: Tx,
  order: LockedOrder,
  payments: LockedPayment[],
  payment: LockedPayment,
  told: Told,
  now: Date,
): Promise<string[]> {
  switch (told.outcome) {
    case 'succeeded':
      return (await settleSuccess(tx, order, payment, payments, told, now)).refundIds
    case 'failed':
      await settleFailure(tx, order, payment, now)
      return []
    case 'refunded': {
      // Only money that came can go back: where its coming was not told yet, that is late, and will change nothing.
      const paid = await settleSuccess(tx, order, payment, payments, told, now)
      const others = payments.filter((each) => each !== payment)
      await settleProviderRefund(tx, paid.order, paid.payment, others, told.refundedMinor, now)
      return paid.refundIds
    }
  }
}

type Settled = { order: LockedOrder; payment: LockedPayment; refundIds: string[] }

/** Money came. An order that is cancelled, or was paid already, gives it back: nobody pays for nothing, or twice. */
async function settleSuccess(
  tx: Tx,
  order: LockedOrder,
  payment: LockedPayment,
  payments: LockedPayment[],
  { captureReference }: Told,
  now: Date,
): Promise<Settled> {
  if (['succeeded', 'refunded', 'partially_refunded'].includes(payment.status)) return { order, payment, refundIds: [] }
  await setPaymentStatus(tx, payment.id, 'succeeded', now, captureReference)
  const paid: LockedPayment = { ...payment, status: 'succeeded' }
  const isWanted = isPayable(order)
  // On the storefront it waits for somebody to ask for it (SF-361).
  if (!isWanted && order.channel === 'storefront' && order.status === 'cancelled')
    return { order, payment: paid, refundIds: [] }
  if (!isWanted) {
    const refund = await openRefund(tx, paid, { reason: 'Paid after the order was cancelled or paid' }, now)
    const owed = { ...paid, refundedMinor: paid.refundedMinor + refund.amountMinor }
    return { order, payment: owed, refundIds: [refund.id] }
  }
  // Who has paid is not asked for the money at the door.
  const onDelivery = payments.find(({ provider, status }) => provider === 'cod' && awaitsMoney(status))
  if (onDelivery) await setPaymentStatus(tx, onDelivery.id, 'cancelled', now)
  const status = order.status === 'pending' ? 'processing' : order.status
  const move = { status, paymentStatus: 'paid', note: 'Payment received', actor: payment.provider } as const
  const moved = await moveOrder(tx, order, move, now)
  await publish(tx, orderPaid({ orderId: order.id }))
  return { order: moved, payment: paid, refundIds: [] }
}

/** A failure counts only while money was waited for: a late one never moves a paid order back (V1-334). */
async function settleFailure(tx: Tx, order: LockedOrder, payment: LockedPayment, now: Date): Promise<void> {
  if (!awaitsMoney(payment.status)) return
  await setPaymentStatus(tx, payment.id, 'failed', now)
  if (order.paymentStatus !== 'pending') return
  await moveOrder(tx, order, { paymentStatus: 'failed', note: 'Payment failed', actor: payment.provider }, now)
}

/** The provider says that money went back: what we asked for, or what was given back there by hand. */
async function settleProviderRefund(
  tx: Tx,
  order: LockedOrder,
  payment: LockedPayment,
  others: LockedPayment[],
  refundedMinor: number | undefined,
  now: Date,
): Promise<void> {
  if (!['succeeded', 'partially_refunded'].includes(payment.status)) return
  let settled = payment
  // What we promised is confirmed by all of it; less was given back there by hand, and ours is still to be asked for.
  const confirms = refundedMinor === undefined || refundedMinor >= payment.refundedMinor
  for (const refundId of confirms ? await listOpenRefunds(tx, payment.id) : []) {
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
  const move = { note: 'Refunded at the provider', actor: payment.provider }
  await moveAfterRefund(tx, order, [...others, settled], move, now)
}
