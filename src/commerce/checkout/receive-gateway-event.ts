import { lockOrder } from '#commerce/orders'
import {
  acceptEvent,
  findPaymentByReference,
  type GatewayEvent,
  lockPaymentsOfOrder,
  type OnlineProvider,
  type WebhookHeaders,
} from '#commerce/payments'
import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { settle } from './settle.ts'
import { tellGateways } from './tell-gateways.ts'

/**
 * Takes in what a gateway tells by webhook, once per event id, whatever the order or number of deliveries (V1-332…334).
 * Refuses `invalid_signature`. What means nothing here, or is about a payment that is not ours, is accepted and left.
 */
export async function receiveGatewayEvent(
  app: App,
  provider: OnlineProvider,
  headers: WebhookHeaders,
  rawBody: string,
): Promise<void> {
  const event = app.gateways[provider].readEvent(headers, rawBody, app.now())
  if (event.outcome === 'ignored') return
  const payment = await findPaymentByReference(app.db, provider, event.reference)
  if (!payment) return app.log.warn({ provider, event: event.id }, 'a webhook about a payment that is not ours')
  const refundIds = await workOnce(app, event, payment.orderId)
  await tellGateways(app, { intents: [], refundIds })
}

/** In one transaction with its entry in the inbox: an event that was taken in has had its effect. */
function workOnce(app: App, event: GatewayEvent, orderId: number): Promise<string[]> {
  const now = app.now()
  return inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { id: orderId })
    if (!(await acceptEvent(tx, event, now))) return []
    const payments = await lockPaymentsOfOrder(tx, order.id)
    const payment = payments.find(
      ({ provider, providerReference }) => provider === event.provider && providerReference === event.reference,
    )!
    return settle(tx, order, payments, payment, event, now)
  })
}
