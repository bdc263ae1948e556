/** The gateway that comes with the shop: the buyer pays on a page of its own, which tells of it as a provider would. */
import { assertNoTransaction } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { Gateway, WebhookHeaders } from '../gateway.ts'
import { readPaymentNumber, toPaymentNumber } from '../public-numbers.ts'
import { invalidSignature, isSignedWith } from '../signed-events.ts'
import { knowsNothing } from './knows-nothing.ts'

/** Under `pages` lie the pages to pay on. What they tell is not read here but by `readShopPaymentEvent`. */
export function builtinGateway(pages: string): Gateway {
  return {
    mode: 'simulated',
    createIntent: async ({ paymentId }) => {
      assertNoTransaction()
      const approvalUrl = `${pages}/pay/${toPaymentNumber(paymentId)}/`
      return { reference: paymentId, status: 'pending', clientSecret: null, approvalUrl }
    },
    conclude: knowsNothing,
    cancelIntent: knowsNothing,
    refund: async ({ refundId }) => {
      assertNoTransaction()
      return { reference: refundId, status: 'succeeded' }
    },
    readEvent: async () => {
      throw invalidSignature()
    },
  }
}

/** As it was told: what of it is true is seen later. `paymentId` is undefined for what is no number of a payment. */
export type ShopPaymentTold = {
  paymentId: string | undefined
  order: string
  outcome: 'succeeded' | 'failed'
  amount: string
}

/**
 * Reads what is told of a payment at the shop's own gateway (SF-355): signed over the raw body, `X-Webhook-Signature: sha256=…`.
 * Refuses `invalid_signature`, and (`invalid_fields`, `json_parse_error`) what says nothing.
 */
export function readShopPaymentEvent(secret: string, headers: WebhookHeaders, rawBody: string): ShopPaymentTold {
  const [scheme, signature = ''] = String(headers['x-webhook-signature'] ?? '').split('=', 2)
  if (scheme !== 'sha256' || !isSignedWith(secret, rawBody, signature)) throw invalidSignature()
  const { payment_id, order_id, status, amount } = parse(rawBody)
  if (status !== 'completed' && status !== 'failed')
    throw new Refusal('invalid', 'event_mismatch', 'No status that is known')
  return {
    paymentId: readPaymentNumber(String(payment_id ?? '')),
    order: String(order_id ?? ''),
    outcome: status === 'completed' ? 'succeeded' : 'failed',
    amount: String(amount ?? ''),
  }
}

function parse(rawBody: string): Record<string, unknown> {
  let body: unknown
  try {
    body = JSON.parse(rawBody)
  } catch {
    throw new Refusal('invalid', 'json_parse_error', 'The webhook is no JSON')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Refusal('invalid', 'body_not_object', 'The webhook is no object')
  return body as Record<string, unknown>
}
