import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { examine } from '#commerce/doctor'
import { notifyLowStock } from '#commerce/notifications'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { buy, meantToBuy, type StockKeeper, stockKeeper } from '../../../test/stock.ts'

let server: TestServer
let keeper: StockKeeper
before(async () => {
  server = await openTestServer({ SUPPORT_EMAIL: 'staff@example.com' })
  keeper = await stockKeeper(server)
})
beforeEach(async () => {
  await tell()
  server.shop.letters.length = 0
})
after(() => server.close())

/** What the schedule does each minute, and the letters that it wrote. */
async function tell() {
  await notifyLowStock(server.shop)
  await server.shop.runJobs()
  return server.shop.letters.map(({ to, subject }) => `${to}: ${subject}`)
}

test('V1-355 an alert opens when the stock falls to the threshold, and closes by itself above it', async () => {
  const product = await stockedProduct(server)
  await keeper.adjust(product, -4)
  assert.deepEqual(await keeper.alertsOf(product), [])
  await keeper.adjust(product, -1)
  const { body } = await keeper.ask('GET', `/alerts/?product=${product.slug}`)
  const { id, created_at, ...rest } = body.results[0]
  assert.deepEqual(rest, { product: product.id, variant: product.variantId, threshold: 5, resolved: false })
  assert.ok(Math.abs(Date.parse(created_at) - server.shop.now().getTime()) < 10_000)
  await keeper.adjust(product, -2)
  assert.deepEqual(await keeper.alertsOf(product), [false])
  await keeper.adjust(product, 3)
  assert.deepEqual(await keeper.alertsOf(product), [true])
  await keeper.adjust(product, -1)
  assert.deepEqual(await keeper.alertsOf(product), [false, true])
})

test('V1-355 an order opens it, its cancellation closes it', async () => {
  const product = await stockedProduct(server)
  const { answer, buyer } = await buy(server, product, 5)
  assert.equal(answer.status, 201)
  assert.deepEqual(await keeper.alertsOf(product), [false])
  const url = `/api/v1/orders/${answer.body.order_number}/cancel/`
  await server.call('POST', url, { token: buyer.access, body: {} })
  assert.deepEqual(await keeper.alertsOf(product), [true])
})

test('V1-355 an order that is refused opens none', async () => {
  const product = await stockedProduct(server)
  const place = await meantToBuy(server, product, 7)
  await keeper.adjust(product, -4)
  assert.equal((await place()).answer.status, 400)
  assert.deepEqual(await keeper.alertsOf(product), [])
})

test('V1-355 what counts is the sum over the locations that are active', async () => {
  const product = await stockedProduct(server, { stock: 4 })
  assert.deepEqual(await keeper.alertsOf(product), [false])
  const id = await keeper.addLocation('SECOND')
  await keeper.adjust(product, 4, { location_id: id })
  assert.deepEqual(await keeper.alertsOf(product), [true])
  await keeper.ask('PATCH', `/locations/${id}/`, { is_active: false })
  assert.deepEqual(await keeper.alertsOf(product), [false, true])
  await keeper.ask('PATCH', `/locations/${id}/`, { is_active: true })
  assert.deepEqual(await keeper.alertsOf(product), [true, true])
})

test('V1-355 MP-106 a threshold that is raised opens an alert, one that is lowered closes it', async () => {
  const product = await stockedProduct(server)
  const set = (low_stock_threshold: number) =>
    keeper.ask('PATCH', '/thresholds/', { product_id: product.id, low_stock_threshold })
  await set(10)
  assert.deepEqual(await keeper.alertsOf(product), [false])
  await set(9)
  assert.deepEqual(await keeper.alertsOf(product), [true])
})

test('V1-355 staff resolves an alert; the same fall opens no other one', async () => {
  const product = await stockedProduct(server)
  await keeper.adjust(product, -6)
  const { id } = (await keeper.ask('GET', `/alerts/?product=${product.id}&resolved=false`)).body.results[0]
  for (let time = 0; time < 2; time += 1) {
    const { status, body } = await keeper.ask('POST', `/alerts/${id}/resolve/`)
    assert.deepEqual([status, body.id, body.resolved], [200, id, true])
  }
  await keeper.adjust(product, -1)
  assert.deepEqual(await keeper.alertsOf(product), [true])
  assert.equal((await keeper.ask('GET', `/alerts/?product=${product.id}&resolved=false`)).body.count, 0)
  assert.equal((await keeper.ask('GET', `/alerts/?product=${product.id}&resolved=true`)).body.count, 1)
  await keeper.adjust(product, 7)
  await keeper.adjust(product, -7)
  assert.deepEqual(await keeper.alertsOf(product), [false, true])
  assert.equal((await keeper.ask('POST', '/alerts/999999/resolve/')).status, 404)
  assert.deepEqual((await examine(server.shop.db)).broken, [])
})

test('V1-355 the list knows pages, unknown products and wrong filters', async () => {
  assert.equal((await keeper.ask('GET', '/alerts/?page=999')).status, 404)
  assert.equal((await keeper.ask('GET', '/alerts/?product=nothing')).body.count, 0)
  const { status, body } = await keeper.ask('GET', '/alerts/?resolved=perhaps')
  assert.deepEqual([status, Object.keys(body)], [400, ['resolved']])
})

test('V1-355 NX-116 staff is told once per fall', async () => {
  const product = await stockedProduct(server, { name: 'Kettle' })
  await keeper.adjust(product, -7)
  assert.deepEqual(await tell(), ['staff@example.com: Low stock: Kettle'])
  assert.match(server.shop.letters[0]!.text, new RegExp(`SKU ${product.sku}\n3 left, low from 5 on`))
  await keeper.adjust(product, -1)
  assert.equal((await tell()).length, 1)
  await keeper.adjust(product, 8)
  await keeper.adjust(product, -8)
  assert.equal((await tell()).length, 2)
})

test('V1-355 what falls within the same minute is told in one letter; what rose meanwhile is not', async () => {
  const products = [await stockedProduct(server), await stockedProduct(server), await stockedProduct(server)]
  for (const product of products) await keeper.adjust(product, -7)
  await keeper.adjust(products[0]!, 7)
  assert.deepEqual(await tell(), ['staff@example.com: Low stock: 2 articles'])
  assert.ok(!server.shop.letters[0]!.text.includes(products[0]!.sku))
})

test('V1-355 MP-106 the seller is told of his own products, at his proven address', async () => {
  const [seller, unproven] = [await signedUp(server, { isSeller: true }), await signedUp(server, { isSeller: true })]
  await sql`update identity.accounts set email_verified_at = null where id = ${unproven.accountId}`.execute(
    server.shop.db,
  )
  for (const { accountId } of [seller, unproven]) {
    const product = await stockedProduct(server, { name: `Of ${accountId}` })
    await sql`update catalog.products set seller_id = ${accountId} where id = ${product.id}`.execute(server.shop.db)
    await keeper.adjust(product, -7)
  }
  const told = await tell()
  assert.deepEqual(told.sort(), [
    `${seller.email}: Low stock: Of ${seller.accountId}`,
    'staff@example.com: Low stock: 2 articles',
  ])
})

test('V1-355 of a variant that was ordered and then removed nobody is told, and others are', async () => {
  const variants = ['GONE', 'KEPT'].map((sku) => ({ sku, name: sku, priceMinor: 100 }))
  const product = await stockedProduct(server, { name: 'Lamp', variants })
  assert.equal((await buy(server, product, 6)).answer.status, 201)
  const token = (await staffMember(server)).access
  const gone = await server.call('DELETE', `/api/v1/products/${product.id}/variants/${product.variantId}/`, { token })
  assert.equal(gone.status, 204)
  await keeper.adjust(product, -7)
  const told = (await tell()).filter((letter) => letter.includes('Low stock'))
  assert.deepEqual(told, ['staff@example.com: Low stock: Lamp (KEPT)'])
})

test('V1-355 a run that breaks off tells nothing, two at once tell once', async () => {
  const product = await stockedProduct(server)
  await keeper.adjust(product, -7)
  const { jobs } = server.shop
  const broken = { ...jobs, enqueue: () => Promise.reject(new Error('the process died')) }
  await assert.rejects(notifyLowStock({ ...server.shop, jobs: broken }), /the process died/)
  await Promise.all(Array.from({ length: 5 }, () => notifyLowStock(server.shop)))
  assert.equal((await tell()).length, 1)
})

test('V1-355 more alerts than one letter can list go into several', async () => {
  const variants = Array.from({ length: 101 }, (_, index) => ({ sku: `MANY-${index}`, priceMinor: 100 }))
  await stockedProduct(server, { name: 'Many', variants, stock: 1 })
  assert.deepEqual((await tell()).sort(), [
    'staff@example.com: Low stock: 100 articles',
    'staff@example.com: Low stock: Many',
  ])
})
