import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { closeDays, noteAbandonedCarts, refreshCustomerValues } from '#commerce/analytics'
import { signedUp } from '../../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../../test/server.ts'
import { type Shopper, shopper, tea } from '../../../../test/storefront-shopper.ts'

let server: TestServer
let staff: string
let buyer: Shopper
const DAY_MS = 86_400_000

before(async () => {
  server = await openTestServer({ STOREFRONT_ACCESS_MINUTES: '20000' })
  await signInAnew()
})
after(() => server.close())

async function signInAnew(): Promise<void> {
  staff = (await signedUp(server, { isStaff: true, surface: 'storefront' })).access
  buyer = await shopper(server)
}
const get = async (path: string) => {
  await server.shop.trail.flush()
  await server.shop.runJobs()
  return server.call('GET', `/api/admin/${path}`, { token: staff })
}
const today = () => server.shop.now().toISOString().slice(0, 10)
const MODELS = [
  ...['analytics/useractivity', 'analytics/orderanalytics', 'analytics/searchanalytics', 'analytics/apievent'],
  ...['analytics/errorlog', 'core/salesmetrics', 'core/salesmetrics-weekly', 'core/salesmetrics-monthly'],
  ...['core/productanalytics', 'core/conversionfunnel', 'core/cartabandonmentanalytics', 'core/customerlifetimevalue'],
]

async function order(quantity = 1): Promise<{ number: string; total: string; productId: number }> {
  const product = await tea(server)
  await buyer.add(product, quantity)
  const { body } = await buyer.checkOut()
  const number = body.order_number
  const { body: detail } = await buyer.ask('GET', `/orders/${number}/`)
  return { number, total: detail.total_price, productId: product.id }
}

test('SF-451 SF-452 SF-453 each model is a list with its dates, for staff, and nothing in it can be changed', async () => {
  await order()
  for (const model of MODELS) {
    assert.equal((await server.call('GET', `/api/admin/${model}/`)).status, 401, model)
    assert.equal((await server.call('GET', `/api/admin/${model}/`, { token: buyer.access })).status, 403, model)
    const { status, body } = await get(`${model}/?search=zzz`)
    assert.deepEqual([status, body.count, body.results], [200, 0, []], model)
    const all = (await get(`${model}/`)).body
    assert.equal(all.date_hierarchy.level, 'year', model)
    for (const row of all.results.slice(0, 1)) {
      const one = await get(`${model}/${row.id}/`)
      assert.equal(one.status, 200, model)
      assert.equal(one.body.id, row.id)
      const year = Number(today().slice(0, 4))
      assert.equal((await get(`${model}/?year=${year}`)).body.date_hierarchy.level, 'month')
      assert.equal((await get(`${model}/?year=1999`)).body.count, 0)
    }
    assert.equal((await get(`${model}/999999999999999/`)).status, 404, model)
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      for (const path of [`/api/admin/${model}/`, `/api/admin/${model}/1/`])
        assert.equal((await server.call(method, path, { token: staff, body: {} })).status, 405, `${method} ${path}`)
    }
  }
})

test('SF-466 each model is exported as CSV, as its filters choose', async () => {
  for (const model of MODELS) {
    const { status, body, headers } = await get(`${model}/export/?format=csv&year=1999`)
    assert.equal(status, 200, model)
    assert.match(String(headers['content-type']), /^text\/csv/)
    assert.match(String(headers['content-disposition']), /attachment; filename="[\w-]+\.csv"/)
    assert.equal(String(body).trim().split('\n').length, 1, 'a header alone')
  }
  const full = String((await get('analytics/apievent/export/?format=csv&endpoint=checkout')).body)
  assert.match(full, /\/api\/orders\/checkout\//)
  assert.equal((await get('analytics/apievent/export/?format=pdf')).status, 400)
})

test('SF-430 SF-458 a day of orders has its number, revenue and average', async () => {
  const before = (await get('analytics/orderanalytics/')).body.results[0]
  const { total } = await order(2)
  const cancelled = await order()
  await buyer.ask('POST', `/orders/${cancelled.number}/cancel/`, {})
  const after = (await get('analytics/orderanalytics/')).body.results[0]
  assert.deepEqual([after.date, after.currency], [today(), 'INR'])
  assert.equal(after.total_orders - before.total_orders, 2)
  const grown = Number(after.total_revenue) - Number(before.total_revenue)
  assert.equal(grown.toFixed(2), Number(total).toFixed(2))
  const sales = (await get('core/salesmetrics/')).body.results[0]
  assert.equal(sales.date, today())
  assert.ok(sales.unique_visitors >= 1 && sales.total_visitors >= sales.unique_visitors)
  assert.match(sales.conversion_rate_display, /^[\d.]+%$/)
  assert.match(sales.customer_acquisition_cost_display, /\.\d\d$/)
  assert.equal(sales.new_customers, 1)
})

test('SF-435 SF-436 SF-459 SF-460 what was looked at, put into a cart and bought is told of product and funnel', async () => {
  const product = await tea(server)
  for (let time = 0; time < 4; time += 1) await buyer.ask('GET', `/products/${product.id}/`)
  await buyer.add(product, 1)
  await buyer.checkOut()
  const [row] = (await get(`core/productanalytics/?product=${product.id}`)).body.results
  assert.deepEqual(
    [row.date, row.product, row.views, row.cart_additions, row.purchases],
    [today(), { id: product.id, name: product.name }, 4, 1, 1],
  )
  assert.deepEqual([row.revenue, row.revenue_display, row.conversion_rate], ['599.99', 'INR 599.99', 25])
  assert.deepEqual([row.conversion_rate_display, row.cart_to_purchase_rate], ['25%', 100])
  const steps = (await get(`core/conversionfunnel/?product=${product.id}&user_id=${buyer.accountId}`)).body.results
  const stages = steps.map((step: { stage: string }) => step.stage)
  assert.deepEqual(stages.sort(), ['CART', 'CHECKOUT', 'PURCHASE', 'VIEW', 'VIEW', 'VIEW', 'VIEW'])
  const [purchase] = (await get(`core/conversionfunnel/?product=${product.id}&stage=purchase`)).body.results
  assert.deepEqual(
    [purchase.stage_badge.label, purchase.product_name, purchase.user_name],
    ['PURCHASE', product.name, purchase.user.username],
  )
  assert.equal((await get('core/conversionfunnel/?stage=SLEEP')).body.count, 0)
})

test('SF-437 SF-461 a cart that nobody touches is left, and recovered once it is ordered', async () => {
  await signInAnew()
  await buyer.add(await tea(server), 3)
  await noteAbandonedCarts(server.shop)
  const of = (query = '') => get(`core/cartabandonmentanalytics/?search=${buyer.email}${query}`)
  assert.equal((await of()).body.count, 0)
  server.shop.pass(61 * 60_000)
  await noteAbandonedCarts(server.shop)
  await noteAbandonedCarts(server.shop)
  const { body } = await of('&recovered=false&abandonment_stage=CART')
  assert.equal(body.count, 1)
  const [cart] = body.results
  assert.deepEqual(
    [cart.cart_value, cart.cart_value_display, cart.items_count, cart.recovered, cart.recovery_status_badge.label],
    ['1799.97', 'INR 1,799.97', 3, false, 'Abandoned'],
  )
  await buyer.checkOut()
  const [recovered] = (await of('&recovered=true')).body.results
  assert.deepEqual(
    [recovered.id, recovered.recovered, recovered.recovery_status_badge.label],
    [cart.id, true, 'Recovered'],
  )
  assert.ok(recovered.recovery_date.startsWith(today()))
})

test('SF-438 SF-441 SF-462 a customer is new, regular and then a VIP, by what he paid', async () => {
  await signInAnew()
  const value = async () => (await get(`core/customerlifetimevalue/?search=${buyer.email}`)).body.results[0]
  assert.equal(await value(), undefined)
  const first = await order()
  const fresh = await value()
  assert.deepEqual([fresh.total_orders, fresh.total_spent, fresh.customer_segment], [1, first.total, 'NEW'])
  assert.ok(Number(fresh.predicted_ltv) >= Number(fresh.total_spent))
  await order()
  const cancelled = await order()
  assert.equal((await value()).total_orders, 3)
  await buyer.ask('POST', `/orders/${cancelled.number}/cancel/`, {})
  const regular = await value()
  assert.deepEqual([regular.total_orders, regular.customer_segment_badge.label], [2, 'REGULAR'])
  for (let more = 0; more < 3; more += 1) await order()
  assert.equal((await value()).customer_segment, 'VIP')
  assert.ok((await get('core/customerlifetimevalue/?customer_segment=VIP')).body.count >= 1)
  assert.equal((await get('core/customerlifetimevalue/?customer_segment=KING')).body.count, 0)
})

test('SF-438 reckoned anew all together, customers are worth the same', async () => {
  const all = async () => (await get('core/customerlifetimevalue/?ordering=total_orders')).body.results
  const before = await all()
  assert.ok(before.length >= 2)
  await sql`delete from analytics.customer_values where account_id = ${before[0].id}`.execute(server.shop.db)
  await refreshCustomerValues(server.shop)
  const worth = (rows: Record<string, unknown>[]) =>
    rows.map(({ last_updated: _, predicted_ltv: __, predicted_ltv_display: ___, ...row }) => row)
  assert.deepEqual(worth(await all()), worth(before))
})

test('SF-439 SF-463 SF-464 requests are found by what they were, and shown with what a screen wants', async () => {
  await server.call('GET', '/api/orders/history/', { headers: { 'user-agent': 'Curious/1.0' } })
  const { body } = await get(
    'analytics/apievent/?search=curious&status=error&request_method=get&response_status_code=401',
  )
  assert.equal(body.count, 1)
  const [row] = body.results
  assert.deepEqual(
    [row.performance_indicator, row.user_info, row.ip_address_display, row.status_badge.label],
    ['Fast', 'Anonymous', '127.0.0.1', '401'],
  )
  const { body: detail } = await get(`analytics/apievent/${row.id}/`)
  const titles = detail.fieldsets.map((each: { title: string }) => each.title)
  assert.deepEqual(titles, ['Basic info', 'User', 'Request', 'Response'])
  assert.equal((await get('analytics/apievent/?status=maybe')).status, 400)
  assert.equal((await get(`analytics/apievent/?search=${buyer.email}`)).body.results[0].user.id, buyer.accountId)
})

test('SF-465 endpoints and users are analyzed, of the rows that are chosen', async () => {
  const ask = (name: string, body: object = {}, query = '') =>
    server.call('POST', `/api/admin/analytics/apievent/actions/${name}/${query}`, { token: staff, body })
  await server.call('GET', '/api/orders/history/')
  await buyer.ask('GET', '/orders/history/')
  const { body: listed } = await get('analytics/apievent/?endpoint=/api/orders/history/')
  const ids = listed.results.slice(0, 2).map((each: { id: number }) => each.id)
  const { status, body } = await ask('analyze_endpoint_performance', { ids })
  assert.equal(status, 200)
  const [{ average_response_time, ...row }, ...others] = body.results
  assert.deepEqual(others, [])
  assert.deepEqual(row, { endpoint: '/api/orders/history/', requests: 2, requests_per_minute: 2, error_rate: 50 })
  assert.ok(average_response_time < 5)
  const { body: people } = await ask('analyze_user_patterns', { ids })
  assert.deepEqual(people.results.map((each: { user: unknown }) => each.user === null).sort(), [false, true])
  assert.deepEqual(people.results[0].top_endpoints, [{ endpoint: '/api/orders/history/', requests: 1 }])
  assert.ok(
    (await ask('analyze_endpoint_performance', {}, '?endpoint=checkout')).body.results.every(
      (each: { endpoint: string }) => each.endpoint.includes('checkout'),
    ),
  )
})

test('SF-457 errors are listed with the beginning of their message', async () => {
  server.shop.trail.noteError({
    ...{ happenedAt: server.shop.now(), endpoint: '/api/cart/', message: `boom ${'x'.repeat(200)}` },
    ...{ stackTrace: 'at somewhere', accountId: buyer.accountId },
  })
  const { body } = await get(`analytics/errorlog/?search=BOOM&endpoint=cart&user_id=${buyer.accountId}`)
  assert.equal(body.count, 1)
  assert.equal(body.results[0].error_preview.length, 100)
  assert.equal(body.results[0].stack_trace, 'at somewhere')
})

test('SF-397 what is given back is no revenue: in part it lowers it, whole it is no sale any more', async () => {
  await signInAnew()
  const figure = async () => (await get('analytics/orderanalytics/?currency=INR')).body.results[0]
  const before = Number((await figure()).total_revenue)
  const { number, total } = await order(2)
  const giveBack = async (amount: string) => {
    const wish = { order_id: number, amount, reason: 'Broken' }
    assert.ok((await buyer.ask('POST', '/payments/refund/', wish)).status < 300)
    const { body } = await get(`payments/refund/?search=${number}&status=processing`)
    const path = `/api/admin/payments/refund/${body.results[0].id}/`
    assert.equal((await server.call('PATCH', path, { token: staff, body: { status: 'completed' } })).status, 200)
  }
  await giveBack('100.00')
  assert.equal((Number((await figure()).total_revenue) - before).toFixed(2), (Number(total) - 100).toFixed(2))
  assert.equal(
    (await get(`core/customerlifetimevalue/?search=${buyer.email}`)).body.results[0].total_spent,
    (Number(total) - 100).toFixed(2),
  )
  await giveBack((Number(total) - 100).toFixed(2))
  assert.equal((Number((await figure()).total_revenue) - before).toFixed(2), '0.00')
  assert.equal((await get(`core/customerlifetimevalue/?search=${buyer.email}`)).body.count, 0)
})

test('figures of days that are over are kept, and are what a recount says after changes of later days', async () => {
  await signInAnew()
  const late = await order(2)
  const kept = await order()
  const day = today()
  const figures = async () => {
    const { body: orders } = await get(`analytics/orderanalytics/?date=${day}&currency=INR`)
    const { body: products } = await get(`core/productanalytics/?date=${day}&product=${late.productId}`)
    const { body: sales } = await get(`core/salesmetrics/?date=${day}`)
    return { orders: orders.results[0], product: products.results[0], sales: sales.results[0] }
  }
  const recount = async () => {
    const { rows } = await sql<{ orders: number; revenue: number }>`
      select count(*)::int as orders, sum(total_minor) filter (where status <> 'cancelled' and payment_status = 'paid')::int as revenue
      from orders.orders where placed_at >= ${`${day}T00:00:00Z`} and placed_at < ${`${day}T00:00:00Z`}::timestamptz + interval '1 day'
        and currency = 'INR'`.execute(server.shop.db)
    return [rows[0]!.orders, (rows[0]!.revenue / 100).toFixed(2)]
  }
  const open = await figures()
  assert.deepEqual([open.orders.total_orders, open.orders.total_revenue], await recount())
  server.shop.pass(DAY_MS + 3_600_000)
  assert.ok((await closeDays(server.shop)) >= 1)
  const { rows: closed } = await sql`select from analytics.closed_days where day = ${day}`.execute(server.shop.db)
  assert.equal(closed.length, 1)
  assert.deepEqual(await figures(), open)
  const { body: found } = await get(`orders/order/?search=${late.number}`)
  const cancelled = await server.call('PATCH', `/api/admin/orders/order/${found.results[0].id}/`, {
    token: staff,
    body: { status: 'CANCELLED' },
  })
  assert.equal(cancelled.status, 200)
  for (const isClosedAgain of [false, true]) {
    if (isClosedAgain) assert.equal(await closeDays(server.shop), 1)
    const changed = await figures()
    assert.deepEqual([changed.orders.total_orders, changed.orders.total_revenue], await recount())
    assert.equal(changed.product.purchases, open.product.purchases - 1)
    assert.equal(changed.sales.new_customers, open.sales.new_customers)
  }
  assert.ok(Number(kept.total) > 0)
})
