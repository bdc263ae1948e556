/** PayPal, for real money: https://developer.paypal.com/docs/api/orders/v2/ */
import type { Conclusion, Gateway, Intent, IntentAnswer, IntentAsked, RefundAnswer, RefundAsked } from '../gateway.ts'
import { gatewayRefused, isGatewayRefusal } from '../refused.ts'
import { textAt } from '../signed-events.ts'
import { toMoney } from './amounts.ts'
import { type Answer, type Api, openApi, type PaypalSettings } from './api.ts'
import { approvalUrlOf, captureOf, refundOf } from './order.ts'
import { readPaypalEvent } from './webhook.ts'

/** `returnUrl` is where the buyer comes back to, where the shop front names no other place. */
type Settings = PaypalSettings & { webhookId: string; returnUrl: string; now: () => Date }

export function paypalGateway({ webhookId, returnUrl, now, ...credentials }: Settings): Gateway {
  const api = openApi(credentials, now)
  return {
    mode: 'live',
    createIntent: (asked) => createIntent(api, asked, returnUrl),
    conclude: (intent) => conclude(api, intent),
    cancelIntent: (intent) => cancelIntent(api, intent),
    refund: (asked) => refund(api, asked),
    readEvent: (headers, rawBody) => readPaypalEvent(api, webhookId, headers, rawBody),
  }
}

async function createIntent(api: Api, asked: IntentAsked, usual: string): Promise<IntentAnswer> {
  const { paymentId, orderNumber, amountMinor, currency, returnUrl } = asked
  const back = returnUrl ?? usual
  const order = {
    intent: 'CAPTURE',
    purchase_units: [
      { custom_id: paymentId, description: `Order ${orderNumber}`, amount: toMoney(amountMinor, currency) },
    ],
    payment_source: {
      paypal: { experience_context: { return_url: back, cancel_url: back, user_action: 'PAY_NOW' } },
    },
  }
  const made = await api.post('/v2/checkout/orders', JSON.stringify(order), paymentId)
  const reference = textAt(made, 'id')
  const approvalUrl = approvalUrlOf(made)
  if (!reference || !approvalUrl) throw new Error('PayPal named no order, or no place to agree to it')
  return { reference, status: 'requires_action', clientSecret: null, approvalUrl }
}

const pathOf = (reference: string) => `/v2/checkout/orders/${encodeURIComponent(reference)}`

/** Money that the buyer agreed to is taken now. An order that PayPal does not know any more has lapsed. */
async function conclude(api: Api, { reference, paymentId }: Intent): Promise<Conclusion> {
  const order = await findOrder(api, reference)
  if (!order) return { outcome: 'failed' }
  const captured = captureOf(order)
  if (captured) return captured
  const status = textAt(order, 'status')
  if (status === 'VOIDED') return { outcome: 'failed' }
  if (status !== 'APPROVED') return { outcome: 'waiting' }
  return capture(api, reference, paymentId)
}

/** What somebody else took in the same moment is found there; what cannot be taken the buyer may pay otherwise. */
async function capture(api: Api, reference: string, paymentId: string): Promise<Conclusion> {
  const order = await api.post(`${pathOf(reference)}/capture`, '{}', `capture-${paymentId}`).catch((error) => {
    if (isGatewayRefusal(error)) return api.get(pathOf(reference))
    throw error
  })
  return captureOf(order) ?? { outcome: 'waiting' }
}

/** Nothing is to be told to PayPal: money that we do not take does not move. */
async function cancelIntent(api: Api, { reference }: Intent): Promise<Conclusion> {
  const order = await findOrder(api, reference)
  return (order && captureOf(order)) ?? { outcome: 'failed' }
}

async function findOrder(api: Api, reference: string): Promise<Answer | undefined> {
  try {
    return await api.get(pathOf(reference))
  } catch (error) {
    if (isGatewayRefusal(error) && /NOT_FOUND|INVALID_RESOURCE_ID/.test(String(error.details.issue))) return undefined
    throw error
  }
}

/** A refund that was asked for before is looked for first: keys do not last for ever. */
async function refund(api: Api, asked: RefundAsked): Promise<RefundAnswer> {
  const { refundId, reference, captureReference, amountMinor, currency, isRepeated } = asked
  const order = isRepeated || !captureReference ? await api.get(pathOf(reference)) : undefined
  const known = order && refundOf(order, refundId)
  if (known) return toRefundAnswer(known)
  const captureId = captureReference ?? (order && captureOf(order)?.captureReference)
  if (!captureId) throw gatewayRefused('PayPal', 'it has taken no money for this order')
  const path = `/v2/payments/captures/${encodeURIComponent(captureId)}/refund`
  const wanted = { amount: toMoney(amountMinor, currency), invoice_id: refundId }
  return toRefundAnswer(await api.post(path, JSON.stringify(wanted), refundId))
}

function toRefundAnswer(refund: Answer): RefundAnswer {
  const status = textAt(refund, 'status')
  const failed = status === 'FAILED' || status === 'CANCELLED'
  return {
    reference: textAt(refund, 'id'),
    status: status === 'COMPLETED' ? 'succeeded' : failed ? 'failed' : 'pending',
  }
}
