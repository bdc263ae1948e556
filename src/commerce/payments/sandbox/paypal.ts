import { createHash } from 'node:crypto'
import { assertNoTransaction } from '#platform/database'
import type { Gateway, GatewayEvent } from '../gateway.ts'
import { invalidSignature, isSignedWith, parseSigned, textAt } from '../signed-events.ts'
import { knowsNothing } from './knows-nothing.ts'

const OUTCOMES: Record<string, GatewayEvent['outcome']> = {
  'PAYMENT.CAPTURE.COMPLETED': 'succeeded',
  'PAYMENT.CAPTURE.DENIED': 'failed',
  'PAYMENT.CAPTURE.REFUNDED': 'refunded',
}

/** PayPal without PayPal: the buyer is sent to `approvalBase`, events are signed with `secret` (V1-333). */
export function sandboxPaypal(secret: string, approvalBase: string): Gateway {
  return {
    mode: 'simulated',
    createIntent: async ({ paymentId }) => {
      assertNoTransaction()
      const reference = digest(paymentId).slice(0, 17).toUpperCase()
      const approvalUrl = `${approvalBase}/paypal/approve?token=${reference}`
      return { reference, status: 'requires_action', clientSecret: null, approvalUrl }
    },
    conclude: knowsNothing,
    cancelIntent: knowsNothing,
    refund: async ({ refundId }) => {
      assertNoTransaction()
      return { reference: digest(refundId).slice(0, 17).toUpperCase(), status: 'succeeded' }
    },
    readEvent: async (headers, rawBody) => {
      const [scheme, signature = ''] = String(headers['x-webhook-signature'] ?? '').split('=', 2)
      if (scheme !== 'sha256' || !isSignedWith(secret, rawBody, signature)) throw invalidSignature()
      const body = parseSigned(rawBody)
      const type = textAt(body, 'event_type')
      return {
        provider: 'paypal',
        id: textAt(body, 'id'),
        type,
        reference: textAt(body, 'resource', 'id'),
        outcome: OUTCOMES[type] ?? 'ignored',
      }
    },
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
