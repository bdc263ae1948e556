import { getOrder, lockOrder } from '#commerce/orders'
import {
  awaitsMoney,
  type Conclusion,
  closePayment,
  type Intent,
  lockPaymentsOfOrder,
  markPaymentAsked,
  type OnlineProvider,
  type Payment,
  setPaymentStatus,
} from '#commerce/payments'
import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { finishRefund, noteSilence } from './finish-refunds.ts'
import { isPayable } from './payable.ts'
import { settle } from './settle.ts'

/** Who has not paid by then does not mean to; what Razorpay holds for us it gives back by itself then. */
const WAITED_FOR_MS = 3 * 86_400_000

/**
 * Asks the provider what became of a payment, and settles it as a webhook would; one that nobody wants paid any longer,
 * or has paid for days, is withdrawn instead. Nothing is locked while the provider thinks. Throws where it does not answer.
 */
export async function concludePayment(app: App, payment: Payment): Promise<Conclusion['outcome']> {
  const order = await getOrder(app.db, payment.orderId)
  const isOld = app.now().getTime() - payment.createdAt.getTime() > WAITED_FOR_MS
  if (!isPayable(order) || payment.status === 'cancelled' || isOld) return withdrawPayment(app, payment)
  const conclusion = await gatewayOf(app, payment).conclude(intentOf(payment))
  await noteConclusion(app, payment, conclusion, false)
  return conclusion.outcome
}

/** Withdraws a payment at its provider. Money that has come all the same is settled. Throws where the provider does not answer. */
export async function withdrawPayment(app: App, payment: Payment): Promise<Conclusion['outcome']> {
  const conclusion = await gatewayOf(app, payment).cancelIntent(intentOf(payment))
  await noteConclusion(app, payment, conclusion, true)
  return conclusion.outcome
}

async function noteConclusion(app: App, payment: Payment, conclusion: Conclusion, isWithdrawn: boolean): Promise<void> {
  // What is simulated tells nothing but by webhook.
  if (conclusion.outcome === 'waiting') {
    if (gatewayOf(app, payment).mode === 'live')
      await inTransaction(app.db, (tx) => markPaymentAsked(tx, payment.id, app.now()))
    return
  }
  const { outcome, captureReference } = conclusion
  const now = app.now()
  const refundIds = await inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { id: payment.orderId })
    const payments = await lockPaymentsOfOrder(tx, order.id)
    const locked = payments.find(({ id }) => id === payment.id)!
    if (outcome === 'failed') await closePayment(tx, payment.id)
    if (outcome !== 'failed' || !isWithdrawn)
      return settle(tx, order, payments, locked, { outcome, captureReference }, now)
    if (awaitsMoney(locked.status)) await setPaymentStatus(tx, payment.id, 'cancelled', now)
    return []
  })
  for (const refundId of refundIds) await finishRefund(app, refundId).catch(noteSilence(app, refundId))
}

const gatewayOf = (app: App, payment: Payment) => app.gateways[payment.provider as OnlineProvider]

/** The payment as its provider knows it; the caller knows that it does. */
const intentOf = ({ id: paymentId, providerReference, amountMinor, currency }: Payment): Intent => ({
  paymentId,
  reference: providerReference!,
  amountMinor,
  currency,
})
