import { lockOrder } from '#commerce/orders'
import {
  findUnansweredRefunds,
  getPayment,
  getRefund,
  isGatewayRefusal,
  lockPaymentsOfOrder,
  markRefundAsked,
  type OnlineProvider,
  settleRefund,
} from '#commerce/payments'
import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { moveAfterRefund } from './move-after-refund.ts'

const ANYBODY = { accountId: null }
const BATCH = 50

/**
 * Asks the gateway for a refund that was written down, and notes its answer on payment and order. May run again: the
 * refund's id is the gateway's idempotency key, and one that `isRepeated` is looked for there first. Throws when the gateway does
 * not answer, or will not have it; the refund stays open, for it is owed.
 */
export async function finishRefund(app: App, refundId: string, isRepeated = false): Promise<void> {
  const refund = await getRefund(app.db, refundId)
  if (refund.status !== 'pending' || refund.awaitsStaff) return
  const payment = await getPayment(app.db, refund.paymentId, ANYBODY)
  const { provider, captureReference, currency } = payment
  // What was paid with the order itself, at the shop's own gateway, was never begun there: it goes by its own id.
  const reference = payment.providerReference ?? (provider === 'builtin' ? payment.id : null)
  if (provider === 'cod' || !reference) return
  const { amountMinor, attempts } = refund
  const again = isRepeated || attempts > 0
  const asked = { refundId, reference, captureReference, amountMinor, currency, isRepeated: again }
  const answer = await app.gateways[provider].refund(asked)
  if (answer.status === 'pending') return inTransaction(app.db, (tx) => markRefundAsked(tx, refundId, app.now()))
  if (answer.status === 'failed') app.log.error({ refund: refundId, provider }, 'a refund failed at the gateway')
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

/**
 * Finishes the refunds that a crash or a silent gateway left open, ever more seldom. A gateway that does not answer is left alone
 * until the next run. Returns how many it tried. Run every minute.
 */
export async function finishOpenRefunds(app: App): Promise<number> {
  const silent = new Set<OnlineProvider>()
  let tried = 0
  for (const { id, provider } of await findUnansweredRefunds(app.db, app.now(), BATCH)) {
    if (silent.has(provider)) continue
    tried += 1
    await finishRefund(app, id, true).catch(async (error) => {
      if (!isGatewayRefusal(error)) silent.add(provider)
      await noteSilence(app, id)(error)
    })
  }
  return tried
}

/** A gateway that does not give money back is asked again by the sweeper; one that says no is for the operator to see to. */
export const noteSilence = (app: App, refund: string) => async (error: unknown) => {
  const fields = { err: error, refund }
  if (isGatewayRefusal(error)) app.log.error(fields, 'the gateway refused a refund: it is asked again')
  else app.log.warn(fields, 'the gateway did not answer the refund: it is asked again')
  await inTransaction(app.db, (tx) => markRefundAsked(tx, refund, app.now()))
}
