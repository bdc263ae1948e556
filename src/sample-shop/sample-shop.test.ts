import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { findAllCategories, listProducts } from '#commerce/browse'
import { examine } from '#commerce/doctor'
import { emailName, signIn } from '#commerce/identity'
import { listOrderHistory, listOrders, ORDER_STATUSES, PAYMENT_STATUSES } from '#commerce/orders'
import { listPayments } from '#commerce/payments'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { customers, emailOf } from './customers.ts'
import { isEmptyShop, loadSampleShop, type SampleShop } from './index.ts'
import { planOrders } from './plan-orders.ts'
import { planReviews } from './plan-reviews.ts'
import { planShelves } from './plan-shelves.ts'
import { openRandom } from './random.ts'

let directory: string
let souk: TestServer
let wasEmpty: boolean
let loaded: SampleShop
let took: number

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'souk-sample-'))
  souk = await openTestServer({ DATA_DIRECTORY: directory })
  wasEmpty = await isEmptyShop(souk.shop.db)
  const start = performance.now()
  loaded = await loadSampleShop(souk.shop)
  took = performance.now() - start
})
after(async () => {
  await souk.close()
  await rm(directory, { recursive: true })
})

const all = { limit: 100, offset: 0 }
const everyOrder = { accountId: null, ordering: { by: 'placedAt', descending: false } } as const

test('a shop has everything a newcomer wants to see', async (t) => {
  t.diagnostic(`${JSON.stringify(loaded)} in ${Math.round(took)} ms`)
  assert.ok(wasEmpty)
  assert.equal(await isEmptyShop(souk.shop.db), false)
  const shop = await listProducts(souk.shop.db, {}, all)
  assert.equal(shop.count, loaded.products)
  assert.ok(shop.count >= 60)
  assert.ok(shop.rows.filter(({ isFeatured }) => isFeatured).length >= 8)
  assert.ok(shop.rows.some(({ stock }) => stock === 0))
  assert.ok((await listProducts(souk.shop.db, { isOnSale: true }, all)).count >= 8)
  const levels = (await findAllCategories(souk.shop.db)).map(({ level }) => level)
  assert.deepEqual([...new Set(levels)].sort(), [0, 1, 2])
  assert.equal(loaded.reviews, 150)
})

test('it is the same shop each time', () => {
  const plan = () => {
    const random = openRandom(7)
    const orders = planOrders(random)
    const listed = planShelves(random, orders)
    return { orders, listed, reviews: planReviews(random, orders, listed) }
  }
  assert.deepEqual(plan(), plan())
})

test('a second shop is not loaded into the first', async () => {
  await assert.rejects(loadSampleShop(souk.shop), { code: 'shop_not_empty' })
})

test('the figures are sound, whatever doctor looks at', async () => {
  const { broken } = await examine(souk.shop.db)
  assert.deepEqual(broken, [])
})

test('orders of all states lie in the last ninety days, their histories in order', async () => {
  const { rows } = await listOrders(souk.shop.db, everyOrder, all)
  assert.equal(rows.length, loaded.orders)
  assert.deepEqual(
    new Set(rows.map(({ status }) => status)),
    new Set(ORDER_STATUSES.filter((status) => status !== 'completed')),
  )
  assert.deepEqual(new Set(rows.map(({ paymentStatus }) => paymentStatus)), new Set(PAYMENT_STATUSES))
  const now = souk.shop.now()
  for (const order of rows) {
    const days = (now.getTime() - order.placedAt.getTime()) / 86_400_000
    assert.ok(days > 0 && days < 90, order.number)
    const times = (await listOrderHistory(souk.shop.db, order.id)).map(({ happenedAt }) => happenedAt.getTime())
    assert.deepEqual(
      times,
      times.toSorted((first, second) => first - second),
    )
    assert.ok(times.at(-1)! <= now.getTime())
  }
  assert.ok(rows.some(({ discountMinor }) => discountMinor > 0))
  const payments = await listPayments(souk.shop.db, { accountId: null }, all)
  assert.ok(payments.rows.length >= rows.length)
})

test('every product shows a picture that can be fetched, decoded and read aloud', async () => {
  const { rows } = await listProducts(souk.shop.db, {}, all)
  const { body } = await souk.call('GET', '/api/v1/products/?page_size=100')
  assert.equal(body.results.length, rows.length)
  for (const product of body.results) {
    const [image] = product.images
    assert.ok(image.alt_text.length > 10, product.name)
    const picture = await souk.call('GET', image.url)
    assert.equal(picture.status, 200)
    assert.equal(picture.headers['content-type'], 'image/webp')
    const { width, height, format } = await sharp(picture.body).metadata()
    assert.deepEqual({ width, height, format }, { width: 800, height: 800, format: 'webp' })
    assert.ok((await sharp(picture.body).stats()).entropy > 1, product.name)
  }
})

test('nobody is written to about the past, and nobody can sign in as a sample customer', async () => {
  await souk.shop.runJobs()
  assert.deepEqual(souk.shop.letters, [])
  const device = { ip: '127.0.0.1', userAgent: 'test' }
  const credentials = { name: emailName(emailOf(customers[0]!)), password: 'SecurePass123!' }
  await assert.rejects(signIn(souk.shop, credentials, { surface: 'v1', device }))
})
