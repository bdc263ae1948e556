import { type LockedOrder, lockOrder, moveOrder } from '#commerce/orders'
import {
  getPayment,
  getRefund,
  type LockedPayment,
  lockPaymentsOfOrder,
  paymentStatusAfterRefund,
  releaseRefund,
  settleRefund,
} from '#commerce/payments'
import { inTransaction, type Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { finishRefund, noteSilence } from './finish-refunds.ts'

const ANYBODY = { accountId: null }

/**
 * Staff decides on a refund that a buyer asked for, once (SF-469). A rejected one may be asked for again. One that is agreed to
 * is given back by the gateway that took the money; where that is the shop's own, or cash was paid, it is given back with this.
 * `alongside` runs last in the transaction. Refuses `refund_not_found` and `refund_settled`.
 */
export async function settleRequestedRefund(
  app: App,
  refundId: string,
  verdict: 'completed' | 'rejected',
  actor: string,
  alongside: (tx: Tx) => Promise<void> = async () => {},
): Promise<void> {
  const { paymentId } = await getRefund(app.db, refundId)
  const { orderId } = await getPayment(app.db, paymentId, ANYBODY)
  const isAsked = await inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { id: orderId })
    const payments = await lockPaymentsOfOrder(tx, orderId)
    const payment = payments.find(({ id }) => id === paymentId)!
    const refund = await getRefund(tx, refundId)
    if (refund.status !== 'pending' || !refund.awaitsStaff)
      throw new Refusal('conflict', 'refund_settled', 'The refund is settled already')
    const decided = await decide(tx, { order, payments, payment }, refundId, verdict, actor, app.now())
    await alongside(tx)
    return decided
  })
  if (isAsked) await finishRefund(app, refundId).catch(noteSilence(app, refundId))
}

type Paid = { order: LockedOrder; payments: LockedPayment[]; payment: LockedPayment }

/** Says whether a gateway is to be asked for it afterwards. */
async function decide(
  tx: Tx,
  { order, payments, payment }: Paid,
  refundId: string,
  verdict: 'completed' | 'rejected',
  actor: string,
  now: Date,
): Promise<boolean> {
  if (verdict === 'rejected') {
    await settleRefund(tx, payment, refundId, { status: 'failed', reference: null }, now)
    return false
  }
  await releaseRefund(tx, refundId)
  if (payment.providerReference && payment.provider !== 'cod' && payment.provider !== 'builtin') return true
  const settled = await settleRefund(tx, payment, refundId, { status: 'succeeded', reference: null }, now)
  await noteGivenBack(tx, order, [...payments.filter((each) => each !== payment), settled!], actor, now)
  return false
}

/** The order stays where it is: what becomes of the goods was decided elsewhere. */
async function noteGivenBack(
  tx: Tx,
  order: LockedOrder,
  payments: LockedPayment[],
  actor: string,
  now: Date,
): Promise<void> {
  const paymentStatus = paymentStatusAfterRefund(payments, order.totalMinor)
  if (paymentStatus === order.paymentStatus) return
  await moveOrder(tx, order, { paymentStatus, note: 'Refunded', actor }, now)
}
