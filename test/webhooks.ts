/** Webhooks as Stripe and PayPal sign them; parts may be falsified. */
import { createHmac } from 'node:crypto'
import type { TestServer } from './server.ts'

const SECRET = 'webhook-secret-of-tests'

let events = 0
export function newEventId(): string {
  events += 1
  return `evt_${events}`
}

type Falsified = { id?: string; secret?: string; ageS?: number; object?: object }

/** `reference` is what Stripe calls the payment; `object` is added to it. */
export function stripe(server: TestServer, type: string, reference: string, options: Falsified = {}) {
  const object = { id: reference, ...options.object }
  const body = JSON.stringify({ id: options.id ?? newEventId(), type, data: { object } })
  const time = Math.floor(server.shop.now().getTime() / 1000) - (options.ageS ?? 0)
  const signature = sign(`${time}.${body}`, options.secret)
  return server.call('POST', '/api/v1/payments/webhooks/stripe/', {
    body,
    headers: { 'stripe-signature': `t=${time},v1=${signature}` },
  })
}

export function paypal(server: TestServer, type: string, reference: string, secret?: string) {
  const body = JSON.stringify({ id: newEventId(), event_type: type, resource: { id: reference } })
  return server.call('POST', '/api/v1/payments/webhooks/paypal/', {
    body,
    headers: { 'x-webhook-signature': `sha256=${sign(body, secret)}` },
  })
}

const sign = (text: string, secret = SECRET) => createHmac('sha256', secret).update(text).digest('hex')
