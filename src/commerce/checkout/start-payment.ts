import { lockOrder, type OrderRef } from '#commerce/orders'
import {
  awaitsMoney,
  findUnansweredPayments,
  insertPayment,
  lockPaymentsOfOrder,
  type OnlineProvider,
  type Payment,
  recordIntent,
} from '#commerce/payments'
import { inTransaction, type Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { workEarlyEvents } from './receive-gateway-event.ts'

/** `method` is how the buyer means to pay, where the shop asks: card, upi … */
export type PaymentWish = { order: OrderRef; provider: OnlineProvider; returnUrl: string | null; method?: string }

/**
 * Asks a gateway to let the buyer pay an order: the amount is the order's. Written down first, so that a crash leaves a
 * trace; asked with no transaction open. An intent of the same provider that still waits is handed out again.
 * Refuses `order_not_found`, `not_payable` when the order is paid or cancelled, and `gateway_unavailable` (V1-330).
 */
export async function startPayment(
  app: App,
  accountId: number,
  wish: PaymentWish,
  alongside: (tx: Tx, payment: Payment) => Promise<void> = async () => {},
): Promise<Payment> {
  const payment = await inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, wish.order, { accountId })
    const isOpen = order.status !== 'cancelled' && order.status !== 'refunded'
    if (!isOpen || !['pending', 'failed'].includes(order.paymentStatus)) {
      throw new Refusal('conflict', 'not_payable', 'The order is paid or cancelled')
    }
    const waiting = (await lockPaymentsOfOrder(tx, order.id)).find(
      (each) => each.provider === wish.provider && each.method === (wish.method ?? '') && awaitsMoney(each.status),
    )
    if (waiting) return waiting
    const { id: orderId, number: orderNumber, totalMinor: amountMinor, currency } = order
    const { provider, returnUrl, method = '' } = wish
    const asked = { orderId, orderNumber, accountId, provider, amountMinor, currency, returnUrl, method }
    return insertPayment(tx, asked, app.now())
  })
  return askForIntent(app, payment, alongside)
}

/** Asks with the payment's id as idempotency key: a second asking gets the same intent. */
async function askForIntent(
  app: App,
  payment: Payment,
  alongside: (tx: Tx, payment: Payment) => Promise<void>,
): Promise<Payment> {
  const { id: paymentId, orderNumber, amountMinor, currency, returnUrl, provider } = payment
  const gateway = app.gateways[provider as OnlineProvider]
  const answer = await gateway
    .createIntent({ paymentId, orderNumber, amountMinor, currency, returnUrl })
    .catch((cause) => refuseSilence(app, paymentId, cause))
  const noted = await inTransaction(app.db, async (tx) => {
    const recorded = await recordIntent(tx, paymentId, answer, app.now())
    await alongside(tx, recorded)
    return recorded
  })
  await workEarlyEvents(app, answer.reference)
  return noted
}

/** The payment stays written down: the sweeper asks again, and so may the buyer. */
function refuseSilence(app: App, payment: string, cause: unknown): never {
  app.log.error({ err: cause, payment }, 'the gateway did not answer')
  throw new Refusal('unavailable', 'gateway_unavailable', 'The payment provider does not answer')
}

/** A payment this old without an answer: whoever was to ask for it did not come to it. */
const INTERRUPTED_AFTER_MS = 60_000
const BATCH = 50

/** Finishes the asking that a crash interrupted. Returns how many it tried. */
export async function finishUnansweredPayments(app: App): Promise<number> {
  const before = new Date(app.now().getTime() - INTERRUPTED_AFTER_MS)
  const payments = await findUnansweredPayments(app.db, before, BATCH)
  for (const payment of payments) {
    await askForIntent(app, payment, async () => {}).catch((error) =>
      app.log.warn({ err: error, payment: payment.id }, 'the gateway did not answer: it is asked again'),
    )
  }
  return payments.length
}
