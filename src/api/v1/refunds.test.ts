import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { examine } from '#commerce/doctor'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { stripe } from '../../../test/webhooks.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

/** An order of 28.60, paid by card. */
async function paidOrder() {
  const buyer = await signedUp(server)
  await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 2])
  const token = buyer.access
  const order = await server.call('POST', '/api/v1/orders/', { token, body: { shipping_address: ADDRESS } })
  const body = { order_number: order.body.order_number, provider: 'stripe' }
  const payment = await server.call('POST', '/api/v1/payments/intents/', { token, body })
  await stripe(server, 'payment_intent.succeeded', payment.body.provider_reference)
  const staff = await staffMember(server)
  const refund = (sent: object, headers: Record<string, string> = {}) =>
    server.call('POST', `/api/v1/payments/${payment.body.id}/refunds/`, { token: staff.access, body: sent, headers })
  const states = async () => {
    const [paid, ordered] = [
      await server.call('GET', `/api/v1/payments/${payment.body.id}/`, { token }),
      await server.call('GET', `/api/v1/orders/${body.order_number}/`, { token }),
    ]
    return [paid.body.status, ordered.body.payment_status]
  }
  return { buyer, refund, states, total: order.body.total as string, paymentId: payment.body.id as string }
}

test('V1-337 staff gives back a part, and then the rest', async () => {
  const { refund, states, paymentId } = await paidOrder()
  const { status, body } = await refund({ amount: '8.60', reason: 'A scratch' })
  assert.equal(status, 201)
  assert.deepEqual([body.payment_id, body.amount, body.reason], [paymentId, '8.60', 'A scratch'])
  assert.deepEqual(await states(), ['partially_refunded', 'partially_refunded'])
  assert.equal((await refund({})).body.amount, '20.00')
  assert.deepEqual(await states(), ['refunded', 'refunded'])
  assert.deepEqual(Object.keys((await refund({})).body), ['amount'])
})

test('V1-337 refunds together never exceed the payment, also when they race', async () => {
  const { refund, states } = await paidOrder()
  const answers = await Promise.all(Array.from({ length: 6 }, () => refund({ amount: 10 })))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 201, 400, 400, 400, 400])
  assert.deepEqual(await states(), ['partially_refunded', 'partially_refunded'])
  for (const amount of ['100.00', 0, -1, '1.234', 'x']) {
    const { status, body } = await refund({ amount })
    assert.deepEqual([status, Object.keys(body)], [400, ['amount']], String(amount))
  }
  assert.deepEqual((await refund({ amount: '0.00' })).body, { amount: ['Ensure this value is greater than 0.'] })
})

test('V1-337 V1-303 the same key gives back once, with the same answer', async () => {
  const { refund } = await paidOrder()
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => refund({ amount: '5.00' }, { 'idempotency-key': 'once' })),
  )
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]))
  assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1)
  assert.equal((await refund({})).body.amount, '23.60')
})

test('V1-337 a buyer cannot, and nothing is given back of what was not paid', async () => {
  const { buyer, paymentId } = await paidOrder()
  const path = `/api/v1/payments/${paymentId}/refunds/`
  assert.equal((await server.call('POST', path, { token: buyer.access, body: {} })).status, 403)
  assert.equal((await server.call('POST', path, { body: {} })).status, 401)
})
