/** Products that are sent back as they were read, on each surface that keeps products. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createBrand, createCategory } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { withoutEchoes } from './echoes.ts'

let server: TestServer
let staff: SignedUp
let category: { id: number }
let brand: { id: number }
before(async () => {
  server = await openTestServer()
  staff = await signedUp(server, { isStaff: true })
  await inTransaction(server.shop.db, async (tx) => {
    category = await createCategory(tx, { name: 'Teas' })
    brand = await createBrand(tx, { name: 'Leaf' })
  })
})
after(() => server.close())

async function ask(method: 'GET' | 'POST' | 'PUT', url: string, expected: number, sent?: object) {
  const body = sent === undefined ? {} : { body: sent }
  const called = await server.call(method, url, { token: staff.access, ...body })
  assert.equal(called.status, expected, JSON.stringify(called.body))
  return called.body
}
const weighed = async (name: string) => {
  const price_weights = [
    { price: 100, weight: '50 g', inventory: 1 },
    { price: 225, weight: '100 g', inventory: 6 },
  ]
  const offer = { name, description: 'Leaves', category: category.id, price_weights, discount_percentage: 10 }
  return ask('POST', '/api/products/', 201, offer)
}
const weightsOf = async (id: number) =>
  (await ask('GET', `/api/products/${id}/`, 200)).price_weights.map((each: { price: string; inventory: number }) => [
    each.price,
    each.inventory,
  ])

/** To read it is a view, which is written a moment later. */
const withoutTime = ({ updated_at: _, view_count: __, ...rest }: Record<string, unknown>) => rest

test('V1-203 NX-121 a product of several variants that is sent back as read keeps the stock and price of each', async () => {
  const { id, slug } = await weighed('Assam')
  const before = await weightsOf(id)
  for (const url of [`/api/v1/products/${id}/`, `/api/catalog/products/${slug}/`]) {
    const read = await ask('GET', url, 200)
    assert.equal(read.sku, null)
    assert.deepEqual(withoutTime(await ask('PUT', url, 200, read)), withoutTime(read))
    assert.deepEqual(await weightsOf(id), before, url)
    assert.equal((await ask('PUT', url, 200, { ...read, name: `${read.name} tea` })).name, `${read.name} tea`)
    assert.deepEqual(await weightsOf(id), before, url)
  }
  assert.equal((await ask('PUT', `/api/v1/products/${id}/`, 200, { stock: 8 })).stock, 8)
})

test('NX-121 category and brand are taken as they are shown', async () => {
  const url = '/api/catalog/products/'
  const { slug } = await ask('POST', url, 201, { name: 'Pot', price: '8', category: category.id, brand: brand.id })
  const read = await ask('GET', `${url}${slug}/`, 200)
  const put = await ask('PUT', `${url}${slug}/`, 200, { ...read, short_description: 'Round' })
  assert.deepEqual([put.category, put.brand, put.short_description], [read.category, read.brand, 'Round'])
  const copy = await ask('POST', url, 201, { name: 'Lid', price: '3', category: read.category, brand: read.brand })
  assert.deepEqual([copy.category, copy.brand], [read.category, read.brand])
  const { category: fault } = await ask('POST', url, 400, { name: 'No', price: '3', category: { id: 999_999 } })
  assert.deepEqual(fault, ['Category not found.'])
})

test('V1-201 NX-120 an SKU that is null is none that was chosen: the shop makes one', async () => {
  for (const url of ['/api/v1/products/', '/api/catalog/products/']) {
    assert.match((await ask('POST', url, 201, { name: 'Spoon', price: '3', sku: null })).sku, /^S-/)
  }
})

test('V1-203 an amount that is shown alike in another currency is told anew', () => {
  const shown = { price: '10', currency: 'JPY', stock: 3 }
  assert.deepEqual(withoutEchoes({ price: '10', currency: 'USD', stock: 3 }, shown), { price: '10', currency: 'USD' })
  assert.deepEqual(withoutEchoes({ price: '10', currency: 'JPY', stock: 4 }, shown), { stock: 4 })
})
