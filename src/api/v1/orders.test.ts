import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { examine } from '#commerce/doctor'
import { addCoupon } from '#commerce/promotions'
import { inTransaction } from '#platform/database'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { runOn } from '../../../test/template.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

const orderOf = (extra: object = {}) => ({ shipping_address: ADDRESS, ...extra })
const place = (token: string, body: object = orderOf(), headers: Record<string, string> = {}) =>
  server.call('POST', '/api/v1/orders/', { token, body, headers })
const stockOf = async (productId: number) => (await server.call('GET', `/api/v1/products/${productId}/`)).body.stock

async function buyerWith(quantity = 1, article?: Awaited<ReturnType<typeof stockedArticle>>) {
  const buyer = await signedUp(server)
  const bought = article ?? (await stockedArticle(server.shop))
  await fillCart(server.shop, buyer.accountId, [bought, quantity])
  return { buyer, article: bought }
}

test('V1-300 V1-301 an order is made of the cart, adds up to the cent, empties the cart and takes the stock', async () => {
  const { buyer, article } = await buyerWith(3, await stockedArticle(server.shop, { priceMinor: 1999, quantity: 5 }))
  const { status, body, statements } = await place(buyer.access, orderOf({ notes: 'ring twice' }))
  assert.equal(status, 201)
  assert.match(body.order_number, /^ORD-[A-Z0-9]{8}$/)
  assert.equal(body.subtotal, '59.97')
  assert.equal(body.tax, '10.79')
  assert.equal(body.shipping_cost, '5.00')
  assert.equal(body.total, '75.76')
  assert.deepEqual([body.status, body.payment_status, body.can_cancel], ['pending', 'pending', true])
  assert.equal(body.items[0].quantity, 3)
  assert.equal(body.items[0].line_total, '59.97')
  assert.equal(body.shipping_address.city, 'London')
  assert.equal(body.items[0].product_snapshot.name, article.name)
  assert.ok(statements <= 14, `${statements} statements`)
  const cart = await server.call('GET', '/api/v1/cart/', { token: buyer.access })
  assert.deepEqual(cart.body.items, [])
  assert.equal(await stockOf(article.productId), 2)
})

test('V1-300 an order of 60 lines with coupon, key and cash on delivery stays within 14 statements', async () => {
  const buyer = await signedUp(server)
  for (let line = 0; line < 60; line += 1)
    await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 1])
  await someCoupon('SIXTY')
  const { status, body, statements } = await place(
    buyer.access,
    orderOf({ payment_method: 'cod', coupon_code: 'sixty' }),
    { 'idempotency-key': 'sixty lines' },
  )
  assert.equal(status, 201)
  assert.equal(body.items.length, 60)
  assert.ok(statements <= 14, `${statements} statements`)
})

test('V1-300 an address that names nobody is the buyer’s own', async () => {
  const { access, accountId } = await signedUp(server, { phone: '+442079460000' })
  await fillCart(server.shop, accountId, [await stockedArticle(server.shop), 1])
  const { full_name, phone } = (await place(access, orderOf({ shipping_address: { ...ADDRESS, full_name: '' } }))).body
    .shipping_address
  assert.deepEqual([full_name, phone], ['Sam Shopper', '+442079460000'])
})

test('V1-302 an empty cart answers 400', async () => {
  const { access } = await signedUp(server)
  const { status, body } = await place(access)
  assert.equal(status, 400)
  assert.deepEqual(body, { non_field_errors: ['Your cart is empty.'] })
})

test('V1-302 lack of stock answers 400 and leaves cart and stock as they were', async () => {
  const article = await stockedArticle(server.shop, { quantity: 2 })
  const first = await buyerWith(2, article)
  const second = await buyerWith(1, article)
  assert.equal((await place(first.buyer.access)).status, 201)
  const { status, body } = await place(second.buyer.access)
  assert.equal(status, 400)
  assert.deepEqual(body, { non_field_errors: [`Not enough stock for ${article.name}.`] })
  const cart = await server.call('GET', '/api/v1/cart/', { token: second.buyer.access })
  assert.equal(cart.body.items.length, 1)
})

test('V1-302 addresses: none, a foreign one, an unknown one', async () => {
  const { buyer } = await buyerWith()
  const stranger = await signedUp(server)
  const { body: foreign } = await server.call('POST', '/api/v1/users/addresses/', {
    token: stranger.access,
    body: ADDRESS,
  })
  assert.deepEqual((await place(buyer.access, {})).body, { shipping_address: ['This field is required.'] })
  assert.deepEqual(
    (await place(buyer.access, { shipping_address: { ...ADDRESS, city: 5, country: undefined } })).body,
    {
      shipping_address: ['country: This field is required.', 'city: Not a valid string.'],
    },
  )
  for (const id of [foreign.id, 999_999]) {
    const { status, body } = await place(buyer.access, { shipping_address_id: id })
    assert.equal(status, 400)
    assert.deepEqual(body, { shipping_address_id: ['Address not found.'] })
  }
  for (const id of [foreign.id, 0]) {
    const wrongBilling = await place(buyer.access, orderOf({ billing_address_id: id }))
    assert.deepEqual(wrongBilling.body, { billing_address_id: ['Address not found.'] })
    const wrongBoth = await place(buyer.access, orderOf({ shipping_address_id: id }))
    assert.deepEqual(wrongBoth.body, { shipping_address_id: ['Address not found.'] })
  }
  const blank = await place(buyer.access, { shipping_address: { ...ADDRESS, city: ' ' } })
  assert.deepEqual(blank.body, { shipping_address: ['city: This field may not be blank.'] })
})

test('V1-302 an unusable coupon answers 400 with its reason, and is not used', async () => {
  const { buyer } = await buyerWith()
  await someCoupon('LATER', { validFrom: new Date('2999-01-01') })
  await someCoupon('FORMER', { validTo: new Date('2001-01-01') })
  await someCoupon('LARGE', { minOrderMinor: 99_999 })
  await someCoupon('NOBODY', { usageLimit: 0 })
  const reasons: [string, string][] = [
    ['NOSUCH', 'Invalid coupon code.'],
    ['LATER', 'This coupon is not active yet.'],
    ['FORMER', 'This coupon has expired.'],
    ['LARGE', 'The order does not reach the minimum amount for this coupon.'],
    ['NOBODY', 'This coupon has reached its usage limit.'],
  ]
  for (const [code, reason] of reasons) {
    const { status, body } = await place(buyer.access, orderOf({ coupon_code: code }))
    assert.equal(status, 400)
    assert.deepEqual(body, { coupon_code: [reason] })
  }
})

test('V1-301 a coupon takes its share off before tax; per account it counts', async () => {
  await someCoupon('TENTH', { usageLimitPerAccount: 1 })
  const { buyer, article } = await buyerWith(1, await stockedArticle(server.shop, { priceMinor: 3333 }))
  const { body } = await place(buyer.access, orderOf({ coupon_code: ' tenth ' }))
  assert.deepEqual([body.subtotal, body.discount, body.tax, body.total], ['33.33', '3.33', '5.40', '40.40'])
  assert.equal(body.coupon_code, 'TENTH')
  await fillCart(server.shop, buyer.accountId, [article, 1])
  const again = await place(buyer.access, orderOf({ coupon_code: 'TENTH' }))
  assert.deepEqual(again.body, { coupon_code: ['You have already used this coupon.'] })
})

test('V1-303 the same key and body gets the first answer again and makes one order, also 20 times at once', async () => {
  const { buyer, article } = await buyerWith(1)
  const headers = { 'idempotency-key': 'the-same' }
  const answers = await Promise.all(Array.from({ length: 20 }, () => place(buyer.access, orderOf(), headers)))
  assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([201]))
  assert.equal(new Set(answers.map((answer) => JSON.stringify(answer.body))).size, 1)
  assert.equal(answers.filter((answer) => answer.headers['idempotent-replayed'] === 'true').length, 19)
  await fillCart(server.shop, buyer.accountId, [article, 1])
  assert.equal((await place(buyer.access, orderOf(), headers)).headers['idempotent-replayed'], 'true')
  const orders = await server.call('GET', '/api/v1/orders/', { token: buyer.access })
  assert.equal(orders.body.count, 1)
})

test('V1-303 the same key with another body answers 409; a key that is too long 400', async () => {
  const { buyer } = await buyerWith()
  const headers = { 'idempotency-key': 'another-body' }
  assert.equal((await place(buyer.access, orderOf(), headers)).status, 201)
  assert.equal((await place(buyer.access, orderOf({ notes: 'other' }), headers)).status, 409)
  assert.equal((await place(buyer.access, orderOf(), { 'idempotency-key': 'x'.repeat(256) })).status, 400)
})

test('V1-304 the list shows own orders, filtered and ordered; staff may see all', async () => {
  const { buyer } = await buyerWith()
  const { body: order } = await place(buyer.access)
  const list = async (query: string, token = buyer.access) =>
    (await server.call('GET', `/api/v1/orders/${query}`, { token })).body
  assert.equal((await list('')).count, 1)
  assert.equal((await list('?status=cancelled')).count, 0)
  assert.equal((await list('?start_date=2999-01-01')).count, 0)
  assert.deepEqual(await list('?end_date=nonsense'), { end_date: ['Date has wrong format. Use YYYY-MM-DD.'] })
  assert.deepEqual(await list('?status=lost'), { status: ['"lost" is not a valid choice.'] })
  assert.deepEqual(await list('?all=perhaps'), { all: ['Must be a valid boolean.'] })
  assert.equal((await list('?all=true')).count, 1)
  const staff = await staffMember(server)
  assert.equal((await list('', staff.access)).count, 0)
  const all = await list('?all=true&page_size=100', staff.access)
  assert.ok(all.results.some((each: { order_number: string }) => each.order_number === order.order_number))
})

test('V1-305 V1-306 an order and its history are for its owner and staff', async () => {
  const { buyer } = await buyerWith()
  const { body: order } = await place(buyer.access)
  const stranger = await signedUp(server)
  const staff = await staffMember(server)
  const get = (token: string, path = '') =>
    server.call('GET', `/api/v1/orders/${order.order_number}/${path}`, { token })
  assert.deepEqual((await get(buyer.access)).body, order)
  assert.equal((await get(staff.access)).status, 200)
  assert.equal((await get(stranger.access)).status, 404)
  const history = await get(buyer.access, 'history/')
  assert.deepEqual(
    history.body.map((entry: Record<string, string>) => [entry.status, entry.payment_status, entry.actor]),
    [['pending', 'pending', 'customer']],
  )
  assert.equal((await get(stranger.access, 'history/')).status, 404)
})

test('V1-307 cancelling gives the stock and the coupon back, once', async () => {
  await someCoupon('ONCE', { usageLimit: 1 })
  const { buyer, article } = await buyerWith(4)
  const { body: order } = await place(buyer.access, orderOf({ coupon_code: 'ONCE' }))
  assert.equal(await stockOf(article.productId), 6)
  const cancel = () =>
    server.call('POST', `/api/v1/orders/${order.order_number}/cancel/`, {
      token: buyer.access,
      body: { reason: 'no need' },
    })
  const answers = await Promise.all([cancel(), cancel(), cancel()])
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 400, 400])
  assert.deepEqual(answers.find((answer) => answer.status === 400)?.body, {
    detail: 'This order can no longer be cancelled.',
  })
  assert.equal(answers.find((answer) => answer.status === 200)?.body.status, 'cancelled')
  assert.equal(await stockOf(article.productId), 10)
  const next = await buyerWith(1, article)
  assert.equal((await place(next.buyer.access, orderOf({ coupon_code: 'ONCE' }))).status, 201)
})

test('V1-308 staff moves an order on step by step, and not otherwise; cash is paid on delivery', async () => {
  const { buyer } = await buyerWith()
  const { body: order } = await place(buyer.access, orderOf({ payment_method: 'cod' }))
  const staff = await staffMember(server)
  const move = (status: string, token = staff.access) =>
    server.call('POST', `/api/v1/orders/${order.order_number}/status/`, { token, body: { status } })
  assert.equal(order.status, 'processing')
  assert.equal((await move('shipped', buyer.access)).status, 403)
  assert.deepEqual((await move('delivered')).body, {
    status: ['Invalid status transition from processing to delivered.'],
  })
  assert.equal((await move('shipped')).body.status, 'shipped')
  const cancel = await server.call('POST', `/api/v1/orders/${order.order_number}/cancel/`, { token: buyer.access })
  assert.equal(cancel.status, 400)
  const { body: delivered } = await move('delivered')
  assert.deepEqual([delivered.status, delivered.payment_status], ['delivered', 'paid'])
  assert.equal((await move('pending')).status, 400)
})

test('V1-313 an order that costs nothing is paid at once, and nothing is collected at the door', async () => {
  const rate = (minor: number) => `update shipping.methods set rate_minor = ${minor} where code = 'express'`
  const { buyer } = await buyerWith(1, await stockedArticle(server.shop, { priceMinor: 0 }))
  await runOn(server.shop.databaseUrl, (client) => client.query(rate(0)))
  const { body: order } = await place(buyer.access, orderOf({ payment_method: 'cod', shipping_method: 'express' }))
  await runOn(server.shop.databaseUrl, (client) => client.query(rate(1500)))
  assert.deepEqual([order.total, order.status, order.payment_status], ['0.00', 'processing', 'paid'])
  assert.equal((await server.call('GET', '/api/v1/payments/', { token: buyer.access })).body.count, 0)
})

test('V1-311 the invoice is a PDF named after the order, for its owner', async () => {
  const { buyer } = await buyerWith()
  const { body: order } = await place(buyer.access)
  const url = `/api/v1/orders/${order.order_number}/invoice/`
  const { status, body, headers } = await server.call('GET', url, { token: buyer.access })
  assert.equal(status, 200)
  assert.equal(headers['content-type'], 'application/pdf')
  assert.match(
    String(headers['content-disposition']),
    new RegExp(`attachment; filename=".*${order.order_number}.*\\.pdf"`),
  )
  assert.equal(body.subarray(0, 5).toString(), '%PDF-')
  const stranger = await signedUp(server)
  assert.equal((await server.call('GET', url, { token: stranger.access })).status, 404)
})

function someCoupon(code: string, rules: object = {}): Promise<void> {
  const none = { amountMinor: null, currency: null, minOrderMinor: null, maxDiscountMinor: null, usageLimit: null }
  const open = {
    usageLimitPerAccount: null,
    validFrom: null,
    validTo: null,
    isActive: true,
    productIds: [],
    categoryIds: [],
  }
  const coupon = {
    code,
    description: '',
    discountType: 'percentage' as const,
    percent: '10',
    firstOrderOnly: false,
    ...none,
    ...open,
    ...rules,
  }
  return inTransaction(server.shop.db, (tx) => addCoupon(tx, coupon))
}
