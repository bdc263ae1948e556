import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { settleRequestedRefund } from '#commerce/checkout'
import { examine } from '#commerce/doctor'
import { readRefundNumber } from '#commerce/payments'
import { staffMember } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertAnswer, NO_CREDENTIALS } from '../../../test/storefront.ts'
import { type Shopper, shopper, tea, tellPayment } from '../../../test/storefront-shopper.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ LOG_LEVEL: 'silent' })
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

type Order = { id: number; order_number: string; total_price: string; payment_id: string }

async function ordered(deferred: boolean): Promise<{ buyer: Shopper; order: Order }> {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product, 2)
  return { buyer, order: (await buyer.checkOut({ deferred })).body }
}
const wishOf = (order: Order, rest: object = {}) => ({
  ...{ order_id: order.order_number, amount: order.total_price, currency: 'INR', payment_method: 'upi' },
  ...rest,
})
const initiate = (buyer: Shopper, order: Order, rest: object = {}, headers = {}) =>
  buyer.ask('POST', '/payments/initiate/', wishOf(order, rest), headers)
const told = (order: Order, payment_id: string, status: string, amount: unknown = order.total_price) => ({
  ...{ payment_id, order_id: order.order_number, status, amount },
})
const stateOf = async (buyer: Shopper, order: Order) => {
  const { body } = await buyer.ask('GET', `/orders/${order.id}/`)
  return [body.status, body.payment_status]
}
const lettersTo = (email: string) => server.shop.letters.filter(({ to }) => to === email)

test('SF-350 SF-351 an order that waits is paid at a page; one that is paid charges nothing', async () => {
  const { buyer, order } = await ordered(true)
  const { status, body } = await initiate(buyer, order)
  assert.deepEqual([status, body.status], [200, 'pending'])
  assert.match(body.payment_id, /^PAY-[0-9A-F]{32}$/)
  assert.ok(body.checkout_url.startsWith(`${server.shop.config.PUBLIC_URL}/`))
  const again = await initiate(buyer, order, { order_id: order.id, amount: Number(order.total_price) })
  assert.equal(again.body.payment_id, body.payment_id)
  const paid = await ordered(false)
  const settled = await initiate(paid.buyer, paid.order)
  assert.deepEqual(
    [settled.status, settled.body.status, settled.body.payment_id],
    [200, 'completed', paid.order.payment_id],
  )
})

test('SF-352 SF-353 SF-354 SF-375 what cannot be paid says why', async () => {
  const { buyer, order } = await ordered(true)
  const odd = [
    { amount: '1.00' },
    { amount: 'x' },
    { amount: 0 },
    { amount: -5 },
    { amount: null },
    { currency: 'USD' },
    { payment_method: 'cash' },
    { payment_method: undefined },
  ]
  for (const rest of odd) {
    const { status, body } = await initiate(buyer, order, rest)
    assert.deepEqual([status, typeof body.error], [400, 'string'], JSON.stringify(rest))
  }
  const stranger = await shopper(server)
  assertAnswer(await initiate(stranger, order), 404, { error: 'Order not found.' })
  assertAnswer(await initiate(buyer, order, { order_id: 'ORD-22222222' }), 404, { error: 'Order not found.' })
  await buyer.ask('POST', `/orders/${order.id}/cancel/`)
  const cancelled = await initiate(buyer, order)
  assert.deepEqual([cancelled.status, typeof cancelled.body.error], [400, 'string'])
  const paid = await ordered(false)
  await paid.buyer.ask('POST', `/orders/${paid.order.id}/cancel/`)
  const paidAndCancelled = await initiate(paid.buyer, paid.order)
  assert.deepEqual([paidAndCancelled.status, typeof paidAndCancelled.body.error], [400, 'string'])
  for (const [method, path] of [
    ['POST', 'initiate/'],
    ['GET', 'status/PAY-1/'],
    ['POST', 'refund/'],
    ['GET', 'history/'],
  ] as const)
    assertAnswer(
      await server.call(method, `/api/payments/${path}`, method === 'POST' ? { body: {} } : {}),
      401,
      NO_CREDENTIALS,
    )
})

test('SF-355 SF-357 a completed payment pays the order, once, however often it is told', async () => {
  const { buyer, order } = await ordered(true)
  const { payment_id } = (await initiate(buyer, order)).body
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => tellPayment(server, told(order, payment_id, 'completed'))),
  )
  for (const answer of answers) assertAnswer(answer, 200, { status: 'ok' })
  assert.deepEqual(await stateOf(buyer, order), ['PROCESSING', 'COMPLETED'])
  await server.shop.runJobs()
  const [letter, ...others] = lettersTo(buyer.email)
  assert.equal(others.length, 0)
  assert.equal(letter!.attachments.length, 1)
})

test('SF-356 SF-360 what is not signed, or not true, changes nothing', async () => {
  const { buyer, order } = await ordered(true)
  const { payment_id } = (await initiate(buyer, order)).body
  const good = told(order, payment_id, 'completed')
  const unsigned = { error: 'Invalid webhook signature' }
  assertAnswer(await tellPayment(server, good, { secret: 'another' }), 401, unsigned)
  assertAnswer(await tellPayment(server, good, { signed: { ...good, amount: '1' } }), 401, unsigned)
  assertAnswer(await server.call('POST', '/api/payments/webhook/', { body: good }), 401, unsigned)
  const malformed = { body: JSON.stringify(good), headers: { 'x-webhook-signature': 'sha1=00' } }
  assertAnswer(await server.call('POST', '/api/payments/webhook/', malformed), 401, unsigned)
  const unknown = told(order, `PAY-${'0'.repeat(32)}`, 'completed')
  assertAnswer(await tellPayment(server, unknown), 404, { error: 'Payment not found.' })
  assertAnswer(await tellPayment(server, told(order, 'PAY-1', 'completed')), 404, { error: 'Payment not found.' })
  const wrong = [
    told(order, payment_id, 'completed', '1.00'),
    told(order, payment_id, 'completed', null),
    told(order, payment_id, 'paid'),
    { ...good, order_id: 'ORD-22222222' },
    'no object' as never,
  ]
  for (const event of wrong) {
    const { status, body } = await tellPayment(server, event)
    assert.deepEqual([status, typeof body.error], [400, 'string'], JSON.stringify(event))
  }
  assert.deepEqual(await stateOf(buyer, order), ['PENDING', 'PENDING'])
})

test('SF-358 SF-359 a failed payment leaves the order to be paid; late failures change nothing', async () => {
  const { buyer, order } = await ordered(true)
  const { payment_id } = (await initiate(buyer, order)).body
  assertAnswer(await tellPayment(server, told(order, payment_id, 'failed')), 200, { status: 'ok' })
  assert.deepEqual(await stateOf(buyer, order), ['PENDING', 'FAILED'])
  assert.equal((await buyer.ask('GET', `/payments/status/${payment_id}/`)).body.status, 'failed')
  const second = (await initiate(buyer, order)).body
  assert.notEqual(second.payment_id, payment_id)
  await tellPayment(server, told(order, second.payment_id, 'completed'))
  assertAnswer(await tellPayment(server, told(order, second.payment_id, 'failed')), 200, { status: 'ok' })
  assert.deepEqual(await stateOf(buyer, order), ['PROCESSING', 'COMPLETED'])
  assert.equal((await buyer.ask('GET', `/payments/status/${second.payment_id}/`)).body.status, 'completed')
})

test('SF-362 a second payment of a paid order fails, and the operator is told', async () => {
  const { buyer, order } = await ordered(true)
  const [one, other] = [
    (await initiate(buyer, order)).body,
    (await initiate(buyer, order, { payment_method: 'card' })).body,
  ]
  assert.notEqual(one.payment_id, other.payment_id)
  await tellPayment(server, told(order, one.payment_id, 'completed'))
  assertAnswer(await tellPayment(server, told(order, other.payment_id, 'completed')), 200, { status: 'ok' })
  await server.shop.trail.flush()
  const { access: token } = await staffMember(server, { surface: 'storefront' })
  const { body: log } = await server.call('GET', `/api/admin/analytics/errorlog/?search=${other.payment_id}`, { token })
  assert.deepEqual([log.count, log.results[0]?.user.id], [1, buyer.accountId])
  assert.match(log.results[0].error_message, new RegExp(`^${order.order_number} was paid twice`))
  assert.deepEqual(await stateOf(buyer, order), ['PROCESSING', 'COMPLETED'])
  assert.equal((await buyer.ask('GET', `/payments/status/${other.payment_id}/`)).body.status, 'failed')
})

test('SF-364 SF-365 the state of a payment is its buyer’s to see', async () => {
  const { buyer, order } = await ordered(false)
  const { status, body } = await buyer.ask('GET', `/payments/status/${order.payment_id}/`)
  const { timestamp, ...rest } = body
  assert.match(timestamp, /Z$/)
  assert.deepEqual(
    [status, rest],
    [200, { payment_id: order.payment_id, status: 'completed', amount: order.total_price, payment_method: 'card' }],
  )
  const stranger = await shopper(server)
  const missing = { error: 'Payment not found.' }
  assertAnswer(await stranger.ask('GET', `/payments/status/${order.payment_id}/`), 404, missing)
  for (const odd of ['PAY-1', 'x', `PAY-${'F'.repeat(32)}`, '%00'])
    assert.equal((await buyer.ask('GET', `/payments/status/${odd}/`)).status, 404)
})

test('SF-366 SF-367 SF-368 SF-371 refunds are asked for in parts, and never above what was paid', async () => {
  const { buyer, order } = await ordered(false)
  const ask = (amount: unknown) =>
    buyer.ask('POST', '/payments/refund/', { order_id: order.id, amount, reason: 'Too much tea' })
  const { status, body } = await ask('199.98')
  assert.equal(status, 200)
  assert.match(body.refund_id, /^REF-[0-9A-F]{32}$/)
  assert.deepEqual([body.status, body.amount, body.estimated_days], ['processing', '199.98', '5-7'])
  assert.deepEqual(await stateOf(buyer, order), ['PROCESSING', 'COMPLETED'])
  const answers = await Promise.all(Array.from({ length: 5 }, () => ask(500)))
  assert.equal(answers.filter((answer) => answer.status === 200).length, 2)
  for (const answer of answers)
    if (answer.status !== 200) assert.deepEqual([answer.status, typeof answer.body.error], [400, 'string'])
  assert.equal((await ask('0.01')).status, 400)
})

test('SF-369 SF-370 what cannot be refunded says why', async () => {
  const { buyer, order } = await ordered(true)
  const unpaid = await buyer.ask('POST', '/payments/refund/', { order_id: order.id, amount: '1' })
  assert.deepEqual([unpaid.status, typeof unpaid.body.error], [400, 'string'])
  const paid = await ordered(false)
  for (const amount of [0, -1, '1.234', 'x', null, undefined, {}]) {
    const { status, body } = await paid.buyer.ask('POST', '/payments/refund/', { order_id: paid.order.id, amount })
    assert.deepEqual([status, typeof body.error], [400, 'string'], JSON.stringify(amount))
  }
  assertAnswer(await buyer.ask('POST', '/payments/refund/', { order_id: paid.order.id, amount: '1' }), 404, {
    error: 'Order not found.',
  })
})

test('SF-469 staff settles a request once; rejected, it may be asked for again; completed in full, the order is refunded', async () => {
  const { buyer, order } = await ordered(false)
  const ask = async (amount: string) =>
    readRefundNumber((await buyer.ask('POST', '/payments/refund/', { order_id: order.id, amount })).body.refund_id)!
  const first = await ask(order.total_price)
  await settleRequestedRefund(server.shop, first, 'rejected', 'staff')
  await assert.rejects(settleRequestedRefund(server.shop, first, 'completed', 'staff'), { code: 'refund_settled' })
  const [part, rest] = [await ask('199.98'), await ask('1000.00')]
  await settleRequestedRefund(server.shop, part, 'completed', 'staff')
  assert.deepEqual(await stateOf(buyer, order), ['PROCESSING', 'COMPLETED'])
  const both = await Promise.allSettled(
    [1, 2].map(() => settleRequestedRefund(server.shop, rest, 'completed', 'staff')),
  )
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  assert.deepEqual(await stateOf(buyer, order), ['PROCESSING', 'REFUNDED'])
})

test('SF-372 SF-373 SF-374 the history of payments has pages and days', async () => {
  const { buyer, order } = await ordered(false)
  server.shop.pass(1000)
  const product = await tea(server)
  await buyer.add(product)
  const { body: second } = await buyer.checkOut()
  const history = (query = '') => buyer.ask('GET', `/payments/history/${query}`)
  const { body } = await history()
  assert.deepEqual([body.total, body.page, body.limit], [2, 1, 10])
  assert.deepEqual(
    body.results.map(({ order_id }: { order_id: string }) => order_id),
    [second.order_number, order.order_number],
  )
  assert.deepEqual((await history('?page=2&limit=1')).body.results.length, 1)
  assertAnswer(await history('?page=9'), 200, { total: 2, page: 9, limit: 10, results: [] })
  assert.deepEqual((await history(`?page=${10 ** 12}`)).body.results, [])
  assert.equal((await history('?limit=1000')).body.limit, 100)
  for (const query of ['?page=0', '?page=-1', '?page=x', '?limit=0', '?limit=1.5'])
    assert.equal((await history(query)).status, 400, query)
  const today = server.shop.now().toISOString().slice(0, 10)
  assert.equal((await history(`?start_date=${today}&end_date=${today}`)).body.total, 2)
  assert.equal((await history('?end_date=2020-01-01')).body.total, 0)
  for (const query of ['?start_date=2026-02-30', '?end_date=x'])
    assertAnswer(await history(query), 400, { error: 'Invalid date format. Use YYYY-MM-DD.' })
})
