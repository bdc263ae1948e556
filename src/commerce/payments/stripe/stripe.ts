/** Stripe, for real money: https://docs.stripe.com/api/payment_intents */
import type Stripe from 'stripe'
import type { Conclusion, Gateway, Intent, IntentAsked, RefundAnswer, RefundAsked } from '../gateway.ts'
import { isGatewayRefusal } from '../refused.ts'
import { toStripeAmount } from './amounts.ts'
import { ask, openStripe, type StripeSettings } from './ask.ts'
import { readStripeEvent } from './events.ts'

export function stripeGateway({ webhookSecret, ...settings }: StripeSettings & { webhookSecret: string }): Gateway {
  const stripe = openStripe(settings)
  return {
    mode: 'live',
    createIntent: (asked) => createIntent(stripe, asked),
    conclude: (intent) => conclude(stripe, intent),
    cancelIntent: (intent) => cancelIntent(stripe, intent),
    refund: (asked) => refund(stripe, asked),
    readEvent: async (headers, rawBody, now) => readStripeEvent(webhookSecret, headers, rawBody, now),
  }
}

async function createIntent(stripe: Stripe, { paymentId, orderNumber, amountMinor, currency }: IntentAsked) {
  const wanted: Stripe.PaymentIntentCreateParams = {
    amount: toStripeAmount(amountMinor, currency),
    currency: currency.toLowerCase(),
    automatic_payment_methods: { enabled: true },
    description: `Order ${orderNumber}`,
    metadata: { payment_id: paymentId, order_number: orderNumber },
  }
  const intent = await ask(() => stripe.paymentIntents.create(wanted, { idempotencyKey: paymentId }))
  return { reference: intent.id, status: 'pending', clientSecret: intent.client_secret, approvalUrl: null } as const
}

/** An intent that Stripe does not know brings no money. */
async function conclude(stripe: Stripe, { reference }: Intent): Promise<Conclusion> {
  try {
    return toConclusion(await ask(() => stripe.paymentIntents.retrieve(reference)))
  } catch (error) {
    if (isGatewayRefusal(error) && error.details.issue === 'resource_missing') return { outcome: 'failed' }
    throw error
  }
}

/** What cannot be withdrawn is paid, withdrawn before, or under way. */
async function cancelIntent(stripe: Stripe, intent: Intent): Promise<Conclusion> {
  try {
    return toConclusion(await ask(() => stripe.paymentIntents.cancel(intent.reference)))
  } catch (error) {
    if (isGatewayRefusal(error)) return conclude(stripe, intent)
    throw error
  }
}

function toConclusion({ status }: Stripe.PaymentIntent): Conclusion {
  if (status === 'succeeded') return { outcome: 'succeeded' }
  return { outcome: status === 'canceled' ? 'failed' : 'waiting' }
}

/** A key is good for a day: a refund that was asked for before is looked for first. */
async function refund(stripe: Stripe, asked: RefundAsked): Promise<RefundAnswer> {
  const { refundId, reference, amountMinor, currency, isRepeated } = asked
  const known = isRepeated ? await findRefund(stripe, reference, refundId) : undefined
  const wanted: Stripe.RefundCreateParams = {
    payment_intent: reference,
    amount: toStripeAmount(amountMinor, currency),
    metadata: { refund_id: refundId },
  }
  const { id, status } = known ?? (await ask(() => stripe.refunds.create(wanted, { idempotencyKey: refundId })))
  return { reference: id, status: toRefundStatus(status) }
}

const REFUNDS_MAX = 100

async function findRefund(stripe: Stripe, reference: string, refundId: string) {
  const { data } = await ask(() => stripe.refunds.list({ payment_intent: reference, limit: REFUNDS_MAX }))
  return data.find(({ metadata }) => metadata?.refund_id === refundId)
}

function toRefundStatus(status: string | null): RefundAnswer['status'] {
  if (status === 'succeeded') return 'succeeded'
  return status === 'failed' || status === 'canceled' ? 'failed' : 'pending'
}
