import { getOrder, lockOrder } from '#commerce/orders'
import {
  acceptEvent,
  adoptReference,
  type Conclusion,
  findEarlyEvents,
  findPaymentOfEvent,
  type GatewayEvent,
  keepEarlyEvent,
  lockPaymentsOfOrder,
  type OnlineProvider,
  type Payment,
  type WebhookHeaders,
} from '#commerce/payments'
import { inTransaction } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { isPayable } from './payable.ts'
import { settle, type Told } from './settle.ts'
import { tellGateways } from './tell-gateways.ts'

/**
 * Takes in what a gateway tells by webhook, once per event id, whatever the order or number of deliveries (V1-332…334).
 * Refuses `invalid_signature`, and `gateway_unavailable` where the provider must be asked and does not answer: it tells again
 * later. What means nothing here is accepted and left. What is about a payment that we do not know is kept: where the provider does not
 * carry our id, it may have been quicker than our note of its answer.
 */
export async function receiveGatewayEvent(
  app: App,
  provider: OnlineProvider,
  headers: WebhookHeaders,
  rawBody: string,
): Promise<void> {
  const event = await app.gateways[provider].readEvent(headers, rawBody, app.now()).catch(refuseSilence(app, provider))
  if (event.outcome === 'ignored') return
  const payment = await findPaymentOfEvent(app.db, event)
  if (payment) return work(app, event, payment)
  app.log.info({ provider, event: event.id }, 'a webhook about a payment that is not known yet, or not ours')
  if (event.reference === '') return
  await inTransaction(app.db, (tx) => keepEarlyEvent(tx, event, app.now()))
  // Whoever notes the answer looks for such events after that, and we look for the answer after this: one of us sees the other.
  await workEarlyEvents(app, event.reference)
}

const BATCH = 100

/** Works events that came before their payment was known: about one reference, or all that there are by now. Run every minute. */
export async function workEarlyEvents(app: App, reference: string | null = null): Promise<number> {
  const events = await findEarlyEvents(app.db, { reference }, BATCH)
  for (const event of events) {
    const payment = await findPaymentOfEvent(app.db, event)
    if (!payment) continue
    // Nobody waits for it here: the next run finds it again.
    await work(app, event, payment).catch((error) =>
      app.log.warn({ err: error, provider: event.provider, event: event.id }, 'an early event could not be worked yet'),
    )
  }
  return events.length
}

async function work(app: App, event: GatewayEvent, payment: Payment): Promise<void> {
  const told =
    event.outcome === 'approved' ? await takeMoney(app, payment, event) : { ...event, outcome: event.outcome }
  if (told.outcome === 'waiting' || told.outcome === 'ignored') return
  const refundIds = await workOnce(app, event, { ...told, outcome: told.outcome }, payment)
  await tellGateways(app, { intents: [], refundIds })
}

/** The buyer agrees: the money is taken, with nothing locked. Not for an order that does not want it any longer: that lapses. */
async function takeMoney(app: App, payment: Payment, event: GatewayEvent): Promise<Conclusion> {
  const order = await getOrder(app.db, payment.orderId)
  if (!isPayable(order) || payment.status === 'cancelled') return { outcome: 'waiting' }
  const { id: paymentId, amountMinor, currency, providerReference } = payment
  const reference = providerReference ?? event.reference
  return app.gateways[event.provider]
    .conclude({ paymentId, reference, amountMinor, currency })
    .catch(refuseSilence(app, event.provider))
}

const refuseSilence =
  (app: App, provider: OnlineProvider) =>
  (cause: unknown): never => {
    if (cause instanceof Refusal) throw cause
    app.log.error({ err: cause, provider }, 'the gateway did not answer: it will tell again')
    throw new Refusal('unavailable', 'gateway_unavailable', 'The payment provider does not answer')
  }

/** In one transaction with its entry in the inbox: an event that was taken in has had its effect. */
function workOnce(app: App, event: GatewayEvent, told: Told, { id, orderId }: Payment): Promise<string[]> {
  const now = app.now()
  return inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { id: orderId })
    if (!(await acceptEvent(tx, event, now))) return []
    const payments = await lockPaymentsOfOrder(tx, order.id)
    const payment = payments.find((each) => each.id === id)!
    if (!payment.providerReference && event.reference) await adoptReference(tx, id, event.reference, now)
    return settle(tx, order, payments, payment, told, now)
  })
}
