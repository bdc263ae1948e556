// The page from which a buyer goes to Razorpay, and to which Razorpay sends him back.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { insertPayment, toPaymentNumber } from '#commerce/payments'
import { inTransaction } from '#platform/database'
import { booksOf, openTills, type Till, type Tills } from '../../../test/gateway-doubles/tills.ts'

let shop: Tills
let razorpay: Till
before(async () => {
  shop = await openTills(2000)
  razorpay = shop.tills[2]!
})
after(() => shop.close())

async function begun() {
  const order = await razorpay.order()
  const { body } = await order.start()
  const { payments } = await booksOf(shop.server, order.number)
  const { pathname } = new URL(body.checkout_url)
  return { order, page: pathname, reference: payments[0]!.providerReference!, payment: payments[0]! }
}
const comeBack = (page: string) =>
  shop.server.call('POST', page, {
    body: 'razorpay_payment_id=pay_1&razorpay_signature=anything',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

test('SF-350 the page leads to Razorpay with its order, without a script, and nowhere else', async () => {
  const { page, reference, payment } = await begun()
  const { status, body, headers } = await shop.server.call('GET', page)
  const html = body.toString()
  assert.equal(status, 200)
  assert.ok(html.includes(`action="${razorpay.double.url}/v1/checkout/embedded"`))
  assert.ok(html.includes(`name="order_id" value="${reference}"`))
  assert.ok(html.includes(`name="notes[payment_id]" value="${payment.id}"`))
  assert.ok(html.includes('name="key_id" value="rzp_test_double"'))
  assert.doesNotMatch(html, /<script|no money moves|secret-of/)
  assert.match(String(headers['content-security-policy']), /form-action 'self' http:\/\/127\.0\.0\.1:\d+;/)
})

test('SF-351 a buyer who comes back is not believed: Razorpay is asked', async () => {
  const { order, page, reference } = await begun()
  const early = await comeBack(page)
  assert.match(String(early.headers.location), /status=pending/)
  razorpay.pay(reference)
  const { status, headers } = await comeBack(page)
  assert.equal(status, 303)
  assert.match(String(headers.location), /^http:\/\/localhost:3000\/\?order=ORD-.*status=completed/)
  assert.equal((await booksOf(shop.server, order.number)).paymentStatus, 'paid')
  assert.match((await shop.server.call('GET', page)).body.toString(), /This payment is done/)
})

test('where money is real, the shop’s own gateway is closed: nobody pays with the press of a button', async () => {
  const order = await razorpay.order()
  const { order: placed } = await booksOf(shop.server, order.number)
  const payment = await inTransaction(shop.server.shop.db, (tx) =>
    insertPayment(
      tx,
      {
        ...{ orderId: placed.id, orderNumber: placed.number, accountId: placed.accountId, provider: 'builtin' },
        ...{ amountMinor: placed.totalMinor, currency: placed.currency },
      },
      shop.server.shop.now(),
    ),
  )
  const page = `/pay/${toPaymentNumber(payment.id)}/`
  assert.equal((await shop.server.call('GET', page)).status, 404)
  const pressed = await shop.server.call('POST', page, { body: 'verdict=pay' })
  assert.equal(pressed.status, 404)
  assert.equal((await booksOf(shop.server, order.number)).paymentStatus, 'pending')
})
