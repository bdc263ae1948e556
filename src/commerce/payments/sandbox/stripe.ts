import { createHash } from 'node:crypto'
import { assertNoTransaction } from '#platform/database'
import type { Gateway } from '../gateway.ts'
import { readStripeEvent } from '../stripe/events.ts'
import { knowsNothing } from './knows-nothing.ts'

/** Stripe as its documentation has it, without Stripe: intents are made here, events are signed with `secret` (V1-332). */
export function sandboxStripe(secret: string): Gateway {
  return {
    mode: 'simulated',
    createIntent: async ({ paymentId }) => {
      assertNoTransaction()
      // Made from the payment's id: asked again after a crash, the same payment has the same reference.
      const reference = `pi_${digest(paymentId).slice(0, 24)}`
      const clientSecret = `${reference}_secret_${digest(`${paymentId}:${secret}`).slice(0, 24)}`
      return { reference, status: 'pending', clientSecret, approvalUrl: null }
    },
    conclude: knowsNothing,
    cancelIntent: knowsNothing,
    refund: async ({ refundId }) => {
      assertNoTransaction()
      return { reference: `re_${digest(refundId).slice(0, 24)}`, status: 'succeeded' }
    },
    readEvent: async (headers, rawBody, now) => readStripeEvent(secret, headers, rawBody, now),
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
