import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import { eventually } from '../../../test/eventually.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { type Shopper, shopper, tea } from '../../../test/storefront-shopper.ts'

let server: TestServer
let staff: string
let buyer: Shopper
before(async () => {
  server = await openTestServer()
  staff = (await signedUp(server, { isStaff: true, surface: 'storefront' })).access
  buyer = await shopper(server)
})
after(() => server.close())

const ask = async (path: string, token = staff) => {
  await server.shop.trail.flush()
  return server.call('GET', `/api/analytics/${path}`, { token })
}
const today = () => server.shop.now().toISOString().slice(0, 10)
const LISTS = ['api-events/', 'user-activity/', 'orders/', 'searches/'] as const
const USER = () => ({ id: buyer.accountId, username: buyer.email.split('@')[0], email: buyer.email })

async function order(payment?: object): Promise<string> {
  await buyer.add(await tea(server), 2)
  const { body } = await buyer.checkOut(payment)
  return body.order_number ?? body.order?.order_number
}

test('SF-390 nobody and customers are kept out of all five', async () => {
  for (const path of [...LISTS, 'summary/']) {
    assert.equal((await server.call('GET', `/api/analytics/${path}`)).status, 401, path)
    assert.equal((await ask(path, buyer.access)).status, 403, path)
    assert.equal((await ask(path)).status, 200, path)
  }
})

test('SF-391 SF-392 odd parameters are refused, types that there are not choose nothing', async () => {
  for (const path of LISTS) {
    for (const query of ['start_date=2026-02-30', 'end_date=yesterday', 'start_date=2026-1-1']) {
      const { status, body } = await ask(`${path}?${query}`)
      assert.deepEqual([status, body], [400, { error: 'Invalid date format. Use YYYY-MM-DD.' }], path)
    }
    const { status, body } = await ask(`${path}?user_id=abc`)
    assert.equal(status, 400)
    assert.equal(typeof body.error, 'string')
  }
  assert.equal((await ask('api-events/?status_code=abc')).status, 400)
  assert.equal((await ask('user-activity/?activity_type=NAP')).body.count, 0)
  assert.equal((await ask('orders/?event_type=ORDER_EATEN')).body.count, 0)
  const past = await ask('api-events/?page=99999')
  assert.deepEqual([past.status, past.body], [404, { detail: 'Invalid page.' }])
})

test('SF-385 SF-394 SF-415 a request becomes an element, and filters combine', async () => {
  await server.call('GET', '/api/orders/history/', { headers: { 'user-agent': 'nobody in particular' } })
  await buyer.ask('GET', '/orders/history/?page=7')
  const mine = (await ask(`api-events/?user_id=${buyer.accountId}&endpoint=ORDERS/HIST&status_code=200`)).body
  const [{ id, timestamp, response_time, response_size, session_id, ...event }] = mine.results
  assert.ok(Number.isInteger(id) && response_time >= 0 && response_time < 5 && response_size > 0)
  assert.equal(typeof session_id, 'string')
  assert.ok(Math.abs(Date.parse(timestamp) - Date.now()) < 60_000)
  assert.deepEqual(event, {
    endpoint: '/api/orders/history/',
    method: 'GET',
    status: 'success',
    status_code: 200,
    user: USER(),
    ip_address: '127.0.0.1',
    user_agent: 'lightMyRequest',
    request_size: 0,
    referer: null,
    request_data: '{"page":"7"}',
    error_message: null,
  })
  const [anonymous] = (await ask('api-events/?endpoint=/api/orders/history/&status_code=401')).body.results
  assert.equal(anonymous.user, null)
  assert.equal(anonymous.status, 'error')
  assert.match(anonymous.error_message, /credentials/)
  assert.equal((await ask('api-events/?ip_address=10.1.2.3')).body.count, 0)
  assert.equal((await ask('api-events/?ip_address=nonsense')).body.count, 0)
  const all = (await ask(`api-events/?start_date=${today()}&end_date=${today()}&ip_address=127.0.0.1`)).body
  assert.ok(all.count >= 3)
  const times = all.results.map((each: { timestamp: string }) => each.timestamp)
  assert.deepEqual(times, [...times].sort().reverse(), 'newest first')
  assert.equal((await ask('api-events/?end_date=2020-01-01')).body.count, 0)
})

test('SF-386 SF-398 sign-ins and page views are activities, of nobody too', async () => {
  const product = await tea(server)
  await buyer.ask('GET', `/products/${product.id}/`)
  await server.call('GET', `/api/products/${product.id}/`)
  const { username } = USER()
  const { body: tokens } = await server.call('POST', '/api/users/login/', {
    body: { login: username, password: buyer.password },
    headers: { 'user-agent': 'a telephone' },
  })
  assert.equal(typeof tokens.access, 'string', JSON.stringify(tokens))
  await server.call('POST', '/api/users/logout/', { token: tokens.access, body: { refresh: tokens.refresh } })
  await server.shop.runJobs()
  const { results } = (await ask(`user-activity/?user_id=${buyer.accountId}`)).body
  const types = results.map((each: { activity_type: string }) => each.activity_type)
  assert.deepEqual(types.slice().sort(), ['LOGIN', 'LOGOUT', 'PAGE_VIEW'])
  const login = results.find((each: { activity_type: string }) => each.activity_type === 'LOGIN')
  assert.deepEqual([login.user, login.ip_address, login.user_agent], [USER(), '127.0.0.1', 'a telephone'])
  const view = (await ask(`user-activity/?user_id=${buyer.accountId}&activity_type=PAGE_VIEW`)).body.results[0]
  assert.deepEqual(view.additional_data, { path: `/api/products/${product.id}/`, product_id: product.id })
  const nobodys = (await ask('user-activity/?activity_type=PAGE_VIEW')).body.results
  assert.ok(nobodys.some((each: { user: unknown }) => each.user === null))
})

test('SF-305 SF-317 SF-320 SF-387 an order is told when it is placed, cancelled and completed, once each', async () => {
  const [kept, cancelled] = [await order(), await order()]
  await buyer.ask('POST', `/orders/${cancelled}/cancel/`, {})
  const { body: found } = await server.call('GET', `/api/admin/orders/order/?search=${kept}`, { token: staff })
  const carry = (status: string) =>
    server.call('PATCH', `/api/admin/orders/order/${found.results[0].id}/`, { token: staff, body: { status } })
  for (const status of ['SHIPPED', 'DELIVERED', 'COMPLETED']) assert.equal((await carry(status)).status, 200)
  const events = async (number: string) =>
    (await ask(`orders/?user_id=${buyer.accountId}`)).body.results
      .filter((each: { order: { order_number: string } }) => each.order.order_number === number)
      .map((each: { event_type: string }) => each.event_type)
  assert.deepEqual(await events(kept), ['ORDER_COMPLETED', 'ORDER_CREATED'])
  assert.deepEqual(await events(cancelled), ['ORDER_CANCELLED', 'ORDER_CREATED'])
  const { id, timestamp, ...event } = (await ask('orders/?event_type=ORDER_CREATED')).body.results[1]
  assert.ok(id > 0 && timestamp.startsWith(today()))
  assert.equal(event.order.order_number, kept)
  assert.deepEqual(event, {
    user: USER(),
    order: { order_number: kept, total_price: event.order_value, status: 'COMPLETED' },
    event_type: 'ORDER_CREATED',
    order_value: event.order_value,
    additional_data: { payment_method: event.additional_data.payment_method, items_count: 2 },
  })
  assert.ok(Number(event.order_value) >= 1199.98)
})

test('SF-388 a search is told with its kind, its filters and what it found', async () => {
  await buyer.ask('GET', '/search/?q=tea%20number&type=product')
  const told = await eventually(
    async () => (await ask(`searches/?user_id=${buyer.accountId}&query=TEA%20numb`)).body.results[0],
  )
  const { id, timestamp, ...search } = told
  assert.ok(id > 0 && timestamp.startsWith(today()))
  assert.equal(search.query, 'tea number')
  assert.deepEqual(search.user, USER())
  assert.equal(search.additional_data.search_type, 'product')
  assert.ok(Array.isArray(search.additional_data.filters_applied))
})

test('SF-389 SF-395 SF-396 the summary names its period, and its figures follow what happens (SF-397)', async () => {
  server.shop.pass(3 * 86_400_000)
  staff = (await signedUp(server, { isStaff: true, surface: 'storefront' })).access
  buyer = await shopper(server)
  const before = (await ask('summary/?period=day')).body
  assert.deepEqual([before.period, before.start_date, before.end_date], ['day', today(), today()])
  const paid = await order()
  const cancelled = await order()
  await buyer.ask('POST', `/orders/${cancelled}/cancel/`, {})
  const after = (await ask('summary/?period=day')).body
  const grown = (part: string, figure: string) => Number(after[part][figure]) - Number(before[part][figure])
  assert.equal(grown('orders', 'total_orders'), 2)
  assert.equal(grown('orders', 'cancelled_orders'), 1)
  const { body: detail } = await buyer.ask('GET', `/orders/${paid}/`)
  assert.equal(grown('orders', 'total_revenue'), Number(detail.total_price))
  assert.equal(after.orders.average_order_value, detail.total_price)
  assert.ok(grown('api_performance', 'total_requests') >= 6)
  assert.equal(after.sales_metrics.average_customer_lifetime_value.includes('.'), true)
  assert.ok(after.sales_metrics.conversion_rate > 0)
  const { top_endpoints } = after.api_performance
  assert.ok(
    top_endpoints.length <= 10 &&
      top_endpoints.some((each: { endpoint: string }) => each.endpoint === '/api/cart/add_to_cart/'),
  )
  const counts = top_endpoints.map((each: { requests: number }) => each.requests)
  assert.deepEqual(
    counts,
    [...counts].sort((a, b) => b - a),
  )
  for (const period of ['week', 'month', 'year']) {
    const { body } = await ask(`summary/?period=${period}`)
    assert.ok(body.start_date <= today() && body.end_date >= today(), period)
    assert.ok(body.orders.total_orders >= after.orders.total_orders, period)
  }
  assert.equal((await ask('summary/')).body.period, 'month')
  const odd = await ask('summary/?period=fortnight')
  assert.equal(odd.status, 400)
  assert.equal(typeof odd.body.error, 'string')
})

test('SF-393 without a flush of ours, rows are there within moments', async () => {
  const agent = `agent ${Date.now()}`
  await server.call('GET', '/api/products/', { headers: { 'user-agent': agent } })
  const rows = await eventually(async () => {
    const found = await sql`select from analytics.requests where user_agent = ${agent}`.execute(server.shop.db)
    return found.rows.length > 0 ? found.rows : undefined
  })
  assert.equal(rows?.length, 1)
})
