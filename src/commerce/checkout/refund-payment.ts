import { lockOrder } from '#commerce/orders'
import { getPayment, isPaid, lockPaymentsOfOrder, openRefund, type Refund, settleRefund } from '#commerce/payments'
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
  const { orderId, provider } = await getPayment(app.db, paymentId, ANYBODY)
  const isByHand = provider === 'cod' || provider === 'builtin'
  const refund = await inTransaction(app.db, async (tx) => {
    const now = app.now()
    const order = await lockOrder(tx, { id: orderId })
    const payments = await lockPaymentsOfOrder(tx, orderId)
    const payment = payments.find(({ id }) => id === paymentId)!
    if (!isPaid(payment.status)) throw invalidFields({ amount: 'more_than_paid' })
    const opened = await openRefund(tx, payment, wanted, now)
    if (!isByHand) {
      await alongside(tx, opened)
      return opened
    }
    const counted = { ...payment, refundedMinor: payment.refundedMinor + opened.amountMinor }
    const settled = await settleRefund(tx, counted, opened.id, { status: 'succeeded', reference: null }, now)
    const others = payments.filter((each) => each !== payment)
    await moveAfterRefund(tx, order, [...others, settled!], { note: 'Refunded', actor: wanted.actor }, now)
    const done: Refund = { ...opened, status: 'succeeded' }
    await alongside(tx, done)
    return done
  })
  if (!isByHand) await finishRefund(app, refund.id).catch(noteSilence(app, refund.id))
  // As it was written down: an answer that is given again is the same.
  return refund
}
