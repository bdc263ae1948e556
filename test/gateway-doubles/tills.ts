/** The same buyer before each provider: what is pressed on which surface, what happens at the provider, what it tells afterwards. */
import { requestRefund, settleRequestedRefund } from '#commerce/checkout'
import { getOrderByNumber } from '#commerce/orders'
import { findPaymentsOfOrder } from '#commerce/payments'
import { signedUp } from '../accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../goods.ts'
import { type Called, openTestServer, type TestServer } from '../server.ts'
import { shopper, tea } from '../storefront-shopper.ts'
import type { Double, Webhook } from './double.ts'
import { openPaypalDouble, PAYPAL_SETTINGS } from './paypal.ts'
import { openRazorpayDouble, RAZORPAY_SETTINGS } from './razorpay.ts'
import { openStripeDouble, STRIPE_SETTINGS } from './stripe.ts'

/** An order that waits for money. */
export type Waiting = {
  number: string
  start(): Promise<Called>
  look(): Promise<Called>
  cancel(): Promise<Called>
}
export type Till = {
  name: 'stripe' | 'paypal' | 'razorpay'
  double: Double
  order(): Promise<Waiting>
  /** The buyer does what there is to do at the provider, for what it calls the payment. */
  pay(reference: string): void
  /** The webhook that says so; `late` is what follows when all is done. */
  paidEvent(reference: string, id?: string): Webhook
  refundedEvent(reference: string): Webhook
  /** What it calls the intent of a payment of ours. */
  referenceOf(paymentId: string): string
  /** Prepares to give all of an order's money back, as its surface has it. */
  refund(order: Waiting, server: TestServer): Promise<() => Promise<unknown>>
  /** How often money was taken, and given back, for an intent. */
  charges(reference: string): number
  refunds(reference: string): number
  /** How the asking for an intent, for what became of it, and for money back begin. */
  asks: { intent: string; fate: RegExp; refund: RegExp }
  webhook: string
}
export type Tills = { server: TestServer; tills: Till[]; close(): Promise<void> }

/** A shop that is live with all three, which have so long to answer. */
export async function openTills(timeoutMs: number): Promise<Tills> {
  const [stripe, paypal, razorpay] = await Promise.all([openStripeDouble(), openPaypalDouble(), openRazorpayDouble()])
  const server = await openTestServer({
    ...{ ...STRIPE_SETTINGS, ...PAYPAL_SETTINGS, ...RAZORPAY_SETTINGS },
    ...{ STRIPE_API_URL: stripe.url, PAYPAL_API_URL: paypal.url, RAZORPAY_API_URL: razorpay.url },
    ...{ GATEWAY_TIMEOUT_MS: String(timeoutMs), LOG_LEVEL: 'silent' },
  })
  const atStripe: Till = {
    name: 'stripe',
    double: stripe,
    order: () => orderOnV1(server, 'stripe'),
    pay: (reference) => stripe.pay(reference),
    paidEvent: (reference, id) =>
      stripe.event('payment_intent.succeeded', stripe.intents.find((intent) => intent.id === reference)!, {
        now: server.shop.now(),
        ...(id && { id }),
      }),
    refundedEvent: (reference) => {
      const refunds = stripe.refunds.filter(({ payment_intent }) => payment_intent === reference)
      const amount_refunded = refunds.reduce((sum, { amount }) => sum + amount, 0)
      const charge = { id: 'ch_1', payment_intent: reference, currency: 'usd', amount_refunded, metadata: {} }
      return stripe.event('charge.refunded', charge, { now: server.shop.now() })
    },
    referenceOf: (paymentId) => stripe.intents.find(({ metadata }) => metadata.payment_id === paymentId)!.id,
    refund: async (order) => order.cancel,
    charges: (reference) =>
      stripe.intents.filter(({ id, status }) => id === reference && status === 'succeeded').length,
    refunds: (reference) => stripe.refunds.filter(({ payment_intent }) => payment_intent === reference).length,
    asks: { intent: 'POST /v1/payment_intents', fate: /payment_intents\/\w+/, refund: /refunds$/ },
    webhook: '/api/v1/payments/webhooks/stripe/',
  }
  const orderAt = (reference: string) => paypal.orders.find(({ id }) => id === reference)!
  const atPaypal: Till = {
    name: 'paypal',
    double: paypal,
    order: () => orderOnV1(server, 'paypal'),
    pay: (reference) => paypal.approve(reference),
    paidEvent: (reference, id) => paypal.event('CHECKOUT.ORDER.APPROVED', paypal.approved(reference), id ? { id } : {}),
    refundedEvent: (reference) => paypal.event('PAYMENT.CAPTURE.REFUNDED', paypal.refunded(reference)),
    referenceOf: (paymentId) => paypal.orders.find(({ custom_id }) => custom_id === paymentId)!.id,
    refund: async (order) => order.cancel,
    charges: (reference) => orderAt(reference).captures.length,
    refunds: (reference) => orderAt(reference).refunds.length,
    asks: { intent: 'POST /v2/checkout/orders', fate: /checkout\/orders\/\w+/, refund: /refund$/ },
    webhook: '/api/v1/payments/webhooks/paypal/',
  }
  const paymentsOf = (reference: string) => razorpay.payments.filter(({ order_id }) => order_id === reference)
  const atRazorpay: Till = {
    name: 'razorpay',
    double: razorpay,
    order: () => orderOnStorefront(server),
    pay: (reference) => void razorpay.authorize(reference),
    paidEvent: (reference, id) => razorpay.event('payment.authorized', razorpay.payloadOf(reference), id ? { id } : {}),
    refundedEvent: (reference) => razorpay.event('refund.processed', razorpay.payloadOf(reference)),
    referenceOf: (paymentId) => razorpay.orders.find(({ receipt }) => receipt === paymentId)!.id,
    refund: ({ number }) => requestedRefund(server, number),
    charges: (reference) => paymentsOf(reference).filter(({ status }) => status === 'captured').length,
    refunds: (reference) => {
      const ids = paymentsOf(reference).map(({ id }) => id)
      return razorpay.refunds.filter(({ payment_id }) => ids.includes(payment_id)).length
    },
    asks: { intent: 'POST /v1/orders', fate: /orders\/\w+\/payments/, refund: /refunds?$/ },
    webhook: '/api/payments/webhook/razorpay/',
  }
  const close = async () => {
    await server.close()
    await Promise.all([stripe.close(), paypal.close(), razorpay.close()])
  }
  return { server, tills: [atStripe, atPaypal, atRazorpay], close }
}

export async function orderOnV1(server: TestServer, provider: string): Promise<Waiting> {
  const { accountId, access: token } = await signedUp(server)
  await fillCart(server.shop, accountId, [await stockedArticle(server.shop), 2])
  const body = { shipping_address: ADDRESS, payment_method: provider }
  const { order_number: number } = (await server.call('POST', '/api/v1/orders/', { token, body })).body
  const wish = { order_number: number, provider }
  return {
    number,
    start: () => server.call('POST', '/api/v1/payments/intents/', { token, body: wish }),
    look: () => server.call('GET', `/api/v1/orders/${number}/`, { token }),
    cancel: () => server.call('POST', `/api/v1/orders/${number}/cancel/`, { token, body: {} }),
  }
}

async function orderOnStorefront(server: TestServer): Promise<Waiting> {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product, 2)
  const { body: order } = await buyer.checkOut()
  const wish = { order_id: order.order_number, amount: order.total_price, currency: 'INR', payment_method: 'upi' }
  return {
    number: order.order_number,
    start: () => buyer.ask('POST', '/payments/initiate/', wish),
    look: () => buyer.ask('GET', `/orders/${order.id}/`),
    cancel: () => buyer.ask('POST', `/orders/${order.id}/cancel/`),
  }
}

/** On the storefront the buyer asks for it, and staff agrees (SF-366, SF-469). */
async function requestedRefund(server: TestServer, number: string): Promise<() => Promise<void>> {
  const { order } = await booksOf(server, number)
  const wish = { order: { id: order.id }, amountMinor: order.totalMinor, reason: 'Not my cup of tea' }
  const { id } = await requestRefund(server.shop, { accountId: null }, wish)
  return () => settleRequestedRefund(server.shop, id, 'completed', 'staff')
}

/** How it stands with an order in the books: itself, its money, its payments. */
export async function booksOf({ shop }: TestServer, number: string) {
  const order = await getOrderByNumber(shop.db, number, { accountId: null })
  const payments = await findPaymentsOfOrder(shop.db, order.id)
  return { status: order.status, paymentStatus: order.paymentStatus, payments, order }
}

export const tell = (server: TestServer, till: Till, { body, headers }: Webhook) =>
  server.call('POST', till.webhook, { body, headers: { 'content-type': 'application/json', ...headers } })
