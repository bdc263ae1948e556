// What crosses on its way between us and a provider: cancellations, second payments, refusals.
import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { cancelPayment, finishOpenRefunds, followPayments, startPayment } from '#commerce/checkout'
import { examine } from '#commerce/doctor'
import { booksOf, openTills, orderOnV1, type Till, type Tills, tell, type Waiting } from '../gateway-doubles/tills.ts'
import { openTestServer } from '../server.ts'
import { shopper, tea } from '../storefront-shopper.ts'

let shop: Tills
let stripe: Till
let paypal: Till
before(async () => {
  shop = await openTills(2000)
  ;[stripe, paypal] = shop.tills as [Till, Till, Till]
})
afterEach(() => {
  for (const { double } of shop.tills) double.recover()
})
after(async () => {
  const { broken } = await examine(shop.server.shop.db)
  await shop.close()
  assert.deepEqual(broken, [])
})

const books = (order: Waiting) => booksOf(shop.server, order.number)
const paymentOf = async (order: Waiting) => (await books(order)).payments[0]!
const minutes = (count: number) => shop.server.shop.pass(count * 60_000)
async function begun(till: Till) {
  const order = await till.order()
  await order.start()
  return { order, reference: (await paymentOf(order)).providerReference! }
}

test('V1-307 an order that is cancelled while the provider thinks hands out no way to pay, and the intent is withdrawn', async () => {
  const order = await stripe.order()
  stripe.double.fail(stripe.asks.intent, { lateMs: 600 }, 1)
  const asked = stripe.double.requests.length
  const slow = order.start()
  while (!stripe.double.requests.slice(asked).some((line) => line.startsWith(stripe.asks.intent))) await sleep(10)
  assert.equal((await order.cancel()).status, 200)
  const { status, body } = await slow
  assert.deepEqual([status, body.detail], [400, 'This order is already paid or cancelled.'])
  const { providerReference, status: state, isOpen } = await paymentOf(order)
  assert.deepEqual([state, isOpen], ['cancelled', false])
  assert.ok(stripe.double.requests.includes(`POST /v1/payment_intents/${providerReference}/cancel`))
})

test('V1-336 a payment that is withdrawn in the moment in which money comes is paid', async () => {
  const { order, reference } = await begun(stripe)
  stripe.pay(reference)
  const { id, accountId } = await paymentOf(order)
  assert.equal((await cancelPayment(shop.server.shop, accountId!, id)).status, 'succeeded')
  assert.equal((await books(order)).paymentStatus, 'paid')
})

test('V1-334 who pays twice gets the second money back; an intent that nobody needs any longer is withdrawn', async () => {
  const { order, reference } = await begun(stripe)
  const { accountId, orderId } = await paymentOf(order)
  const wish = { order: { id: orderId }, provider: 'paypal', returnUrl: null } as const
  const second = await startPayment(shop.server.shop, accountId!, wish)
  stripe.pay(reference)
  paypal.pay(second.providerReference!)
  await tell(shop.server, stripe, stripe.paidEvent(reference))
  await tell(shop.server, paypal, paypal.paidEvent(second.providerReference!))
  // PayPal takes money when we say so: nobody says so for an order that is paid.
  assert.equal(paypal.charges(second.providerReference!), 0)
  minutes(5)
  await followPayments(shop.server.shop)
  const states = (await books(order)).payments.map(({ status, isOpen }) => [status, isOpen])
  assert.deepEqual(states, [
    ['succeeded', false],
    ['cancelled', false],
  ])
  const other = await begun(paypal)
  const cardWish = { order: { number: other.order.number }, provider: 'stripe', returnUrl: null } as const
  const card = await startPayment(shop.server.shop, (await paymentOf(other.order)).accountId!, cardWish)
  paypal.pay(other.reference)
  await tell(shop.server, paypal, paypal.paidEvent(other.reference))
  stripe.pay(card.providerReference!)
  await tell(shop.server, stripe, stripe.paidEvent(card.providerReference!))
  assert.deepEqual([stripe.charges(card.providerReference!), stripe.refunds(card.providerReference!)], [1, 1])
  assert.equal((await books(other.order)).paymentStatus, 'paid')
})

test('V1-330 what the provider will not have is a failed payment; the order stays payable, and an error is logged', async () => {
  const order = await paypal.order()
  const errors: unknown[] = []
  const { log } = shop.server.shop
  const { error } = log
  log.error = (...line: unknown[]) => void errors.push(line)
  const body = { name: 'UNPROCESSABLE_ENTITY', details: [{ issue: 'PAYEE_ACCOUNT_RESTRICTED' }] }
  paypal.double.fail(paypal.asks.intent, { status: 422, body }, 1)
  const refused = await order.start()
  log.error = error
  assert.deepEqual(
    [refused.status, refused.body.detail],
    [400, 'The payment provider does not take this payment. Please pay another way.'],
  )
  assert.match(JSON.stringify(errors), /the gateway refused a payment/)
  const { status, isOpen } = await paymentOf(order)
  assert.deepEqual([status, isOpen], ['failed', false])
  assert.equal((await order.start()).status, 201)
})

test('V1-337 a refund that the provider will not make stays owed, and is asked for again', async () => {
  const { order, reference } = await begun(stripe)
  stripe.pay(reference)
  await tell(shop.server, stripe, stripe.paidEvent(reference))
  const body = { error: { type: 'invalid_request_error', code: 'balance_insufficient', message: 'Too little' } }
  stripe.double.fail(stripe.asks.refund, { status: 400, body }, 1)
  await order.cancel()
  assert.deepEqual([(await paymentOf(order)).status, stripe.refunds(reference)], ['succeeded', 0])
  minutes(2)
  await finishOpenRefunds(shop.server.shop)
  assert.deepEqual([(await paymentOf(order)).status, stripe.refunds(reference)], ['refunded', 1])
})

test('V1-333 a webhook that PayPal cannot confirm now is to come again', async () => {
  const { order, reference } = await begun(paypal)
  paypal.pay(reference)
  const event = paypal.paidEvent(reference)
  paypal.double.fail('POST /v1/notifications', 'tear', 1)
  assert.equal((await tell(shop.server, paypal, event)).status, 503)
  assert.equal((await tell(shop.server, paypal, { ...event, body: `${event.body} ` })).status, 400)
  paypal.double.fail(/capture$/, 'tear afterwards', 1)
  assert.equal((await tell(shop.server, paypal, event)).status, 503)
  assert.equal((await tell(shop.server, paypal, event)).status, 200)
  assert.equal((await books(order)).paymentStatus, 'paid')
  assert.equal(paypal.charges(reference), 1)
})

test('V1-331 where nothing may be simulated, a provider without keys takes no payments, and no order is paid with nothing', async () => {
  const live = await openTestServer({ PAYMENT_MODE: 'live', LOG_LEVEL: 'silent' })
  try {
    const [buyer, product] = [await shopper(live), await tea(live)]
    await buyer.add(product, 2)
    const { body: order } = await buyer.checkOut()
    assert.deepEqual([order.status, order.payment_status], ['PENDING', 'PENDING'])
    const wish = { order_id: order.order_number, amount: order.total_price, currency: 'INR', payment_method: 'upi' }
    const { status, body } = await buyer.ask('POST', '/payments/initiate/', wish)
    assert.deepEqual([status, body], [400, { error: 'This shop takes no payments online.' }])
    const byCard = await orderOnV1(live, 'stripe')
    const refused = await byCard.start()
    assert.deepEqual([refused.status, refused.body.detail], [400, 'This shop takes no payments by this provider.'])
    assert.deepEqual((await booksOf(live, byCard.number)).payments, [])
    assert.deepEqual((await booksOf(live, order.order_number)).payments, [])
  } finally {
    await live.close()
  }
})
