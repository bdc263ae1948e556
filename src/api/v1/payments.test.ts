import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cancelUnpaidOrders, finishOpenRefunds, finishUnansweredPayments } from '#commerce/checkout'
import { examine } from '#commerce/doctor'
import { findAccount, openSession } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import * as webhooks from '../../../test/webhooks.ts'

type Told<Send> = Send extends (server: TestServer, ...event: infer Event) => unknown ? Event : never

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

async function ordered(extra: object = {}) {
  const buyer = await signedUp(server)
  await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 2])
  const body = { shipping_address: ADDRESS, ...extra }
  const order = (await server.call('POST', '/api/v1/orders/', { token: buyer.access, body })).body
  return { buyer, number: order.order_number as string, order }
}

const intend = (token: string, number: string, provider = 'stripe', headers: Record<string, string> = {}) =>
  server.call('POST', '/api/v1/payments/intents/', { token, body: { order_number: number, provider }, headers })
const readOrder = async (token: string, number: string) =>
  (await server.call('GET', `/api/v1/orders/${number}/`, { token })).body
const readPayment = async (token: string, id: string) =>
  (await server.call('GET', `/api/v1/payments/${id}/`, { token })).body

const stripe = (...event: Told<typeof webhooks.stripe>) => webhooks.stripe(server, ...event)
const paypal = (...event: Told<typeof webhooks.paypal>) => webhooks.paypal(server, ...event)

test('V1-330 V1-331 an intent is of the order amount, with a Stripe reference and a client secret', async () => {
  const { buyer, number, order } = await ordered()
  const { status, body } = await intend(buyer.access, number)
  assert.equal(status, 201)
  assert.match(body.provider_reference, /^pi_/)
  assert.ok(body.client_secret.startsWith(body.provider_reference))
  assert.deepEqual([body.amount, body.currency, body.status], [order.total, 'USD', 'pending'])
  const again = await intend(buyer.access, number)
  assert.equal(again.body.id, body.id)
})

test('V1-330 a foreign order is 404, an unknown provider 400, a repeated key gives the first answer', async () => {
  const { buyer, number } = await ordered()
  const stranger = await signedUp(server)
  assert.equal((await intend(stranger.access, number)).status, 404)
  assert.equal((await intend(buyer.access, number, 'gold')).status, 400)
  const headers = { 'idempotency-key': 'pay-once' }
  const answers = await Promise.all([1, 2, 3].map(() => intend(buyer.access, number, 'stripe', headers)))
  assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([201]))
  assert.equal(new Set(answers.map((answer) => answer.body.id)).size, 1)
})

test('V1-332 V1-334 a signed success pays the order, once however often it comes', async () => {
  const { buyer, number } = await ordered()
  const { body: intent } = await intend(buyer.access, number)
  const id = webhooks.newEventId()
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => stripe('payment_intent.succeeded', intent.provider_reference, { id })),
  )
  for (const answer of answers) assert.deepEqual([answer.status, answer.body], [200, { received: true }])
  const order = await readOrder(buyer.access, number)
  assert.deepEqual([order.status, order.payment_status], ['processing', 'paid'])
  assert.equal((await readPayment(buyer.access, intent.id)).status, 'succeeded')
  const history = await server.call('GET', `/api/v1/orders/${number}/history/`, { token: buyer.access })
  assert.equal(history.body.filter((entry: { payment_status: string }) => entry.payment_status === 'paid').length, 1)
  assert.equal((await intend(buyer.access, number)).status, 400)
})

test('V1-332 a bad, missing, stale or foreign signature answers 400 and does nothing', async () => {
  const { buyer, number } = await ordered()
  const { body: intent } = await intend(buyer.access, number)
  const reference = intent.provider_reference
  const answers = [
    await stripe('payment_intent.succeeded', reference, { secret: 'another' }),
    await stripe('payment_intent.succeeded', reference, { ageS: 301 }),
    await stripe('payment_intent.succeeded', reference, { ageS: -301 }),
    await server.call('POST', '/api/v1/payments/webhooks/stripe/', { body: { id: 'evt_x', type: 'x' } }),
    await server.call('POST', '/api/v1/payments/webhooks/stripe/', {
      body: '{',
      headers: { 'stripe-signature': 't=,v1=' },
    }),
  ]
  for (const answer of answers) {
    assert.equal(answer.status, 400)
    assert.deepEqual(answer.body, { detail: 'Invalid signature.' })
  }
  assert.equal((await readOrder(buyer.access, number)).payment_status, 'pending')
})

test('V1-332 other types, and payments that are not ours, are accepted and ignored', async () => {
  assert.equal((await stripe('customer.created', 'cus_1')).status, 200)
  assert.equal((await stripe('payment_intent.succeeded', 'pi_of_another_shop')).status, 200)
})

test('V1-334 a failure may be followed by a new intent; a late failure never moves a paid order back', async () => {
  const { buyer, number } = await ordered()
  const { body: first } = await intend(buyer.access, number)
  await stripe('payment_intent.payment_failed', first.provider_reference)
  assert.equal((await readOrder(buyer.access, number)).payment_status, 'failed')
  const { body: second } = await intend(buyer.access, number)
  assert.notEqual(second.id, first.id)
  await stripe('payment_intent.succeeded', second.provider_reference)
  await stripe('payment_intent.payment_failed', second.provider_reference)
  await stripe('payment_intent.payment_failed', first.provider_reference)
  const order = await readOrder(buyer.access, number)
  assert.deepEqual([order.status, order.payment_status], ['processing', 'paid'])
})

test('V1-334 a success for a cancelled order, and a second payment, are given back', async () => {
  const late = await ordered()
  const { body: intent } = await intend(late.buyer.access, late.number)
  await server.call('POST', `/api/v1/orders/${late.number}/cancel/`, { token: late.buyer.access })
  await stripe('payment_intent.succeeded', intent.provider_reference)
  assert.equal((await readPayment(late.buyer.access, intent.id)).status, 'refunded')
  assert.equal((await readOrder(late.buyer.access, late.number)).status, 'cancelled')

  const twice = await ordered()
  const { body: one } = await intend(twice.buyer.access, twice.number)
  const { body: two } = await intend(twice.buyer.access, twice.number, 'paypal')
  await stripe('payment_intent.succeeded', one.provider_reference)
  await paypal('PAYMENT.CAPTURE.COMPLETED', two.provider_reference)
  assert.equal((await readPayment(twice.buyer.access, two.id)).status, 'refunded')
  assert.deepEqual((await readOrder(twice.buyer.access, twice.number)).payment_status, 'paid')
})

test('V1-307 V1-334 cancelling a paid order refunds it; the provider confirming it changes nothing', async () => {
  const { buyer, number } = await ordered()
  const { body: intent } = await intend(buyer.access, number)
  await stripe('payment_intent.succeeded', intent.provider_reference)
  const { body: order } = await server.call('POST', `/api/v1/orders/${number}/cancel/`, { token: buyer.access })
  assert.deepEqual([order.status, order.payment_status], ['cancelled', 'refunded'])
  await stripe('charge.refunded', 'ch_1', { object: { payment_intent: intent.provider_reference } })
  assert.equal((await readPayment(buyer.access, intent.id)).status, 'refunded')
})

test('V1-332 a refund made at the provider is taken over, in part or as a whole; unsent goods come back', async () => {
  const { buyer, number, order: placed } = await ordered()
  const { body: intent } = await intend(buyer.access, number)
  await stripe('payment_intent.succeeded', intent.provider_reference)
  await stripe('charge.refunded', intent.provider_reference, { object: { amount_refunded: 100 } })
  assert.equal((await readOrder(buyer.access, number)).payment_status, 'partially_refunded')
  const { body } = await stripe('charge.refunded', intent.provider_reference, { object: { amount_refunded: 999_999 } })
  assert.deepEqual(body, { received: true })
  const order = await readOrder(buyer.access, number)
  assert.deepEqual([order.status, order.payment_status], ['refunded', 'refunded'])
  const product = await server.call('GET', `/api/v1/products/${placed.items[0].product_id}/`)
  assert.equal(product.body.stock, 10)
})

test('V1-333 PayPal in the sandbox: approval address, signed events, bad signatures refused', async () => {
  const { buyer, number } = await ordered()
  const { body: intent } = await intend(buyer.access, number, 'paypal')
  assert.match(intent.provider_reference, /^[0-9A-Z]{17}$/)
  assert.ok(intent.approval_url.includes(intent.provider_reference))
  assert.equal(intent.status, 'requires_action')
  assert.equal((await paypal('PAYMENT.CAPTURE.COMPLETED', intent.provider_reference, 'another')).status, 400)
  await paypal('PAYMENT.CAPTURE.DENIED', intent.provider_reference)
  assert.equal((await readOrder(buyer.access, number)).payment_status, 'failed')
  await paypal('PAYMENT.CAPTURE.COMPLETED', intent.provider_reference)
  assert.equal((await readOrder(buyer.access, number)).payment_status, 'paid')
  await paypal('PAYMENT.CAPTURE.REFUNDED', intent.provider_reference)
  assert.equal((await readOrder(buyer.access, number)).payment_status, 'refunded')
})

test('V1-335 payments are for their owner and staff, the client secret for the owner alone', async () => {
  const { buyer, number } = await ordered()
  const { body: intent } = await intend(buyer.access, number)
  const stranger = await signedUp(server)
  const staff = await staffMember(server)
  assert.equal((await readPayment(buyer.access, intent.id)).client_secret, intent.client_secret)
  const seen = await readPayment(staff.access, intent.id)
  assert.equal(seen.id, intent.id)
  assert.equal(seen.client_secret, undefined)
  for (const id of [intent.id, 'nonsense']) {
    const { status } = await server.call('GET', `/api/v1/payments/${id}/`, { token: stranger.access })
    assert.equal(status, 404)
  }
  const own = await server.call('GET', '/api/v1/payments/', { token: buyer.access })
  assert.equal(own.body.count, 1)
  assert.equal((await server.call('GET', '/api/v1/payments/', { token: stranger.access })).body.count, 0)
})

test('V1-336 a pending intent can be cancelled by its owner, once; the order can be paid anew', async () => {
  const { buyer, number } = await ordered()
  const { body: intent } = await intend(buyer.access, number)
  const stranger = await signedUp(server)
  const cancel = (token: string) => server.call('POST', `/api/v1/payments/intents/${intent.id}/cancel/`, { token })
  assert.equal((await cancel(stranger.access)).status, 404)
  assert.equal((await cancel(buyer.access)).body.status, 'cancelled')
  assert.equal((await cancel(buyer.access)).status, 400)
  assert.notEqual((await intend(buyer.access, number)).body.id, intent.id)
})

test('V1-313 an order that is not paid in an hour is cancelled and gives its stock back; cash on delivery is not', async () => {
  const unpaid = await ordered()
  const failed = await ordered()
  const paid = await ordered()
  const onDelivery = await ordered({ payment_method: 'cod' })
  const { body: refused } = await intend(failed.buyer.access, failed.number)
  await stripe('payment_intent.payment_failed', refused.provider_reference)
  const { body: intent } = await intend(paid.buyer.access, paid.number)
  await stripe('payment_intent.succeeded', intent.provider_reference)
  await cancelUnpaidOrders(server.shop)
  assert.equal((await readOrder(unpaid.buyer.access, unpaid.number)).status, 'pending')
  server.shop.pass(61 * 60_000)
  const tokens = async (buyer: { accountId: number }) => (await signedInAgain(buyer.accountId)).access
  await cancelUnpaidOrders(server.shop)
  assert.equal((await readOrder(await tokens(unpaid.buyer), unpaid.number)).status, 'cancelled')
  assert.equal((await readOrder(await tokens(failed.buyer), failed.number)).status, 'cancelled')
  assert.equal((await readOrder(await tokens(paid.buyer), paid.number)).status, 'processing')
  assert.equal((await readOrder(await tokens(onDelivery.buyer), onDelivery.number)).status, 'processing')
})

test('V1-334 a gateway that is silent loses nothing: refund and intent are asked again later', async () => {
  const { buyer, number } = await ordered()
  const { gateways } = server.shop
  const { createIntent, refund } = gateways.stripe
  const silent = async () => {
    throw new Error('the gateway does not answer')
  }
  gateways.stripe.createIntent = silent
  assert.equal((await intend(buyer.access, number)).status, 503)
  gateways.stripe.createIntent = createIntent
  server.shop.pass(2 * 60_000)
  assert.equal(await finishUnansweredPayments(server.shop), 1)
  const { body: intent } = await intend(buyer.access, number)
  await stripe('payment_intent.succeeded', intent.provider_reference)
  gateways.stripe.refund = silent
  const { body: cancelled } = await server.call('POST', `/api/v1/orders/${number}/cancel/`, { token: buyer.access })
  assert.deepEqual([cancelled.status, cancelled.payment_status], ['cancelled', 'paid'])
  gateways.stripe.refund = refund
  server.shop.pass(61_000)
  assert.equal(await finishOpenRefunds(server.shop), 1)
  assert.equal((await readOrder(buyer.access, number)).payment_status, 'refunded')
})

async function signedInAgain(accountId: number) {
  const { shop } = server
  const account = await findAccount(shop.db, accountId)
  const device = { ip: '127.0.0.1', userAgent: 'test' }
  return inTransaction(shop.db, (tx) => openSession(tx, account!, { surface: 'v1', device }, shop.now(), shop.config))
}
