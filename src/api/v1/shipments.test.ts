import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { examine } from '#commerce/doctor'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { readPdfPages } from '../../../test/pdf-text.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

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

const SHIPMENTS = '/api/v1/shipping/shipments/'
type Order = { order_number: string; items: { id: number; quantity: number }[]; status: string; payment_status: string }

/** An order of so many units of each article, to be paid at the door: it may be sent at once. */
async function ordered(quantities = [2, 1], payment = 'cod'): Promise<{ buyer: SignedUp; order: Order }> {
  const buyer = await signedUp(server)
  for (const quantity of quantities)
    await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), quantity])
  const body = { shipping_address: ADDRESS, payment_method: payment }
  return { buyer, order: (await server.call('POST', '/api/v1/orders/', { token: buyer.access, body })).body }
}

const ship = (body: object, headers: Record<string, string> = {}, token = staff.access) =>
  server.call('POST', SHIPMENTS, { token, body, headers })
const note = (id: number, body: object, headers: Record<string, string> = {}) =>
  server.call('PATCH', `${SHIPMENTS}${id}/`, { token: staff.access, body, headers })
const stateOf = async (number: string) => {
  const { body } = await server.call('GET', `/api/v1/orders/${number}/`, { token: staff.access })
  return [body.status, body.payment_status]
}
const itemsOf = (order: Order, ...quantities: number[]) =>
  quantities.flatMap((quantity, at) => (quantity > 0 ? [{ order_item_id: order.items[at]!.id, quantity }] : []))

let events = 0
function tell(body: object, { secret = 'webhook-secret-of-tests', carrier = 'souk-post' } = {}) {
  events += 1
  const text = JSON.stringify({ event_id: `event-${events}`, ...body })
  const signature = createHmac('sha256', secret).update(text).digest('hex')
  return server.call('POST', `/api/v1/shipping/webhooks/${carrier}/`, {
    body: text,
    headers: { 'x-webhook-signature': `sha256=${signature}` },
  })
}

test('V1-288 an order is sent: it is shipped, and its buyer is told by mail and in the shop', async () => {
  const { buyer, order } = await ordered()
  const { status, body } = await ship({ order_number: order.order_number })
  assert.equal(status, 201)
  assert.deepEqual(
    [body.order_number, body.carrier, body.service, body.status],
    [order.order_number, 'Souk Post', 'Standard delivery', 'label_created'],
  )
  assert.match(body.tracking_number, /^SP[2-9A-HJ-NP-Z]{12}$/)
  assert.match(body.estimated_delivery, /^\d{4}-\d\d-\d\d$/)
  assert.deepEqual(body.items, itemsOf(order, 2, 1))
  assert.deepEqual(Object.keys(body.events[0]), ['status', 'location', 'timestamp', 'description'])
  assert.deepEqual(await stateOf(order.order_number), ['shipped', 'pending'])
  await server.shop.runJobs()
  const letter = server.shop.letters.find(({ to, subject }) => to === buyer.email && subject.includes('shipped'))
  assert.ok(letter, 'a letter')
  assert.ok(letter.text.includes(body.tracking_number))
  assert.ok(letter.text.includes(order.order_number))
})

test('V1-288 a shipment names its carrier, service and number where staff has booked it elsewhere', async () => {
  const { order } = await ordered()
  const booked = { carrier: 'UPS', service: 'Express Saver', tracking_number: '1Z999AA10123456784' }
  const { status, body } = await ship({ order_number: order.order_number, ...booked })
  assert.equal(status, 201)
  assert.deepEqual([body.carrier, body.service, body.tracking_number], Object.values(booked))
  assert.equal(body.tracking_url, null)
  const again = await ship({ order_number: (await ordered()).order.order_number, ...booked })
  assert.equal(again.status, 400)
  assert.deepEqual(again.body, {
    tracking_number: ['There is a shipment of this carrier with this number already.'],
  })
})

test('V1-288 in parts: never more than ordered, and the order is delivered with the last of them', async () => {
  const { order } = await ordered([2, 1])
  const { order_number } = order
  const first = await ship({ order_number, items: itemsOf(order, 1) })
  assert.equal(first.status, 201)
  const tooMany = await ship({ order_number, items: itemsOf(order, 2) })
  assert.equal(tooMany.status, 400)
  assert.deepEqual(tooMany.body, { items: [`Only 1 of item ${order.items[0]!.id} are left to ship.`] })
  const twice = await ship({ order_number, items: [...itemsOf(order, 1), ...itemsOf(order, 1)] })
  assert.equal(twice.status, 400)
  const foreign = await ship({ order_number, items: [{ order_item_id: 999_999, quantity: 1 }] })
  assert.equal(foreign.status, 400)
  await note(first.body.id, { status: 'delivered' })
  assert.deepEqual(await stateOf(order_number), ['shipped', 'pending'])
  const rest = await ship({ order_number })
  assert.deepEqual(rest.body.items, itemsOf(order, 1, 1))
  assert.deepEqual((await ship({ order_number })).body, {
    detail: 'Everything in this order is in a shipment already.',
  })
  const { body } = await note(rest.body.id, { status: 'delivered', location: 'London', description: 'At the door' })
  assert.equal(body.status, 'delivered')
  assert.deepEqual(await stateOf(order_number), ['delivered', 'paid'])
  const late = await note(rest.body.id, { status: 'in_transit' })
  assert.deepEqual(late.body, { status: ['Invalid status transition from delivered to in_transit.'] })
  assert.equal((await note(rest.body.id, { status: 'delivered' })).status, 200)
})

test('V1-288 what is unpaid, cancelled or delivered is not sent; nor by whom it is not staff', async () => {
  const unpaid = (await ordered([1], 'stripe')).order.order_number
  assert.deepEqual((await ship({ order_number: unpaid })).body, { detail: 'This order is not paid yet.' })
  const { buyer, order } = await ordered()
  const { order_number } = order
  await server.call('POST', `/api/v1/orders/${order_number}/cancel/`, { token: buyer.access, body: {} })
  const cancelled = await ship({ order_number })
  assert.deepEqual([cancelled.status, cancelled.body], [400, { detail: 'This order was cancelled.' }])
  assert.equal((await ship({ order_number: 'ORD-NOTTHERE' })).status, 404)
  assert.equal((await ship({ order_number }, {}, buyer.access)).status, 403)
  assert.equal((await ship({})).status, 400)
})

test('V1-288 a hundred repeats with one key make one shipment and identical answers', async () => {
  const { order } = await ordered()
  const headers = { 'idempotency-key': 'one parcel' }
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => ship({ order_number: order.order_number }, headers)),
  )
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201])
  assert.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1)
  const { body } = await server.call('GET', `${SHIPMENTS}?order_number=${order.order_number}`, { token: staff.access })
  assert.equal(body.count, 1)
  const told = await Promise.all(
    Array.from({ length: 20 }, () =>
      note(answers[0]!.body.id, { status: 'in_transit' }, { 'idempotency-key': 'one event' }),
    ),
  )
  assert.equal(new Set(told.map(({ body: answer }) => JSON.stringify(answer))).size, 1)
  assert.equal(told[0]!.body.events.length, 2)
  const other = (await ship({ order_number: (await ordered()).order.order_number })).body.id
  assert.equal((await note(other, { status: 'in_transit' }, { 'idempotency-key': 'one event' })).status, 409)
})

test('V1-288 two at once without a key: never more than ordered', async () => {
  const { order } = await ordered([1])
  const { order_number } = order
  const answers = await Promise.all([1, 2, 3, 4].map(() => ship({ order_number })))
  const made = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id))
  assert.equal(made.size, 1)
})

test('V1-287 V1-289 an owner sees the own shipments, a stranger none, staff all', async () => {
  const { buyer, order } = await ordered()
  const { body } = await ship({ order_number: order.order_number })
  const stranger = await signedUp(server)
  for (const url of [`${SHIPMENTS}${body.id}/`, `/api/v1/shipping/track/${body.tracking_number}/`]) {
    assert.deepEqual((await server.call('GET', url, { token: buyer.access })).body, body)
    assert.deepEqual((await server.call('GET', url, { token: staff.access })).body, body)
    assert.equal((await server.call('GET', url, { token: stranger.access })).status, 404)
    assert.equal((await server.call('GET', url)).status, 401)
  }
  const mine = await server.call('GET', SHIPMENTS, { token: buyer.access })
  assert.deepEqual(mine.body.results, [body])
  assert.deepEqual((await server.call('GET', SHIPMENTS, { token: stranger.access })).body.results, [])
  assert.ok((await server.call('GET', SHIPMENTS, { token: staff.access })).body.count > 1)
  for (const id of ['0', 'x', '99999999999999999999'])
    assert.equal((await server.call('GET', `${SHIPMENTS}${id}/`, { token: staff.access })).status, 404)
  assert.equal((await server.call('GET', '/api/v1/shipping/track/a%00b/', { token: staff.access })).status, 404)
})

test('V1-290 the label is a PDF with address, order and number', async () => {
  const { buyer, order } = await ordered()
  const { body } = await ship({ order_number: order.order_number })
  const url = `${SHIPMENTS}${body.id}/label/`
  const label = await server.call('GET', url, { token: staff.access })
  assert.equal(label.status, 200)
  assert.equal(label.headers['content-type'], 'application/pdf')
  const [page, ...others] = readPdfPages(label.body)
  assert.deepEqual(others, [])
  for (const text of ['Ada Lovelace', '12 St James Square', order.order_number, body.tracking_number])
    assert.ok(page?.includes(text), `${text} is missing in:\n${page}`)
  assert.equal((await server.call('GET', url, { token: buyer.access })).status, 403)
})

test('V1-291 a signed webhook moves a shipment, once for each event, and delivers the order', async () => {
  const { order } = await ordered()
  const { body } = await ship({ order_number: order.order_number })
  const { tracking_number } = body
  const told = { event_id: 'again', tracking_number, status: 'in_transit', location: 'Leeds' }
  for (let n = 0; n < 3; n += 1) {
    const { status, body: answer } = await tell(told)
    assert.deepEqual([status, answer], [200, { received: true }])
  }
  const seen = async () => (await server.call('GET', `${SHIPMENTS}${body.id}/`, { token: staff.access })).body
  assert.deepEqual([(await seen()).status, (await seen()).events.length], ['in_transit', 2])
  await Promise.all(
    [1, 2, 3, 4, 5].map(() => tell({ event_id: 'at once', tracking_number, status: 'out_for_delivery' })),
  )
  assert.equal((await seen()).events.length, 3)
  await tell({ tracking_number, status: 'delivered' })
  assert.deepEqual(await stateOf(order.order_number), ['delivered', 'paid'])
  await tell({ tracking_number, status: 'exception', timestamp: '2020-01-01T00:00:00Z' })
  await tell({ tracking_number, status: 'in_transit' })
  assert.equal((await seen()).status, 'delivered')
  assert.equal((await seen()).events.length, 6)
})

test('V1-291 a late event is in the history and moves nothing back', async () => {
  const { order } = await ordered()
  const { tracking_number, id } = (await ship({ order_number: order.order_number })).body
  await tell({ tracking_number, status: 'out_for_delivery' })
  await tell({ tracking_number, status: 'in_transit', timestamp: '2026-01-01T08:00:00Z' })
  const { body } = await server.call('GET', `${SHIPMENTS}${id}/`, { token: staff.access })
  assert.equal(body.status, 'out_for_delivery')
  assert.deepEqual(
    body.events.map((event: { status: string }) => event.status),
    ['in_transit', 'label_created', 'out_for_delivery'],
  )
})

test('V1-291 a webhook without a good signature is refused; odd ones are 400; of a stranger’s parcel it is left', async () => {
  const { order } = await ordered()
  const { tracking_number } = (await ship({ order_number: order.order_number })).body
  const forged = await tell({ tracking_number, status: 'delivered' }, { secret: 'another secret' })
  assert.deepEqual([forged.status, forged.body], [400, { detail: 'Invalid signature.' }])
  assert.equal((await server.call('POST', '/api/v1/shipping/webhooks/ups/', { body: '{}' })).status, 400)
  assert.deepEqual(await stateOf(order.order_number), ['shipped', 'pending'])
  assert.equal((await tell({ tracking_number: 'NOT-OURS', status: 'delivered' })).status, 200)
  for (const odd of [
    { tracking_number, status: 'lost' },
    { tracking_number: {}, status: 'delivered' },
    { tracking_number, status: 'delivered', timestamp: 'yesterday' },
    { tracking_number, status: 'delivered', event_id: null },
    { tracking_number, status: 'delivered', event_id: 'a\u0000b' },
  ])
    assert.equal((await tell(odd)).status, 400, JSON.stringify(odd))
})

test('V1-291 of two carriers with one number the address tells which is meant', async () => {
  const tracking_number = 'SHARED-1'
  const ids = []
  for (const carrier of ['DHL Express', 'UPS']) {
    const { order } = await ordered()
    ids.push((await ship({ order_number: order.order_number, carrier, tracking_number })).body.id)
  }
  await tell({ tracking_number, status: 'in_transit' }, { carrier: 'dhl-express' })
  await tell({ tracking_number, status: 'in_transit' }, { carrier: 'somebody' })
  const statuses = await Promise.all(
    ids.map(async (id) => (await server.call('GET', `${SHIPMENTS}${id}/`, { token: staff.access })).body.status),
  )
  assert.deepEqual(statuses, ['in_transit', 'label_created'])
})

test('V1-308 the status of an order and its shipments agree', async () => {
  const { order } = await ordered()
  const { id } = (await ship({ order_number: order.order_number })).body
  const move = (number: string, status: string) =>
    server.call('POST', `/api/v1/orders/${number}/status/`, { token: staff.access, body: { status } })
  assert.equal((await move(order.order_number, 'delivered')).status, 200)
  const { body } = await server.call('GET', `${SHIPMENTS}${id}/`, { token: staff.access })
  assert.equal(body.status, 'delivered')
  const other = (await ordered()).order.order_number
  await move(other, 'shipped')
  assert.equal((await ship({ order_number: other })).status, 201)
  assert.deepEqual(await stateOf(other), ['shipped', 'pending'])
})
