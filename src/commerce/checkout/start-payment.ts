import { lockOrder, type OrderRef } from '#commerce/orders'
import {
  awaitsMoney,
  failUnanswered,
  insertPayment,
  isGatewayRefusal,
  lockPaymentsOfOrder,
  markPaymentAsked,
  notOffered,
  type OnlineProvider,
  type Payment,
  recordIntent,
} from '#commerce/payments'
import { inTransaction, type Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { withdrawPayment } from './conclude-payment.ts'
import { isPayable } from './payable.ts'
import { workEarlyEvents } from './receive-gateway-event.ts'

/** `method` is how the buyer means to pay, where the shop asks: card, upi … */
export type PaymentWish = { order: OrderRef; provider: OnlineProvider; returnUrl: string | null; method?: string }
type Alongside = (tx: Tx, payment: Payment) => Promise<void>

/**
 * Asks a gateway to let the buyer pay an order: the amount is the order's. Written down first, so that a crash leaves a
 * trace; asked with no transaction open. An intent of the same provider that still waits is handed out again.
 * Refuses `order_not_found`, `not_payable` when the order is paid or cancelled, `provider_not_offered`, `gateway_refused` where
 * the provider will not have it, and `gateway_unavailable` (V1-330).
 */
export async function startPayment(
  app: App,
  accountId: number,
  wish: PaymentWish,
  alongside: Alongside = async () => {},
): Promise<Payment> {
  if (app.gateways[wish.provider].mode === 'refused') throw notOffered(wish.provider)
  const { payment, isRepeated } = await inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, wish.order, { accountId })
    if (!isPayable(order)) throw notPayable()
    const waiting = (await lockPaymentsOfOrder(tx, order.id)).find(
      (each) => each.provider === wish.provider && each.method === (wish.method ?? '') && awaitsMoney(each.status),
    )
    if (waiting) {
      if (isAnswered(waiting)) await alongside(tx, waiting)
      return { payment: waiting, isRepeated: true }
    }
    const { id: orderId, number: orderNumber, totalMinor: amountMinor, currency } = order
    const { provider, returnUrl, method = '' } = wish
    const asked = { orderId, orderNumber, accountId, provider, amountMinor, currency, returnUrl, method }
    return { payment: await insertPayment(tx, asked, app.now()), isRepeated: false }
  })
  return isAnswered(payment) ? payment : askForIntent(app, payment, isRepeated, alongside)
}

/** The buyer can pay with what is known. */
const isAnswered = ({ clientSecret, approvalUrl }: Payment) => (clientSecret ?? approvalUrl) !== null

const notPayable = () => new Refusal('conflict', 'not_payable', 'The order is paid or cancelled')

/** Asks with the payment's id as idempotency key: a second asking gets the same intent. */
export async function askForIntent(
  app: App,
  payment: Payment,
  isRepeated: boolean,
  alongside: Alongside = async () => {},
): Promise<Payment> {
  const { id: paymentId, orderNumber, amountMinor, currency, returnUrl, provider } = payment
  const gateway = app.gateways[provider as OnlineProvider]
  const answer = await gateway
    .createIntent({ paymentId, orderNumber, amountMinor, currency, returnUrl, isRepeated })
    .catch((cause) => refuseSilence(app, paymentId, cause))
  const recorded = await inTransaction(app.db, async (tx) => {
    const known = await recordIntent(tx, paymentId, answer, app.now())
    if (known.status !== 'cancelled') await alongside(tx, known)
    return known
  })
  if (recorded.status !== 'cancelled') {
    await workEarlyEvents(app, answer.reference)
    return recorded
  }
  // Called off while the provider thought: nobody is to pay it.
  await withdrawPayment(app, recorded).catch((error) =>
    app.log.warn({ err: error, payment: paymentId }, 'the gateway did not withdraw a payment: it is asked again'),
  )
  throw notPayable()
}

/**
 * Without an answer the payment stays written down: the sweeper asks again, and so may the buyer. What the provider will not
 * have is over; the buyer may pay otherwise.
 */
async function refuseSilence(app: App, payment: string, cause: unknown): Promise<never> {
  const now = app.now()
  if (isGatewayRefusal(cause)) {
    app.log.error({ err: cause, payment }, 'the gateway refused a payment')
    await inTransaction(app.db, (tx) => failUnanswered(tx, payment, now))
    throw cause
  }
  app.log.error({ err: cause, payment }, 'the gateway did not answer')
  await inTransaction(app.db, (tx) => markPaymentAsked(tx, payment, now))
  throw new Refusal('unavailable', 'gateway_unavailable', 'The payment provider does not answer')
}
