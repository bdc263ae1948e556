import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { examine } from '#commerce/doctor'
import { type SignedUp, staffMember } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { LARGE, type Shopper, SMALL, shopper, tea } from '../../../test/storefront-shopper.ts'

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

const ORDERS = '/api/admin/orders/order/'
const ask = (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path = '', body?: unknown, token = staff.access) =>
  server.call(method, `${ORDERS}${path}`, { token, ...(body === undefined ? {} : { body }) })

type Order = { id: number; order_number: string; total_price: string; payment_id: string }
/** Two teas of 200g and one of 400g, paid. */
async function ordered(): Promise<{ buyer: Shopper; order: Order }> {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product, 2, SMALL)
  await buyer.add(product, 1, LARGE)
  return { buyer, order: (await buyer.checkOut()).body }
}

test('SF-480 SF-451 the list: 25 a page, newest first, with user and transport, searched and filtered', async () => {
  const { buyer, order } = await ordered()
  await ordered()
  await ask('PATCH', `${order.id}/`, { carrier: 'Blue Dart', tracking_number: 'BD1' })
  const list = async (query: string) => (await ask('GET', `?${query}`)).body
  const { status, body, statements } = await ask('GET')
  assert.equal(status, 200)
  assert.deepEqual([body.page_size, body.count >= 2, body.previous], [25, true, null])
  assert.ok(body.results[0].id > body.results.at(-1).id)
  assert.ok(statements <= 4)
  const [found] = (await list(`search=${order.order_number.slice(4).toLowerCase()}`)).results
  assert.deepEqual(found.user, { id: buyer.accountId, username: found.user.username, email: buyer.email })
  assert.deepEqual(
    [found.order_number, found.status, found.payment_status, found.carrier, found.tracking_number, found.total_price],
    [order.order_number, 'PROCESSING', 'COMPLETED', 'Blue Dart', 'BD1', order.total_price],
  )
  assert.equal((await list(`search=${encodeURIComponent(buyer.email.toUpperCase())}`)).count, 1)
  assert.equal((await list('search=%25')).count, 0)
  assert.deepEqual(
    (await list('carrier=Blue%20Dart')).results.map(({ id }: Order) => id),
    [order.id],
  )
  assert.equal((await list('status=DELIVERED')).count, 0)
  assert.equal((await list('status=PROCESSING&payment_status=COMPLETED')).count, body.count)
  const today = server.shop.now().toISOString().slice(0, 10)
  assert.equal((await list(`created_at__gte=${today}&created_at__lte=${today}`)).count, body.count)
  assert.equal((await list('created_at__gte=2999-01-01')).count, 0)
  assert.equal((await list(`created_at__lte=${server.shop.now().toISOString()}`)).count, body.count)
  const cheapest = (await list('ordering=total_price')).results
  assert.ok(Number(cheapest[0].total_price) <= Number(cheapest.at(-1).total_price))
})

test('SF-451 the date hierarchy goes from years to months to days, and narrows the list', async () => {
  await ordered()
  const now = server.shop.now()
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate()]
  const hierarchy = async (query: string) => {
    const { body } = await ask('GET', query)
    assert.equal(
      body.date_hierarchy.buckets.reduce((sum: number, { count }: { count: number }) => sum + count, 0),
      body.count,
    )
    return [body.date_hierarchy.level, body.date_hierarchy.buckets.at(-1)?.value]
  }
  assert.deepEqual(await hierarchy(''), ['year', `${year}`])
  assert.deepEqual(await hierarchy(`?year=${year}`), ['month', now.toISOString().slice(0, 7)])
  assert.deepEqual(await hierarchy(`?year=${year}&month=${month}`), ['day', now.toISOString().slice(0, 10)])
  assert.deepEqual(await hierarchy(`?year=${year}&month=${month}&day=${day}`), ['day', now.toISOString().slice(0, 10)])
  assert.deepEqual(await hierarchy('?year=1999'), ['month', undefined])
})

test('SF-451 SF-452 SF-453 what cannot be asked says why: filters, pages, ids, methods, callers', async () => {
  for (const [query, field] of [
    ['status=LOST', 'status'],
    ['payment_status=x', 'payment_status'],
    ['month=3', 'year'],
    ['year=2026&month=13', 'month'],
    ['year=2026&month=2&day=30', 'day'],
    ['year=now', 'year'],
  ] as const) {
    const { status, body } = await ask('GET', `?${query}`)
    assert.deepEqual([status, typeof body.error, Object.keys(body.details)], [400, 'string', [field]], query)
  }
  const noDay = await ask('GET', '?created_at__gte=yesterday&status=LOST')
  assert.deepEqual([noDay.status, noDay.body], [400, { error: 'Invalid date format. Use YYYY-MM-DD.' }])
  const past = await ask('GET', '?page=99')
  assert.deepEqual([past.status, past.body], [404, { detail: 'Invalid page.' }])
  assert.equal((await ask('GET', '999999/')).status, 404)
  for (const method of ['POST', 'PUT', 'DELETE'] as const) assert.equal((await ask(method)).status, 405)
  assert.equal((await ask('DELETE', '1/')).status, 405)
  const { access } = await shopper(server)
  assert.equal((await ask('GET', '', undefined, access)).status, 403)
  assert.equal((await server.call('GET', ORDERS)).status, 401)
})

test('SF-481 the detail has the items inline', async () => {
  const { buyer, order } = await ordered()
  const { status, body } = await ask('GET', `${order.id}/`)
  assert.equal(status, 200)
  assert.deepEqual(
    body.items.map((item: Record<string, unknown>) => [item.weight, item.quantity, item.price, item.total_price]),
    [
      ['200g', 2, '599.99', '1199.98'],
      ['400g', 1, '1100.00', '1100.00'],
    ],
  )
  assert.equal(body.user.email, buyer.email)
  assert.equal(body.shipping_address.city, 'Bengaluru')
})

test('SF-482 an order is carried on, over several steps, with all that comes with them; never back', async () => {
  const { buyer, order } = await ordered()
  const changes = {
    ...{ status: 'SHIPPED', carrier: 'Blue Dart', tracking_number: 'BD-7' },
    ...{ estimated_delivery_date: '2030-01-05', shipping_cost: '41.50' },
  }
  const { status, body } = await ask('PATCH', `${order.id}/`, changes)
  assert.equal(status, 200, JSON.stringify(body))
  const { status: shown, carrier, tracking_number, estimated_delivery_date, shipping_cost, total_price } = body
  assert.deepEqual({ status: shown, carrier, tracking_number, estimated_delivery_date, shipping_cost }, changes)
  assert.equal(total_price, order.total_price, 'what was agreed stays')
  const own = (await buyer.ask('GET', `/orders/${order.id}/`)).body
  assert.deepEqual([own.status, own.carrier, own.tracking_number], ['SHIPPED', 'Blue Dart', 'BD-7'])
  assert.equal((await ask('PATCH', `${order.id}/`, { status: 'COMPLETED' })).body.status, 'COMPLETED')
  for (const wanted of ['PROCESSING', 'DELIVERED', 'CANCELLED', 'PENDING']) {
    const refused = await ask('PATCH', `${order.id}/`, { status: wanted })
    assert.deepEqual([refused.status, Object.keys(refused.body.details)], [400, ['status']], wanted)
  }
  assert.equal((await ask('PATCH', `${order.id}/`, { tracking_number: null })).body.tracking_number, null)
  const { body: history } = await server.call('GET', `/api/v1/orders/${order.order_number}/history/`, {
    token: staff.access,
  })
  assert.deepEqual(history.map((entry: Record<string, unknown>) => [entry.status, entry.actor]).slice(-3), [
    ['shipped', 'staff'],
    ['delivered', 'staff'],
    ['delivered', 'staff'],
  ])
})

test('SF-482 a cancelled order stays so; its stock is back, its money waits to be asked for', async () => {
  const { buyer, order } = await ordered()
  assert.equal((await ask('PATCH', `${order.id}/`, { status: 'CANCELLED' })).body.status, 'CANCELLED')
  assert.equal((await buyer.ask('GET', `/orders/${order.id}/`)).body.payment_status, 'COMPLETED')
  for (const changes of [{ status: 'PROCESSING' }, { status: 'SHIPPED' }, { carrier: 'x' }])
    assert.equal((await ask('PATCH', `${order.id}/`, changes)).status, 400, JSON.stringify(changes))
})

test('SF-482 odd changes are 400 and change nothing', async () => {
  const { order } = await ordered()
  for (const odd of [
    { status: 'LOST' },
    { status: 5 },
    { estimated_delivery_date: '2026-02-30' },
    { shipping_cost: '-1' },
    { shipping_cost: '1.234' },
    { carrier: 'x'.repeat(101) },
    { carrier: 'Kept?', status: 'PENDING' },
  ]) {
    assert.equal((await ask('PATCH', `${order.id}/`, odd)).status, 400, JSON.stringify(odd))
  }
  const { body } = await ask('GET', `${order.id}/`)
  assert.deepEqual([body.status, body.carrier, body.estimated_delivery_date], ['PROCESSING', null, null])
  assert.equal((await ask('PATCH', '999999/', { carrier: 'x' })).status, 404)
})
