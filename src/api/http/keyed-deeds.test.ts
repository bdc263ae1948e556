import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { examine } from '#commerce/doctor'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { shopper, tea } from '../../../test/storefront-shopper.ts'
import { stripe } from '../../../test/webhooks.ts'

let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await staffMember(server)
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

const REPEATS = 100
let keys = 0

/** A hundred at once, with one key: one answer. */
async function repeat(method: 'POST' | 'PATCH', path: string, token: string, body: object) {
  keys += 1
  const headers = { 'idempotency-key': `deed ${keys}` }
  const answers = await Promise.all(
    Array.from({ length: REPEATS }, () => server.call(method, path, { token, body, headers })),
  )
  const told = new Set(answers.map(({ status, body: said }) => `${status} ${JSON.stringify(said)}`))
  assert.equal(told.size, 1, [...told].join('\n'))
  assert.equal(answers.filter((answer) => answer.headers['idempotent-replayed'] === 'true').length, REPEATS - 1)
  return answers[0]!
}

async function paid(): Promise<{ buyer: SignedUp; number: string; articleId: number }> {
  const buyer = await signedUp(server)
  const article = await stockedArticle(server.shop)
  await fillCart(server.shop, buyer.accountId, [article, 2])
  const token = buyer.access
  const { body } = await server.call('POST', '/api/v1/orders/', { token, body: { shipping_address: ADDRESS } })
  const wish = { order_number: body.order_number, provider: 'stripe' }
  const { body: payment } = await server.call('POST', '/api/v1/payments/intents/', { token, body: wish })
  await stripe(server, 'payment_intent.succeeded', payment.provider_reference)
  return { buyer, number: body.order_number, articleId: article.productId }
}
const stockOf = async (productId: number) => (await server.call('GET', `/api/v1/products/${productId}/`)).body.stock

test('V1-303 V1-307 a hundred cancellations with one key: one, with one refund, and the same answer', async () => {
  for (const path of ['/api/v1/orders/', '/api/orders/orders/']) {
    const { buyer, number, articleId } = await paid()
    assert.equal((await repeat('POST', `${path}${number}/cancel/`, buyer.access, {})).status, 200)
    assert.equal(await stockOf(articleId), 10)
    const { body } = await server.call('GET', `/api/v1/orders/${number}/`, { token: buyer.access })
    assert.deepEqual([body.status, body.payment_status], ['cancelled', 'refunded'])
    const again = await server.call('POST', `${path}${number}/cancel/`, { token: buyer.access, body: {} })
    assert.equal(again.status, 400, 'without the key it is another cancellation')
  }
})

test('SF-313 V1-303 on the storefront too', async () => {
  const buyer = await shopper(server)
  await buyer.add(await tea(server), 1)
  const { body: order } = await buyer.checkOut()
  assert.equal((await repeat('POST', `/api/orders/${order.order_number}/cancel/`, buyer.access, {})).status, 200)
})

test('V1-303 V1-308 a step of an order, and a payment that is withdrawn', async () => {
  const { number } = await paid()
  for (const status of ['shipped', 'delivered'])
    assert.equal(
      (await repeat('POST', `/api/v1/orders/${number}/status/`, staff.access, { status })).body.status,
      status,
    )
  const { buyer, number: other } = await paid()
  await server.call('PATCH', `/api/orders/orders/${other}/status/`, {
    token: staff.access,
    body: { status: 'SHIPPED' },
  })
  const moved = await repeat('PATCH', `/api/orders/orders/${other}/status/`, staff.access, { status: 'DELIVERED' })
  assert.equal(moved.status, 200)
  const article = await stockedArticle(server.shop)
  await fillCart(server.shop, buyer.accountId, [article, 1])
  const { body: order } = await server.call('POST', '/api/v1/orders/', {
    token: buyer.access,
    body: { shipping_address: ADDRESS },
  })
  const wish = { order_number: order.order_number, provider: 'stripe' }
  const { body: payment } = await server.call('POST', '/api/v1/payments/intents/', { token: buyer.access, body: wish })
  const withdrawn = await repeat('POST', `/api/v1/payments/intents/${payment.id}/cancel/`, buyer.access, {})
  assert.deepEqual([withdrawn.status, withdrawn.body.status], [200, 'cancelled'])
})

test('SF-482 SF-469 V1-303 what staff does in the admin', async () => {
  const buyer = await shopper(server)
  await buyer.add(await tea(server), 1)
  const { body: order } = await buyer.checkOut()
  const shipped = await repeat('PATCH', `/api/admin/orders/order/${order.id}/`, staff.access, { status: 'SHIPPED' })
  assert.equal(shipped.body.status, 'SHIPPED')
  const wish = { order_id: order.order_number, amount: '1.00' }
  assert.ok((await buyer.ask('POST', '/payments/refund/', wish)).status < 300)
  const { body } = await server.call('GET', `/api/admin/payments/refund/?search=${order.order_number}`, {
    token: staff.access,
  })
  const path = `/api/admin/payments/refund/${body.results[0].id}/`
  assert.equal((await repeat('PATCH', path, staff.access, { status: 'completed' })).body.status, 'completed')
})

test('SF-319 an order of another surface that is cancelled here is refunded as it would be there', async () => {
  const { buyer, number } = await paid()
  const { status } = await server.call('POST', `/api/orders/${number}/cancel/`, { token: buyer.access, body: {} })
  assert.equal(status, 200)
  const { body } = await server.call('GET', `/api/v1/orders/${number}/`, { token: buyer.access })
  assert.deepEqual([body.status, body.payment_status], ['cancelled', 'refunded'])
})
