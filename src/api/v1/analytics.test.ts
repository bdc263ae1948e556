import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { eventually } from '../../../test/eventually.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { stripe } from '../../../test/webhooks.ts'

let server: TestServer
let staff: string
before(async () => {
  server = await openTestServer()
  staff = (await staffMember(server)).access
})
after(() => server.close())

const PATHS = ['overview/', 'sales/', 'products/', 'customers/', 'searches/', 'export/?report=sales']
const ask = async (path: string, token = staff) => {
  await server.shop.runJobs()
  return server.call('GET', `/api/v1/analytics/${path}`, { token })
}
const today = () => server.shop.now().toISOString().slice(0, 10)

/** Two pieces at 10.00, with tax and shipping, paid or not. */
async function ordered({ isPaid }: { isPaid: boolean }) {
  const buyer = await signedUp(server)
  const article = await stockedArticle(server.shop, { priceMinor: 1000, quantity: 10 })
  await fillCart(server.shop, buyer.accountId, [article, 2])
  const { body: order } = await server.call('POST', '/api/v1/orders/', {
    token: buyer.access,
    body: { shipping_address: ADDRESS },
  })
  if (isPaid) {
    const { body: intent } = await server.call('POST', '/api/v1/payments/intents/', {
      token: buyer.access,
      body: { order_number: order.order_number, provider: 'stripe' },
    })
    await stripe(server, 'payment_intent.succeeded', intent.provider_reference)
  }
  return { buyer, article, order }
}

test('V1-385…V1-388 nobody but staff is told', async () => {
  const { access } = await signedUp(server)
  for (const path of PATHS) {
    assert.equal((await server.call('GET', `/api/v1/analytics/${path}`)).status, 401, path)
    assert.equal((await ask(path, access)).status, 403, path)
    assert.equal((await ask(path)).status, 200, path)
  }
})

test('V1-385 the overview follows what is ordered, paid and cancelled', async () => {
  const before = (await ask('overview/?period=day')).body
  const { article } = await ordered({ isPaid: true })
  const open = await ordered({ isPaid: false })
  const after = (await ask('overview/?period=day')).body
  assert.deepEqual([after.period, after.start_date, after.end_date], ['day', today(), today()])
  assert.deepEqual(
    [after.orders - before.orders, after.units_sold - before.units_sold, after.new_customers - before.new_customers],
    [2, 4, 2],
  )
  assert.equal((Number(after.revenue) - Number(before.revenue)).toFixed(2), open.order.total)
  assert.equal(after.average_order_value, open.order.total)
  assert.ok(after.conversion_rate > 0)
  assert.deepEqual(after.top_products[0].product_id, article.productId)
  assert.equal(after.top_products[0].revenue, '20.00')
  await server.call('POST', `/api/v1/orders/${open.order.order_number}/cancel/`, { token: open.buyer.access, body: {} })
  assert.equal((await ask('overview/?period=day')).body.orders - before.orders, 1)
  for (const period of ['week', 'month', 'year'])
    assert.equal((await ask(`overview/?period=${period}`)).body.period, period)
  assert.equal((await ask('overview/')).body.period, 'month')
  assert.equal((await ask('overview/?period=decade')).status, 400)
})

test('V1-386 sales are told by day, week and month, and periods without any are there', async () => {
  const { order } = await ordered({ isPaid: true })
  const { body } = await ask(`sales/?start_date=2026-01-01&end_date=${today()}&group_by=day`)
  const last = body.results.at(-1)
  assert.deepEqual([body.group_by, body.results[0].period, last.period], ['day', '2026-01-01', today()])
  assert.deepEqual(body.results[0], { period: '2026-01-01', orders: 0, units: 0, revenue: '0.00' })
  assert.equal(body.summary.orders, last.orders)
  assert.equal(body.summary.revenue, last.revenue)
  assert.ok(Number(last.revenue) >= Number(order.total))
  const weeks = (await ask('sales/?start_date=2026-11-02&end_date=2026-11-15&group_by=week')).body.results
  assert.deepEqual(
    weeks.map((each: { period: string }) => each.period),
    ['2026-11-02', '2026-11-09'],
  )
  const months = (await ask('sales/?start_date=2026-01-15&end_date=2026-03-01&group_by=month')).body.results
  assert.deepEqual(
    months.map((each: { period: string }) => each.period),
    ['2026-01-01', '2026-02-01', '2026-03-01'],
  )
  assert.equal((await ask('sales/')).body.results.length, 30)
  const odd = ['start_date=2026-02-30', 'end_date=x', 'group_by=hour', 'start_date=2026-02-02&end_date=2026-02-01']
  for (const query of [...odd, 'start_date=1900-01-01']) assert.equal((await ask(`sales/?${query}`)).status, 400, query)
})

test('V1-387 products, customers and searches are ranked, in pages', async () => {
  const { article, buyer, order } = await ordered({ isPaid: true })
  const cheap = await stockedArticle(server.shop)
  await server.call('GET', `/api/v1/products/${cheap.productId}/`)
  const products = (await ask('products/?page_size=100')).body
  const ids = products.results.map((each: { product_id: number }) => each.product_id)
  assert.ok(ids.indexOf(article.productId) < ids.indexOf(cheap.productId), 'what brought money comes first')
  const seen = products.results[ids.indexOf(cheap.productId)]
  assert.deepEqual([seen.views, seen.orders, seen.revenue, seen.conversion_rate], [1, 0, '0.00', 0])
  const customers = (await ask('customers/?page_size=1')).body
  assert.equal(customers.results.length, 1)
  assert.ok(customers.count >= 2 && customers.next)
  const all = (await ask('customers/?page_size=100')).body.results
  const mine = all.find((each: { user_id: number }) => each.user_id === buyer.accountId)
  assert.deepEqual([mine.orders, mine.total_spent, mine.email], [1, order.total, buyer.email])
  for (let time = 0; time < 2; time += 1) await server.call('GET', '/api/v1/search/?q=samovar')
  const search = await eventually(async () => {
    const [first] = (await ask('searches/')).body.results
    return first?.count === 2 ? first : undefined
  })
  assert.deepEqual([search.query, search.count, search.last_searched_on], ['samovar', 2, today()])
  assert.equal((await ask('products/?page=50')).status, 404)
})

test('V1-388 reports are exported, and no cell is a formula', async () => {
  const product = await stockedProduct(server, { name: '=SUM(A1) tea' })
  await server.call('GET', `/api/v1/products/${product.id}/`)
  const { body, headers } = await ask('export/?report=products&format=csv')
  assert.match(String(headers['content-type']), /^text\/csv/)
  assert.match(String(headers['content-disposition']), /attachment; filename="products_/)
  assert.match(String(body), /'=SUM\(A1\) tea/)
  assert.match(String((await ask('export/?report=sales')).body), /^\W*period,orders,units,revenue/)
  assert.match(String((await ask('export/?report=customers')).body), /^\W*user_id,email/)
  const sheet = await ask('export/?report=sales&format=xlsx')
  assert.equal(Buffer.from(sheet.body).subarray(0, 2).toString(), 'PK')
  for (const query of ['', '?report=weather', '?report=sales&format=pdf', '?report=sales&start_date=x'])
    assert.equal((await ask(`export/${query}`)).status, 400, query)
  assert.deepEqual((await ask('export/')).body, { report: ['This field is required.'] })
})
