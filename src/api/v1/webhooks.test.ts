import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { retryDeliveries } from '#commerce/webhooks'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { openReceiver, type Received, type Receiver } from '../../../test/webhook-receiver.ts'

let server: TestServer
let staff: SignedUp
let staffSince = 0
let receiver: Receiver
before(async () => {
  server = await openTestServer({ WEBHOOK_ALLOW_PRIVATE: 'true' })
  receiver = await openReceiver()
})
beforeEach(async () => {
  receiver.received = []
  receiver.answers = { status: 200 }
  await sql`delete from webhooks.endpoints`.execute(server.shop.db)
})
after(async () => {
  await server.close()
  await receiver.close()
})

const LIST = '/api/v1/webhooks/endpoints/'
const MINUTE_MS = 60_000

/** Of now: time passes in these tests. */
async function call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object) {
  if (server.shop.now().getTime() - staffSince > 10 * MINUTE_MS) {
    staff = await staffMember(server)
    staffSince = server.shop.now().getTime()
  }
  return server.call(method, path, { token: staff.access, ...(body && { body }) })
}

async function endpoint(traits: object = {}): Promise<{ id: number; secret: string }> {
  const { status, body } = await call('POST', LIST, { url: receiver.url, events: ['order.placed'], ...traits })
  assert.equal(status, 201, JSON.stringify(body))
  return body
}

async function order(): Promise<string> {
  const buyer = await signedUp(server)
  await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 2])
  const body = { shipping_address: ADDRESS, payment_method: 'cod' }
  return (await server.call('POST', '/api/v1/orders/', { token: buyer.access, body })).body.order_number
}
const deliveries = async (id: number, query = '') =>
  (await call('GET', `${LIST}${id}/deliveries/${query}`)).body.results
/** Lets time pass, and does what is due then. */
async function later(ms: number): Promise<void> {
  server.shop.pass(ms)
  await retryDeliveries(server.shop)
  await server.shop.runJobs()
}

/** As any receiver would verify it. */
function assertSigned({ headers, body }: Received, secret: string): void {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  assert.ok(
    String(headers['webhook-signature']).split(' ').includes(expected),
    'the signature is not that of the secret',
  )
}

test('an order is told to the endpoint that wants to know, signed, once', async () => {
  const { id, secret } = await endpoint()
  const other = await endpoint({ events: ['refund.succeeded'] })
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{32}$/)
  const number = await order()
  await server.shop.runJobs()
  assert.equal(receiver.received.length, 1)
  const [message] = receiver.received as [Received]
  assertSigned(message, secret)
  const { id: messageId, type, created_at, data } = JSON.parse(message.body)
  assert.equal(message.headers['webhook-id'], messageId)
  assert.equal(message.headers['content-type'], 'application/json')
  assert.equal(type, 'order.placed')
  assert.match(created_at, /Z$/)
  assert.deepEqual([data.order.order_number, data.order.total, data.order.items[0].quantity], [number, '28.60', 2])
  const [delivered] = await deliveries(id)
  assert.deepEqual([delivered.status, delivered.attempts, delivered.response_status], ['delivered', 1, 200])
  assert.equal(delivered.message_id, messageId)
  assert.deepEqual(await deliveries(other.id), [])
  await server.shop.runJobs()
  await later(MINUTE_MS)
  assert.equal(receiver.received.length, 1)
})

test('who fails is tried again for two days with the same bytes under the same id, and then given up', async () => {
  const { id } = await endpoint()
  receiver.answers = { status: 500, body: 'x'.repeat(3000) }
  await order()
  await server.shop.runJobs()
  const [first] = await deliveries(id)
  assert.deepEqual(
    [first.status, first.attempts, first.response_status, first.failure],
    ['pending', 1, 500, 'answered 500'],
  )
  assert.equal(first.response_body.length, 1024)
  await later(1000)
  assert.equal(receiver.received.length, 1, 'not before it is due')
  const waits: number[] = []
  for (let tries = 1; tries < 11; tries += 1) {
    const [{ next_attempt_at }] = await deliveries(id)
    const wait = Date.parse(next_attempt_at) - server.shop.now().getTime()
    waits.push(wait)
    await later(wait + 1000)
    // Its endpoint may be left alone a little longer than that.
    if (receiver.received.length === tries) await later(11 * MINUTE_MS)
    assert.equal(receiver.received.length, tries + 1)
  }
  assert.ok(waits[0]! < 70_000 && waits.at(-1)! > 20 * 3_600_000, `${waits}`)
  const [last] = await deliveries(id)
  assert.deepEqual([last.status, last.attempts, last.next_attempt_at], ['failed', 11, null])
  assert.equal(new Set(receiver.received.map(({ body }) => body)).size, 1)
  assert.equal(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size, 1)
  receiver.answers = { status: 204 }
  assert.equal((await call('POST', `/api/v1/webhooks/deliveries/${last.id}/replay/`)).status, 202)
  await later(11 * MINUTE_MS)
  assert.equal((await deliveries(id))[0].status, 'delivered')
  assert.equal(receiver.received.at(-1)!.body, receiver.received[0]!.body)
})

test('all that failed since a moment is delivered once more', async () => {
  const { id } = await endpoint()
  await order()
  await server.shop.runJobs()
  await sql`update webhooks.deliveries set status = 'failed', next_attempt_at = null where endpoint_id = ${id}`.execute(
    server.shop.db,
  )
  const replay = (since: string) => call('POST', `${LIST}${id}/replay/`, { since })
  assert.deepEqual((await replay(new Date(server.shop.now().getTime() + MINUTE_MS).toISOString())).body, {
    replayed: 0,
  })
  assert.deepEqual((await replay('2020-01-01T00:00:00Z')).body, { replayed: 1 })
  assert.equal((await replay('yesterday')).status, 400)
  await later(1000)
  assert.equal(receiver.received.length, 2)
})

test('410 switches an endpoint off, as do five days without success; switched on again it gets what waited', async () => {
  const { id } = await endpoint()
  receiver.answers = { status: 410 }
  await order()
  await server.shop.runJobs()
  const gone = (await call('GET', `${LIST}${id}/`)).body
  assert.deepEqual([gone.is_active, gone.disabled_reason], [false, 'it answered 410 Gone'])
  await order()
  await server.shop.runJobs()
  assert.equal(receiver.received.length, 1, 'an endpoint that is off is told of nothing')

  receiver.answers = { status: 500 }
  const on = (await call('PATCH', `${LIST}${id}/`, { is_active: true })).body
  assert.deepEqual([on.is_active, on.disabled_reason], [true, null])
  await order()
  await server.shop.runJobs()
  await sql`update webhooks.endpoints set failing_since = ${new Date(server.shop.now().getTime() - 6 * 86_400_000)}`.execute(
    server.shop.db,
  )
  await later(2 * MINUTE_MS)
  const tired = (await call('GET', `${LIST}${id}/`)).body
  assert.deepEqual([tired.is_active, tired.disabled_reason], [false, 'it took nothing for five days'])
  receiver.answers = { status: 200 }
  await call('PATCH', `${LIST}${id}/`, { is_active: true })
  await later(10 * MINUTE_MS)
  assert.equal((await deliveries(id))[0].status, 'delivered')
})

test('an endpoint that fails is left alone with other messages as well, and Retry-After is heeded', async () => {
  const { id } = await endpoint()
  receiver.answers = { status: 503, headers: { 'retry-after': '3600' } }
  await order()
  await server.shop.runJobs()
  const [{ next_attempt_at }] = await deliveries(id)
  assert.ok(Date.parse(next_attempt_at) - server.shop.now().getTime() > 59 * MINUTE_MS)
  await order()
  await server.shop.runJobs()
  assert.equal(receiver.received.length, 1)
  const [resting] = await deliveries(id)
  assert.deepEqual([resting.status, resting.attempts], ['pending', 0])
})

test('who does not answer is waited for ten seconds, without a connection of the database, and letters leave meanwhile', async () => {
  const { id } = await endpoint()
  receiver.answers = { status: undefined }
  await order()
  const begun = performance.now()
  await server.shop.runJobs()
  assert.ok(performance.now() - begun < 14_000)
  const [silent] = await deliveries(id)
  assert.deepEqual([silent.status, silent.failure], ['pending', 'no answer within 10 seconds'])
  assert.ok(server.shop.letters.some(({ subject }) => /order/i.test(subject)))
})

test('a worker that is killed in the middle: a minute later the message is sent again under the same id', async () => {
  const { id } = await endpoint()
  await order()
  await server.shop.runJobs()
  // As it is between the claim and the outcome.
  await sql`update webhooks.deliveries set status = 'pending', delivered_at = null,
    next_attempt_at = ${new Date(server.shop.now().getTime() + MINUTE_MS)}`.execute(server.shop.db)
  await later(1000)
  assert.equal(receiver.received.length, 1)
  await later(MINUTE_MS)
  assert.equal(receiver.received.length, 2)
  assert.equal(receiver.received[0]!.headers['webhook-id'], receiver.received[1]!.headers['webhook-id'])
  assert.equal((await deliveries(id))[0].attempts, 2)
})

test('a secret is replaced; for a day the one before signs as well, and no answer shows either again', async () => {
  const { id, secret } = await endpoint()
  const { body: rotated } = await call('POST', `${LIST}${id}/rotate-secret/`)
  assert.notEqual(rotated.secret, secret)
  await call('POST', `${LIST}${id}/test/`)
  await server.shop.runJobs()
  const [ping] = receiver.received as [Received]
  assert.equal(JSON.parse(ping.body).type, 'ping')
  assertSigned(ping, secret)
  assertSigned(ping, rotated.secret)
  server.shop.pass(25 * 3_600_000)
  await call('POST', `${LIST}${id}/test/`)
  await server.shop.runJobs()
  const last = receiver.received.at(-1)!
  assertSigned(last, rotated.secret)
  assert.throws(() => assertSigned(last, secret))
  const shown = JSON.stringify([(await call('GET', LIST)).body, (await call('GET', `${LIST}${id}/`)).body])
  assert.ok(!shown.includes('whsec_'))
  const { rows } = await sql<{ kept: string }>`
    select sealed_secret || coalesce(former_secret, '') || coalesce((select string_agg(after::text, '') from audit.entries), '') as kept
    from webhooks.endpoints`.execute(server.shop.db)
  assert.ok(!rows[0]!.kept.includes(rotated.secret.slice(6)))
})

test('what is wrong with an endpoint is told; a list of what it can be told of is there', async () => {
  const add = (body: object) => call('POST', LIST, body)
  for (const [body, field] of [
    [{ events: ['order.placed'] }, 'url'],
    [{ url: 'no address', events: ['order.placed'] }, 'url'],
    [{ url: 'ftp://example.com/', events: ['order.placed'] }, 'url'],
    [{ url: 'https://ada:secret@example.com/', events: ['order.placed'] }, 'url'],
    [{ url: receiver.url, events: [] }, 'events'],
    [{ url: receiver.url, events: ['order.eaten'] }, 'events'],
    [{ url: receiver.url }, 'events'],
  ] as const) {
    const { status, body: answer } = await add(body)
    assert.equal(status, 400, JSON.stringify(body))
    assert.deepEqual(Object.keys(answer), [field])
  }
  const types = (await call('GET', '/api/v1/webhooks/events/')).body.map(({ type }: { type: string }) => type)
  assert.ok(types.includes('order.paid') && types.includes('customer.registered'))
  const { id } = await endpoint({ events: types, description: 'all' })
  assert.equal((await call('GET', `${LIST}${id}/deliveries/?status=lost`)).status, 400)
  assert.equal((await call('PATCH', `${LIST}${id}/`, { events: ['nothing'] })).status, 400)
  assert.equal((await call('DELETE', `${LIST}${id}/`)).status, 204)
  assert.equal((await call('GET', `${LIST}${id}/`)).status, 404)
  assert.equal((await call('POST', `${LIST}${id}/test/`)).status, 404)
  assert.equal((await call('GET', `${LIST}${id}/deliveries/`)).status, 404)
  assert.equal((await call('POST', '/api/v1/webhooks/deliveries/999999/replay/')).status, 404)
  assert.equal((await server.call('GET', LIST, { token: (await signedUp(server)).access })).status, 403)
})
