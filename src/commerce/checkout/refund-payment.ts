import { type LockedOrder, lockOrder } from '#commerce/orders'
import {
  getPayment,
  isPaid,
  type LockedPayment,
  lockPaymentsOfOrder,
  openRefund,
  type Refund,
  settleRefund,
} from '#commerce/payments'
import { inTransaction, type Tx } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { finishRefund, noteSilence } from './finish-refunds.ts'
import { moveAfterRefund } from './move-after-refund.ts'

const ANYBODY = { accountId: null }

/**
 * Staff gives money of a payment back: so much, or all that is left (V1-337). Written down first, then asked of the gateway; cash, and
 * what the shop's own gateway took, is given back with this. `alongside` runs last in the transaction that writes it down. Refuses
 * `payment_not_found`, and an `amount` above what is left (`more_than_paid`), which is nothing where nothing was paid.
 */
export async function refundPayment(
  app: App,
  paymentId: string,
  wanted: { amountMinor?: number; reason: string; actor: string },
  alongside: (tx: Tx, refund: Refund) => Promise<void> = async () => {},
): Promise<Refund> {
  const { orderId } = await getPayment(app.db, paymentId, ANYBODY)
  const refund = await inTransaction(app.db, async (tx) => {
    const now = app.now()
    const order = await lockOrder(tx, { id: orderId })
    const payments = await lockPaymentsOfOrder(tx, orderId)
    const payment = payments.find(({ id }) => id === paymentId)!
    if (!isPaid(payment.status)) throw invalidFields({ amount: 'more_than_paid' })
    const opened = await openRefund(tx, payment, wanted, now)
    const noted = await settleByHand(tx, { order, payments, payment }, opened, wanted.actor, now)
    await alongside(tx, noted)
    return noted
  })
  await finishRefund(app, refund.id).catch(noteSilence(app, refund.id))
  // As it was written down: an answer that is given again is the same.
  return refund
}

/** All locked; `payments` are those of the order. */
type Paid = { order: LockedOrder; payments: LockedPayment[]; payment: LockedPayment }

/**
 * Cash, and what the shop's own gateway took, is given back as it is written down: nobody has to be asked. Any other refund stays as it
 * was opened, for `finishRefund`.
 */
export async function settleByHand(
  tx: Tx,
  { order, payments, payment }: Paid,
  opened: Refund,
  actor: string,
  now: Date,
): Promise<Refund> {
  if (payment.provider !== 'cod' && payment.provider !== 'builtin') return opened
  const counted = { ...payment, refundedMinor: payment.refundedMinor + opened.amountMinor }
  const settled = await settleRefund(tx, counted, opened.id, { status: 'succeeded', reference: null }, now)
  const others = payments.filter((each) => each !== payment)
  await moveAfterRefund(tx, order, [...others, settled!], { note: 'Refunded', actor }, now)
  return { ...opened, status: 'succeeded' }
}
