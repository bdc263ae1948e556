import { Refusal } from '#platform/refusal.ts'
import type { GatewayEvent, WebhookHeaders } from '../gateway.ts'
import { idAt, invalidSignature, isSignedWith, numberAt, parseBody, textAt } from '../signed-events.ts'

const OUTCOMES: Record<string, GatewayEvent['outcome']> = {
  'payment.authorized': 'approved',
  'payment.captured': 'succeeded',
  'order.paid': 'succeeded',
  'payment.failed': 'failed',
  'refund.processed': 'refunded',
}

/** Reads an event of Razorpay: signed over the raw body, its id in a header. Refuses `invalid_signature` and `invalid_event`. */
export function readRazorpayEvent(secret: string, headers: WebhookHeaders, rawBody: string): GatewayEvent {
  if (!isSignedWith(secret, rawBody, textAt(headers, 'x-razorpay-signature'))) throw invalidSignature()
  const body = parseBody(rawBody)
  const id = textAt(headers, 'x-razorpay-event-id')
  if (id === '') throw new Refusal('invalid', 'invalid_event', 'The webhook has no event id')
  const type = textAt(body, 'event')
  const outcome = OUTCOMES[type] ?? 'ignored'
  const payment = ['payload', 'payment', 'entity']
  return {
    provider: 'razorpay',
    id,
    type,
    outcome,
    reference: textAt(body, ...payment, 'order_id') || textAt(body, 'payload', 'order', 'entity', 'id'),
    paymentId: idAt(body, ...payment, 'notes', 'payment_id') ?? idAt(body, 'payload', 'order', 'entity', 'receipt'),
    // An attempt that failed is not what a refund would name.
    captureReference: outcome === 'failed' ? undefined : textAt(body, ...payment, 'id') || undefined,
    ...(outcome === 'refunded' && { refundedMinor: numberAt(body, ...payment, 'amount_refunded') }),
  }
}
