/** Razorpay, for real money: https://razorpay.com/docs/api/orders/ */
import type Razorpay from 'razorpay'
import type { Conclusion, Gateway, Intent, IntentAnswer, IntentAsked, RefundAnswer, RefundAsked } from '../gateway.ts'
import { toPaymentNumber } from '../public-numbers.ts'
import { gatewayRefused, isGatewayRefusal } from '../refused.ts'
import { ask, openRazorpay, type RazorpaySettings } from './ask.ts'
import { readRazorpayEvent } from './events.ts'

/** Under `pages` lie the pages from which buyers go to Razorpay's. */
type Settings = RazorpaySettings & { webhookSecret: string; pages: string }

export function razorpayGateway({ webhookSecret, pages, ...settings }: Settings): Gateway {
  const razorpay = openRazorpay(settings)
  return {
    mode: 'live',
    createIntent: (asked) => createIntent(razorpay, asked, pages),
    conclude: (intent) => conclude(razorpay, intent),
    cancelIntent: (intent) => cancelIntent(razorpay, intent),
    refund: (asked) => refund(razorpay, asked),
    readEvent: async (headers, rawBody) => readRazorpayEvent(webhookSecret, headers, rawBody),
  }
}

/** Orders have no idempotency key: one that was asked for before is looked for by its receipt, our payment's id. */
async function createIntent(razorpay: Razorpay, asked: IntentAsked, pages: string): Promise<IntentAnswer> {
  const { paymentId, orderNumber, amountMinor, currency, isRepeated } = asked
  const known = isRepeated ? await findOrder(razorpay, paymentId) : undefined
  const wanted = {
    amount: amountMinor,
    currency,
    receipt: paymentId,
    notes: { payment_id: paymentId, order_number: orderNumber },
    // We take the money ourselves, so that none is taken for an order that was cancelled meanwhile: it goes back by itself.
    payment: { capture: 'manual' },
  } as const
  const { id: reference } = known ?? (await ask(() => razorpay.orders.create(wanted)))
  const approvalUrl = `${pages}/pay/${toPaymentNumber(paymentId)}/`
  return { reference, status: 'pending', clientSecret: null, approvalUrl }
}

async function findOrder(razorpay: Razorpay, receipt: string) {
  const { items } = await ask(() => razorpay.orders.all({ receipt }))
  return items.find((order) => order.receipt === receipt)
}

/** An order is paid by one of the buyer's attempts: undefined as long as none has come through. */
async function paymentOf(razorpay: Razorpay, reference: string) {
  const { items } = await ask(() => razorpay.orders.fetchPayments(reference))
  const paid = items.find(({ status }) => status === 'captured' || status === 'refunded')
  return paid ?? items.find(({ status }) => status === 'authorized')
}

/** Money that the buyer agreed to is taken now. An order that Razorpay does not know brings none. */
async function conclude(razorpay: Razorpay, { reference, amountMinor, currency }: Intent): Promise<Conclusion> {
  const payment = await paymentOf(razorpay, reference).catch(unknownAsNull)
  if (payment === null) return { outcome: 'failed' }
  if (!payment) return { outcome: 'waiting' }
  if (payment.status !== 'authorized') return { outcome: 'succeeded', captureReference: payment.id }
  try {
    await ask(() => razorpay.payments.capture(payment.id, amountMinor, currency))
    return { outcome: 'succeeded', captureReference: payment.id }
  } catch (error) {
    if (!isGatewayRefusal(error)) throw error
    // Somebody else took it in the same moment, or it has lapsed.
    const now = await paymentOf(razorpay, reference)
    return now && now.status !== 'authorized'
      ? { outcome: 'succeeded', captureReference: now.id }
      : { outcome: 'waiting' }
  }
}

function unknownAsNull(error: unknown): null {
  if (isGatewayRefusal(error) && /does not exist/.test(String(error.details.reason))) return null
  throw error
}

/** Nothing is to be told to Razorpay: money that we do not take does not move. */
async function cancelIntent(razorpay: Razorpay, { reference }: Intent): Promise<Conclusion> {
  const payment = await paymentOf(razorpay, reference).catch(unknownAsNull)
  if (!payment || payment.status === 'authorized') return { outcome: 'failed' }
  return { outcome: 'succeeded', captureReference: payment.id }
}

/** A refund that was asked for before is looked for first: keys do not last for ever. */
async function refund(razorpay: Razorpay, asked: RefundAsked): Promise<RefundAnswer> {
  const { refundId, reference, captureReference, amountMinor, isRepeated } = asked
  const paymentId = captureReference ?? (await paymentOf(razorpay, reference))?.id
  if (!paymentId) throw gatewayRefused('Razorpay', 'it has taken no money for this order')
  const known = isRepeated ? await findRefund(razorpay, paymentId, refundId) : undefined
  const wanted = { amount: amountMinor, speed: 'normal', receipt: refundId, notes: { refund_id: refundId } } as const
  const { id, status } = known ?? (await ask(() => razorpay.payments.refund(paymentId, wanted)))
  return { reference: id, status: status === 'processed' ? 'succeeded' : status }
}

const REFUNDS_MAX = 100

async function findRefund(razorpay: Razorpay, paymentId: string, receipt: string) {
  const { items } = await ask(() => razorpay.payments.fetchMultipleRefund(paymentId, { count: REFUNDS_MAX }))
  return items.find((refund) => refund.receipt === receipt)
}
