import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { workEarlyEvents } from '#commerce/checkout'
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

async function ordered() {
  const { accountId, access: token } = await signedUp(server)
  await fillCart(server.shop, accountId, [await stockedArticle(server.shop), 1])
  const { body } = await server.call('POST', '/api/v1/orders/', { token, body: { shipping_address: ADDRESS } })
  const order_number: string = body.order_number
  const intend = () =>
    server.call('POST', '/api/v1/payments/intents/', { token, body: { order_number, provider: 'stripe' } })
  const stateOf = async () =>
    (await server.call('GET', `/api/v1/orders/${order_number}/`, { token })).body.payment_status as string
  return { order_number, intend, stateOf }
}

test('V1-334 what a provider tells before its answer is noted is kept, and counts once the payment is known', async () => {
  const { intend, stateOf } = await ordered()
  // The provider tells of the payment in the moment in which it answers us.
  const { stripe: gateway } = server.shop.gateways
  const { createIntent } = gateway
  let told: number[] = []
  gateway.createIntent = async (asked) => {
    const answer = await createIntent(asked)
    const tell = () =>
      stripe(server, 'payment_intent.succeeded', answer.reference, { id: `evt_early_${asked.paymentId}` })
    told = (await Promise.all([tell(), tell(), tell()])).map(({ status }) => status)
    return answer
  }
  try {
    assert.equal((await intend()).status, 201)
  } finally {
    gateway.createIntent = createIntent
  }
  assert.deepEqual(told, [200, 200, 200])
  assert.equal(await stateOf(), 'paid')
  assert.equal(await workEarlyEvents(server.shop), 0)
})

test('V1-334 where nobody came to look for it, the sweeper does', async () => {
  const { intend, stateOf } = await ordered()
  const { body: payment } = await intend()
  const { sql } = await import('kysely')
  await sql`insert into payments.gateway_events
    (provider, event_id, event_type, provider_reference, outcome, awaits_payment, received_at)
    values ('stripe', ${`evt_${createHash('md5').update(payment.id).digest('hex')}`}, 'payment_intent.succeeded',
      ${payment.provider_reference}, 'succeeded', true, now())`.execute(server.shop.db)
  assert.equal(await stateOf(), 'pending')
  assert.equal(await workEarlyEvents(server.shop), 1)
  assert.equal(await stateOf(), 'paid')
  assert.equal(await workEarlyEvents(server.shop), 0)
})
