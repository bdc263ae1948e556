import type { GatewayEvent, WebhookHeaders } from '../gateway.ts'
import { idAt, invalidSignature, isSignedWith, numberAt, parseSigned, textAt } from '../signed-events.ts'
import { fromStripeAmount } from './amounts.ts'

/** How old a signature may be, either way: clocks differ (V1-332). */
const TOLERANCE_S = 300

const OUTCOMES: Record<string, GatewayEvent['outcome']> = {
  'payment_intent.succeeded': 'succeeded',
  'payment_intent.payment_failed': 'failed',
  'charge.refunded': 'refunded',
}

/** Reads an event of Stripe, signed with `secret` (V1-332). Refuses `invalid_signature`. */
export function readStripeEvent(secret: string, headers: WebhookHeaders, rawBody: string, now: Date): GatewayEvent {
  if (!isSigned(String(headers['stripe-signature'] ?? ''), rawBody, secret, now)) throw invalidSignature()
  const body = parseSigned(rawBody)
  const type = textAt(body, 'type')
  const object = ['data', 'object']
  const refunded = numberAt(body, ...object, 'amount_refunded')
  return {
    provider: 'stripe',
    id: textAt(body, 'id'),
    type,
    // A charge names its intent; an intent is the object itself. Both carry what was said of the intent when it was made.
    reference: textAt(body, ...object, 'payment_intent') || textAt(body, ...object, 'id'),
    paymentId: idAt(body, ...object, 'metadata', 'payment_id'),
    outcome: OUTCOMES[type] ?? 'ignored',
    refundedMinor: refunded && fromStripeAmount(refunded, textAt(body, ...object, 'currency').toUpperCase()),
  }
}

/** `t=<unix>,v1=<hex>`, where v1 signs "<t>.<raw body>"; several v1 may stand there while a secret is changed. */
function isSigned(header: string, rawBody: string, secret: string, now: Date): boolean {
  const parts = header.split(',').map((part) => part.trim().split('=', 2) as [string, string])
  const time = parts.find(([name]) => name === 't')?.[1] ?? ''
  if (!/^\d{1,12}$/.test(time)) return false
  if (Math.abs(now.getTime() / 1000 - Number(time)) > TOLERANCE_S) return false
  return parts.some(([name, value]) => name === 'v1' && isSignedWith(secret, `${time}.${rawBody}`, value ?? ''))
}
