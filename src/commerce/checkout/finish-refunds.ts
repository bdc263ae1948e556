import { lockOrder } from '#commerce/orders'
import { findUnansweredRefunds, getPayment, getRefund, lockPaymentsOfOrder, settleRefund } from '#commerce/payments'
import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { moveAfterRefund } from './move-after-refund.ts'

const ANYBODY = { accountId: null }
const BATCH = 50
/** A refund this old was not just opened: whoever was to ask for it did not come to it. */
const INTERRUPTED_AFTER_MS = 30_000

/**
 * Asks the gateway for a refund that was written down, and notes its answer on payment and order. May run again: the
 * refund's id is the gateway's idempotency key. Throws when the gateway does not answer; the refund stays open.
 */
export async function finishRefund(app: App, refundId: string): Promise<void> {
  const refund = await getRefund(app.db, refundId)
  if (refund.status !== 'pending' || refund.awaitsStaff) return
  const payment = await getPayment(app.db, refund.paymentId, ANYBODY)
  if (payment.provider === 'cod' || !payment.providerReference) return
  const answer = await app.gateways[payment.provider].refund({
    refundId,
    reference: payment.providerReference,
    amountMinor: refund.amountMinor,
    currency: payment.currency,
  })
  if (answer.status === 'pending') return
  await noteRefund(app, payment.orderId, payment.id, refundId, { status: answer.status, reference: answer.reference })
}

type RefundOutcome = { status: 'succeeded' | 'failed'; reference: string | null }

function noteRefund(
  app: App,
  orderId: number,
  paymentId: string,
  refundId: string,
  outcome: RefundOutcome,
): Promise<void> {
  const now = app.now()
  return inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { id: orderId })
    const payments = await lockPaymentsOfOrder(tx, orderId)
    const payment = payments.find(({ id }) => id === paymentId)!
    const settled = await settleRefund(tx, payment, refundId, outcome, now)
    if (!settled || outcome.status === 'failed') return
    const others = payments.filter((each) => each !== payment)
    await moveAfterRefund(tx, order, [...others, settled], { note: 'Refunded', actor: 'system' }, now)
  })
}

/** Finishes the refunds that a crash or a silent gateway left open. Returns how many it tried. */
export async function finishOpenRefunds(app: App): Promise<number> {
  const before = new Date(app.now().getTime() - INTERRUPTED_AFTER_MS)
  const refundIds = await findUnansweredRefunds(app.db, before, BATCH)
  for (const refundId of refundIds) {
    await finishRefund(app, refundId).catch(noteSilence(app, refundId))
  }
  return refundIds.length
}

/** A gateway that does not answer a refund is asked again by the sweeper. */
export const noteSilence = (app: App, refund: string) => (error: unknown) =>
  app.log.warn({ err: error, refund }, 'the gateway did not answer the refund: it is asked again')
