import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
let staff: SignedUp
let seller: SignedUp
let buyer: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await staffMember(server)
  seller = await signedUp(server, { isSeller: true, surface: 'marketplace' })
  buyer = await signedUp(server, { surface: 'marketplace' })
})
after(() => server.close())

const ADDRESS = { street: '1 Main Street', city: 'Springfield', state: 'IL', postal_code: '62701', country: 'US' }
const today = () => server.shop.now().toISOString().slice(0, 10)
const ask = (path: string, { access: token }: SignedUp = staff) =>
  server.call('GET', `/api/analytics/${path}`, { token })

async function buy(product: { id: number }, quantity: number): Promise<{ order_number: string; total_amount: string }> {
  const { access: token } = buyer
  await server.call('POST', '/api/orders/cart/', { token, body: { product_id: product.id, quantity } })
  const { body } = await server.call('POST', '/api/orders/orders/', { token, body: { shipping_address: ADDRESS } })
  return body.data
}

test('MP-140 MP-141 MP-142 a product is told day by day, today as it is now, to staff and its seller', async () => {
  const product = await stockedProduct(server, { sellerId: seller.accountId, priceMinor: 1500 })
  const path = `products/${product.id}/`
  assert.equal((await server.call('GET', `/api/analytics/${path}`)).status, 401)
  assert.equal((await ask(path, buyer)).status, 403)
  assert.equal((await ask(path, await signedUp(server, { isSeller: true }))).status, 403)
  assert.equal((await ask('products/999999/', seller)).status, 404)
  const { access: token } = buyer
  for (let time = 0; time < 3; time += 1) await server.call('GET', `/api/products/${product.id}/`, { token })
  await server.call('GET', `/api/products/${product.id}/`)
  await server.call('POST', '/api/v1/wishlist/items/', { token, body: { product_id: product.id } })
  await buy(product, 2)
  const { status, body } = await ask(path, seller)
  assert.equal(status, 200)
  assert.deepEqual(Object.keys(body).sort(), ['data', 'message', 'status', 'timestamp'])
  const { data } = body
  const totals = {
    ...{ views: 4, unique_viewers: 2, cart_additions: 1, wishlist_additions: 1, purchases: 1, units_sold: 2 },
    ...{ revenue: '30.00', conversion_rate: 25 },
  }
  assert.deepEqual(data.totals, totals)
  assert.deepEqual(data.product, { id: product.id, title: product.name })
  assert.equal(data.daily.length, 30)
  assert.deepEqual(data.daily.at(-1), { date: today(), ...totals })
  assert.equal(data.daily[0].revenue, '0.00')
  assert.deepEqual([data.start_date, data.end_date], [data.daily[0].date, today()])
  const early = (await ask(`${path}?start_date=2026-01-01&end_date=2026-01-02`)).body.data
  assert.deepEqual([early.daily.length, early.totals.views], [2, 0])
  const bad = await ask(`${path}?start_date=2026-13-01`)
  assert.deepEqual([bad.status, bad.body.error], [400, 'Invalid date format. Use YYYY-MM-DD.'])
  assert.equal((await ask(`${path}?start_date=2026-02-02&end_date=2026-02-01`)).status, 400)
})

test('MP-145 MP-146 sales: all to staff, his own lines to a seller, nothing to customers', async () => {
  const mine = await stockedProduct(server, { sellerId: seller.accountId, priceMinor: 1000 })
  const others = await stockedProduct(server, { priceMinor: 5000 })
  const read = async (who: SignedUp, query = '') => (await ask(`sales/${query}`, who)).body.data
  const [before, beforeMine] = [await read(staff), await read(seller)]
  const { access: token } = buyer
  await server.call('POST', '/api/orders/cart/', { token, body: { product_id: mine.id, quantity: 3 } })
  const both = await buy(others, 1)
  const cancelled = await buy(mine, 1)
  await server.call('POST', `/api/orders/orders/${cancelled.order_number}/cancel/`, { token, body: {} })
  const [after, afterMine] = [await read(staff), await read(seller)]
  const grown = (part: 'total_orders' | 'units_sold' | 'cancelled_orders' | 'total_revenue', of = [before, after]) =>
    Number((Number(of[1].summary[part]) - Number(of[0].summary[part])).toFixed(2))
  assert.deepEqual([grown('total_orders'), grown('cancelled_orders'), grown('units_sold')], [2, 1, 4])
  assert.equal(grown('total_revenue'), Number(both.total_amount))
  const own = [beforeMine, afterMine]
  assert.deepEqual([grown('units_sold', own), grown('total_revenue', own)], [3, 30])
  assert.equal(after.results.at(-1).period, today())
  assert.ok(after.results.every((each: { revenue: string }) => /^\d+\.\d\d$/.test(each.revenue)))
  const top = afterMine.top_products.find((each: { product_id: number }) => each.product_id === mine.id)
  assert.deepEqual(top, { product_id: mine.id, title: mine.name, units: 3, revenue: '30.00' })
  assert.equal(
    afterMine.top_products.some((each: { product_id: number }) => each.product_id === others.id),
    false,
  )
  const weeks = await read(staff, '?start_date=2026-11-04&end_date=2026-11-17&group_by=week')
  assert.deepEqual(
    weeks.results.map((each: { period: string }) => each.period),
    ['2026-11-02', '2026-11-09', '2026-11-16'],
  )
  assert.equal((await ask('sales/', buyer)).status, 403)
  const odd = await ask('sales/?group_by=year')
  assert.deepEqual([odd.status, Object.keys(odd.body.details)], [400, ['group_by']])
})

test('MP-147 a front end tells which pages are looked at', async () => {
  const tell = (body: object, token?: string) =>
    server.call('POST', '/api/analytics/events/', { body, ...(token && { token }) })
  const product = await stockedProduct(server)
  assert.equal((await tell({ path: '/products/tea' })).status, 201)
  assert.equal(
    (await tell({ event_type: 'page_view', path: '/tea', product_id: product.id }, buyer.access)).status,
    201,
  )
  for (const odd of [{}, { path: '' }, { path: '/x', event_type: 'sale' }, { path: '/x', product_id: 999_999 }])
    assert.equal((await tell(odd)).status, 400, JSON.stringify(odd))
  assert.equal((await ask(`products/${product.id}/`)).body.data.totals.views, 1)
})
