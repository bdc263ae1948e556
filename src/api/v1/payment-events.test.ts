import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { finishOpenRefunds } from '#commerce/checkout'
import { examine } from '#commerce/doctor'
import { signedUp } from '../../../test/accounts.ts'
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

type Buyer = Awaited<ReturnType<typeof signedUp>>

async function order({ accountId, access }: Buyer, extra: object = {}): Promise<string> {
  await fillCart(server.shop, accountId, [await stockedArticle(server.shop), 2])
  const body = { shipping_address: ADDRESS, ...extra }
  return (await server.call('POST', '/api/v1/orders/', { token: access, body })).body.order_number
}

const intend = ({ access }: Buyer, number: string, headers: Record<string, string> = {}) =>
  server.call('POST', '/api/v1/payments/intents/', {
    token: access,
    body: { order_number: number, provider: 'stripe' },
    headers,
  })
const stateOf = async ({ access }: Buyer, number: string): Promise<string[]> => {
  const { body } = await server.call('GET', `/api/v1/orders/${number}/`, { token: access })
  return [body.status, body.payment_status]
}
const paymentsOf = async ({ access }: Buyer) =>
  (await server.call('GET', '/api/v1/payments/', { token: access })).body.results

test('V1-303 V1-330 a key that was used begins no other payment, whatever became of the first', async () => {
  const buyer = await signedUp(server)
  const number = await order(buyer)
  const headers = { 'idempotency-key': 'one payment' }
  const { body: first, statements } = await intend(buyer, number, headers)
  assert.ok(statements <= 12, `${statements} statements`)
  assert.equal((await intend(buyer, await order(buyer), headers)).status, 409)
  await stripe(server, 'payment_intent.payment_failed', first.provider_reference)
  const again = await intend(buyer, number, headers)
  assert.deepEqual([again.status, again.body.id, again.headers['idempotent-replayed']], [201, first.id, 'true'])
  assert.equal((await paymentsOf(buyer)).length, 1)
})

test('V1-334 a refund that is told before the success it undoes leaves the order refunded', async () => {
  const buyer = await signedUp(server)
  const number = await order(buyer)
  const { body: intent } = await intend(buyer, number)
  const { statements } = await stripe(server, 'charge.refunded', intent.provider_reference)
  assert.ok(statements <= 23, `${statements} statements`)
  await stripe(server, 'payment_intent.succeeded', intent.provider_reference)
  assert.deepEqual(await stateOf(buyer, number), ['refunded', 'refunded'])
  assert.equal((await paymentsOf(buyer))[0].status, 'refunded')
})

test('V1-334 a small refund made at the provider does not pass for the large one that we still owe', async () => {
  const buyer = await signedUp(server)
  const number = await order(buyer)
  const { body: intent } = await intend(buyer, number)
  await stripe(server, 'payment_intent.succeeded', intent.provider_reference)
  const { stripe: gateway } = server.shop.gateways
  const { refund } = gateway
  gateway.refund = async () => {
    throw new Error('the gateway does not answer')
  }
  await server.call('POST', `/api/v1/orders/${number}/cancel/`, { token: buyer.access })
  gateway.refund = refund
  await stripe(server, 'charge.refunded', intent.provider_reference, { object: { amount_refunded: 100 } })
  assert.deepEqual(await stateOf(buyer, number), ['cancelled', 'paid'])
  server.shop.pass(60_000)
  await finishOpenRefunds(server.shop)
  assert.deepEqual(await stateOf(buyer, number), ['cancelled', 'refunded'])
})

test('V1-334 V1-336 cash on delivery is no intent to cancel, and is not asked for once the order was paid online', async () => {
  const buyer = await signedUp(server)
  const number = await order(buyer, { payment_method: 'cod' })
  const [{ id }] = await paymentsOf(buyer)
  const url = `/api/v1/payments/intents/${id}/cancel/`
  assert.equal((await server.call('POST', url, { token: buyer.access })).status, 400)
  const { body: intent } = await intend(buyer, number)
  await stripe(server, 'payment_intent.succeeded', intent.provider_reference)
  assert.deepEqual(await stateOf(buyer, number), ['processing', 'paid'])
  const payments = await paymentsOf(buyer)
  assert.equal(payments.find((payment: { id: string }) => payment.id === id).status, 'cancelled')
})
