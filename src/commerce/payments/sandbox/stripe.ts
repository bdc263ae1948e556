import { createHash } from 'node:crypto'
import { assertNoTransaction } from '#platform/database'
import type { Gateway, GatewayEvent } from '../gateway.ts'
import { invalidSignature, isSignedWith, numberAt, parseSigned, textAt } from './signatures.ts'

/** How old a signature may be, either way: clocks differ (V1-332). */
const TOLERANCE_S = 300

const OUTCOMES: Record<string, GatewayEvent['outcome']> = {
  'payment_intent.succeeded': 'succeeded',
  'payment_intent.payment_failed': 'failed',
  'charge.refunded': 'refunded',
}

/** Stripe as its documentation has it, without Stripe: intents are made here, events are signed with `secret` (V1-332). */
export function sandboxStripe(secret: string): Gateway {
  return {
    createIntent: async ({ paymentId }) => {
      assertNoTransaction()
      // Made from the payment's id: asked again after a crash, the same payment has the same reference.
      const reference = `pi_${digest(paymentId).slice(0, 24)}`
      const clientSecret = `${reference}_secret_${digest(`${paymentId}:${secret}`).slice(0, 24)}`
      return { reference, status: 'pending', clientSecret, approvalUrl: null }
    },
    cancelIntent: async () => assertNoTransaction(),
    refund: async ({ refundId }) => {
      assertNoTransaction()
      return { reference: `re_${digest(refundId).slice(0, 24)}`, status: 'succeeded' }
    },
    readEvent: (headers, rawBody, now) => {
      if (!isSigned(String(headers['stripe-signature'] ?? ''), rawBody, secret, now)) throw invalidSignature()
      const body = parseSigned(rawBody)
      const type = textAt(body, 'type')
      // A charge names its intent; an intent is the object itself.
      const reference = textAt(body, 'data', 'object', 'payment_intent') || textAt(body, 'data', 'object', 'id')
      const event = { provider: 'stripe' as const, id: textAt(body, 'id'), type, reference }
      const refundedMinor = numberAt(body, 'data', 'object', 'amount_refunded')
      return {
        ...event,
        outcome: OUTCOMES[type] ?? 'ignored',
        ...(refundedMinor === undefined ? {} : { refundedMinor }),
      }
    },
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

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
