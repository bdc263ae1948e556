import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { finishOpenRefunds } from '#commerce/checkout'
import { examine } from '#commerce/doctor'
import { staffMember } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertAnswer, NO_CREDENTIALS } from '../../../test/storefront.ts'
import { shopper, tea, tellPayment } from '../../../test/storefront-shopper.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

const unitsOf = async (variantId: number) => {
  const { rows } = await sql<{ onHand: number }>`
    select on_hand from inventory.levels where variant_id = ${variantId}`.execute(server.shop.db)
  return rows[0]!.onHand
}
const lettersTo = (email: string) => server.shop.letters.filter(({ to }) => to === email)

test('SF-313 SF-314 SF-315 SF-316 SF-319 SF-329 a cancelled order gives its stock back once, and keeps the money until asked', async () => {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product, 4)
  const { body: order } = await buyer.checkOut()
  const answers = await Promise.all([1, 2, 3].map(() => buyer.ask('POST', `/orders/${order.order_number}/cancel/`)))
  const done = answers.filter(({ status }) => status === 200)
  assert.equal(done.length, 1)
  assert.deepEqual([done[0]!.body.order_number, done[0]!.body.status], [order.order_number, 'CANCELLED'])
  for (const { status, body } of answers)
    if (status !== 200) assert.deepEqual([status, typeof body.error], [400, 'string'])
  assert.equal(await unitsOf(product.variantIds[0]!), 10)
  await server.shop.runJobs()
  const letter = lettersTo(buyer.email).find(({ subject }) => /cancel/i.test(subject))
  assert.ok(letter!.text.includes(order.order_number))
  assert.equal(letter!.attachments.length, 0)
  const detail = await buyer.ask('GET', `/orders/${order.order_number}/`)
  assert.deepEqual([detail.body.status, detail.body.payment_status], ['CANCELLED', 'COMPLETED'])
  const refund = await buyer.ask('POST', '/payments/refund/', {
    order_id: order.order_number,
    amount: order.total_price,
  })
  assert.equal(refund.status, 200)
})

test('SF-318 SF-017 only the buyer cancels an order; who he is has to be known', async () => {
  const [buyer, stranger, product] = [await shopper(server), await shopper(server), await tea(server)]
  await buyer.add(product)
  const { body: order } = await buyer.checkOut()
  for (const name of [order.order_number, order.id, 'ORD-AAAAAAAA', 'x'])
    assertAnswer(await stranger.ask('POST', `/orders/${name}/cancel/`), 404, { error: 'Order not found.' })
  for (const [method, path] of [
    ['GET', 'history/'],
    ['GET', `${order.order_number}/`],
    ['POST', `${order.order_number}/cancel/`],
  ] as const)
    assertAnswer(await server.call(method, `/api/orders/${path}`), 401, NO_CREDENTIALS)
  assert.equal((await buyer.ask('GET', `/orders/${order.id}/`)).body.status, 'PROCESSING')
})

test('V1-307 what was paid at once on the storefront goes back where v1 cancels it, as its document says', async () => {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product)
  const { body: order } = await buyer.checkOut()
  const cancelled = await buyer.ask('POST', `/v1/orders/${order.order_number}/cancel/`)
  assert.deepEqual([cancelled.status, cancelled.body.status], [200, 'cancelled'])
  const detail = await buyer.ask('GET', `/orders/${order.order_number}/`)
  assert.deepEqual([detail.body.status, detail.body.payment_status], ['CANCELLED', 'REFUNDED'])
})

test('V1-307 SF-371 money that was asked for goes back with the rest where v1 cancels the order; staff has nothing to decide', async () => {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product)
  const { body: order } = await buyer.checkOut()
  await buyer.ask('POST', '/payments/refund/', { order_id: order.id, amount: '100.00' })
  await buyer.ask('POST', `/v1/orders/${order.order_number}/cancel/`)
  server.shop.pass(60_000)
  assert.equal(await finishOpenRefunds(server.shop), 1)
  assert.equal((await buyer.ask('GET', `/orders/${order.id}/`)).body.payment_status, 'REFUNDED')
  const { access: token } = await staffMember(server)
  const path = `/api/admin/payments/refund/?search=${order.order_number}`
  const { body: listed } = await server.call('GET', path, { token })
  assert.deepEqual(
    listed.results.map(({ status }: { status: string }) => status),
    ['completed', 'completed'],
  )
})

test('SF-361 money for an order that was cancelled is recorded; the order stays cancelled', async () => {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product)
  const { body: order } = await buyer.checkOut({ deferred: true })
  const pay = { order_id: order.id, amount: order.total_price, currency: 'INR', payment_method: 'upi' }
  const { body: payment } = await buyer.ask('POST', '/payments/initiate/', pay)
  await buyer.ask('POST', `/orders/${order.id}/cancel/`)
  const told = {
    payment_id: payment.payment_id,
    order_id: order.order_number,
    status: 'completed',
    amount: order.total_price,
  }
  assertAnswer(await tellPayment(server, told), 200, { status: 'ok' })
  const status = await buyer.ask('GET', `/payments/status/${payment.payment_id}/`)
  assert.equal(status.body.status, 'completed')
  assert.equal((await buyer.ask('GET', `/orders/${order.id}/`)).body.status, 'CANCELLED')
  await server.shop.runJobs()
  assert.ok(!lettersTo(buyer.email).some(({ subject }) => /confirmed/.test(subject)))
  const wish = { order_id: order.id, amount: order.total_price }
  assert.equal((await buyer.ask('POST', '/payments/refund/', wish)).status, 200)
})
