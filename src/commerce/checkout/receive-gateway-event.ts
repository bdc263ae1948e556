import { lockOrder } from '#commerce/orders'
import {
  acceptEvent,
  findEarlyEvents,
  findPaymentByReference,
  type GatewayEvent,
  keepEarlyEvent,
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
 * Refuses `invalid_signature`. What means nothing here is accepted and left. What is about a payment that we do not know is kept: the gateway
 * may have been quicker than our note of its answer.
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
  if (payment) return work(app, event, payment.orderId)
  await inTransaction(app.db, (tx) => keepEarlyEvent(tx, event, app.now()))
  app.log.info({ provider, event: event.id }, 'a webhook about a payment that is not known yet, or not ours')
  // Whoever notes the answer looks for such events after that, and we look for the answer after this: one of us sees the other.
  await workEarlyEvents(app, event.reference)
}

const BATCH = 100

/** Works events that came before their payment was known: about one reference, or all that there are by now. Run every minute. */
export async function workEarlyEvents(app: App, reference: string | null = null): Promise<number> {
  const early = await findEarlyEvents(app.db, { reference }, BATCH)
  for (const { event, orderId } of early) await work(app, event, orderId)
  return early.length
}

async function work(app: App, event: GatewayEvent, orderId: number): Promise<void> {
  const refundIds = await workOnce(app, event, orderId)
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
