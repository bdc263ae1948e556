/** Days that are over are added up once; what changes them afterwards shows (docs/figures.md). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closeDays, keepMonths, noteAbandonedCarts, refreshCustomerValues } from '#commerce/analytics'
import { signedUp } from '../../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../../test/server.ts'
import { type Shopper, shopper, tea } from '../../../../test/storefront-shopper.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

let server: TestServer
before(async () => {
  server = await openTestServer({
    ...{ STOREFRONT_ACCESS_MINUTES: '200000', CART_ABANDONMENT_MINUTES: '180', ANALYTICS_RETENTION_DAYS: '30' },
  })
})
after(() => server.close())

const today = () => server.shop.now().toISOString().slice(0, 10)

async function staffOf(): Promise<string> {
  return (await signedUp(server, { isStaff: true, surface: 'storefront' })).access
}
async function list(path: string): Promise<{ count: number; results: Record<string, unknown>[] }> {
  await server.shop.trail.flush()
  await server.shop.runJobs()
  return (await server.call('GET', `/api/admin/core/${path}`, { token: await staffOf() })).body
}
const salesOf = async (day: string) => (await list(`salesmetrics/?date=${day}`)).results[0]!
const leftOn = async (day: string) => (await salesOf(day)).cart_abandonment_rate

/** Goes on to this hour of the next day, or a later one, and closes what is over. */
async function passToHour(hour: number, days = 1): Promise<void> {
  await server.shop.trail.flush()
  const now = server.shop.now()
  server.shop.pass(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + days, hour) - now.getTime())
  await closeDays(server.shop)
}
async function order(buyer: Shopper): Promise<string> {
  await buyer.add(await tea(server), 1)
  const { status, body } = await buyer.checkOut()
  assert.equal(status, 201, JSON.stringify(body))
  await server.shop.runJobs()
  return body.order_number
}
async function giveBackAll(buyer: Shopper, number: string): Promise<void> {
  const { body } = await buyer.ask('GET', `/orders/${number}/`)
  const wish = { order_id: number, amount: body.total_price, reason: 'Broken' }
  assert.ok((await buyer.ask('POST', '/payments/refund/', wish)).status < 300)
  const token = await staffOf()
  const path = '/api/admin/payments/refund/'
  const { results } = (await server.call('GET', `${path}?search=${number}`, { token })).body
  const settled = await server.call('PATCH', `${path}${results[0].id}/`, { token, body: { status: 'completed' } })
  assert.equal(settled.status, 200)
  await server.shop.runJobs()
}

async function cancelByStaff(number: string): Promise<void> {
  const token = await staffOf()
  const path = '/api/admin/orders/order/'
  const { results } = (await server.call('GET', `${path}?search=${number}`, { token })).body
  const body = { status: 'CANCELLED' }
  assert.equal((await server.call('PATCH', `${path}${results[0].id}/`, { token, body })).status, 200)
  await server.shop.runJobs()
}

test('SF-437 SF-441 a cart that counts as left after its day was closed is abandoned on that day, until it is touched again', async () => {
  await passToHour(23)
  const buyer = await shopper(server)
  await buyer.add(await tea(server), 1)
  const day = today()
  await passToHour(1)
  assert.equal(await leftOn(day), 0)
  server.shop.pass(2 * HOUR_MS)
  await noteAbandonedCarts(server.shop)
  assert.equal(await leftOn(day), 100)
  assert.equal(await closeDays(server.shop), 1)
  assert.equal(await leftOn(day), 100)

  await buyer.add(await tea(server), 1)
  const later = today()
  server.shop.pass(4 * HOUR_MS)
  await noteAbandonedCarts(server.shop)
  for (const isClosedAgain of [false, true]) {
    if (isClosedAgain) await closeDays(server.shop)
    assert.deepEqual([await leftOn(day), await leftOn(later)], [0, 100])
  }
})

test('SF-434 who bought for the first time is told anew when an earlier order is cancelled', async () => {
  await passToHour(5)
  const [one, other] = [await shopper(server), await shopper(server)]
  const numbers = [await order(one), await order(other)]
  await passToHour(5)
  const day = today()
  for (const buyer of [one, other]) await order(buyer)
  await passToHour(5)
  const buyers = async () => {
    const { new_customers, returning_customers } = await salesOf(day)
    return [new_customers, returning_customers]
  }
  assert.deepEqual(await buyers(), [0, 2])
  assert.equal((await one.ask('POST', `/orders/${numbers[0]}/cancel/`, {})).status, 200)
  await server.shop.runJobs()
  assert.deepEqual(await buyers(), [1, 1])
  assert.ok((await closeDays(server.shop)) >= 1)
  assert.deepEqual(await buyers(), [1, 1])
})

test('SF-469 MP-140 SF-434 an order of which all was given back is no sale, though it goes on', async () => {
  await passToHour(5)
  const [day, buyer] = [today(), await shopper(server)]
  const product = await tea(server)
  await buyer.add(product, 2)
  const { body: sold } = await buyer.checkOut()
  await passToHour(5)
  const later = today()
  await order(buyer)
  await passToHour(5)
  const figures = async () => {
    const token = await staffOf()
    const { body } = await server.call('GET', `/api/analytics/products/${product.id}/`, { token })
    const { purchases, units_sold, revenue } = body.data.totals
    const buyers = [(await salesOf(day)).new_customers, (await salesOf(later)).new_customers]
    return [purchases, units_sold, revenue, ...buyers]
  }
  assert.deepEqual(await figures(), [1, 2, '1199.98', 1, 0])
  await giveBackAll(buyer, sold.order_number)
  const { body } = await buyer.ask('GET', `/orders/${sold.order_number}/`)
  assert.deepEqual([body.status, body.payment_status], ['PROCESSING', 'REFUNDED'])
  for (const isClosedAgain of [false, true]) {
    if (isClosedAgain) assert.ok((await closeDays(server.shop)) >= 2)
    assert.deepEqual(await figures(), [0, 0, '0.00', 0, 1])
  }
})

test('SF-438 SF-507 who has closed the account is no customer any more, whatever becomes of the orders', async () => {
  const buyer = await shopper(server)
  const numbers = [await order(buyer), await order(buyer)]
  const worth = async () => {
    const { results } = await list('customerlifetimevalue/?ordering=-last_order_date')
    return results.filter(({ id }) => id === buyer.accountId).map(({ total_orders }) => total_orders)
  }
  assert.deepEqual(await worth(), [2])
  const login = await server.call('POST', '/api/v1/auth/login/', {
    body: { email: buyer.email, password: buyer.password },
  })
  const closed = { token: login.body.access, body: { password: buyer.password } }
  assert.equal((await server.call('DELETE', '/api/v1/users/me/', closed)).status, 204)
  assert.deepEqual(await worth(), [])
  await refreshCustomerValues(server.shop)
  assert.deepEqual(await worth(), [])
  await cancelByStaff(numbers[0]!)
  assert.deepEqual(await worth(), [])
})

test('SF-520 how many carts there were on a day stays, when its events are gone and an order of it is cancelled', async () => {
  await passToHour(5)
  const day = today()
  const [buyer, another] = [await shopper(server), await shopper(server)]
  await another.add(await tea(server), 1)
  const number = await order(buyer)
  server.shop.pass(4 * HOUR_MS)
  await noteAbandonedCarts(server.shop)
  await passToHour(5)
  assert.equal(await leftOn(day), 50)
  await passToHour(5, 40)
  await keepMonths(server.shop)
  assert.equal(await leftOn(day), 50)
  await cancelByStaff(number)
  assert.ok((await closeDays(server.shop)) >= 1)
  assert.equal(await leftOn(day), 50)
})
