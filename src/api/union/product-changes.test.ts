/** Products that are changed and removed on the shared path. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { createCategory } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { ADDRESS, fillCart } from '../../../test/goods.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'
import { assertFault, assertNotSaved } from '../../../test/shared-paths.ts'
import { NOT_ALLOWED } from '../../../test/storefront.ts'

const LIST = '/api/products/'
const UPDATED = 'Product updated successfully.'
let server: TestServer
let staff: SignedUp
let seller: SignedUp
let customer: SignedUp
let categoryId: number
before(async () => {
  server = await openTestServer()
  staff = await signedUp(server, { isStaff: true })
  seller = await signedUp(server, { isSeller: true })
  customer = await signedUp(server)
  categoryId = (await inTransaction(server.shop.db, (tx) => createCategory(tx, { name: 'Teas', code: 'T1' }))).id
})
after(() => server.close())

type Weight = { id: number; price: string; weight: string; inventory: number }
let number = 0
async function made(
  body: object = {},
  token = staff.access,
): Promise<{ id: number; price_weights: Weight[] } & Record<string, unknown>> {
  number += 1
  const usual = { name: `Tea ${number}`, description: 'Leaves', category: categoryId, price_weights: '100-50g' }
  const called = await server.call('POST', LIST, { token, body: { ...usual, ...body } })
  assert.equal(called.status, 201, JSON.stringify(called.body))
  return called.body
}
const write = (method: 'PUT' | 'PATCH' | 'DELETE', id: unknown, body?: unknown, token = staff.access) =>
  server.call(method, `${LIST}${id}/`, { token, ...(body === undefined ? {} : { body }) })
const get = async (id: number, token?: string) =>
  (await server.call('GET', `${LIST}${id}/`, token ? { token } : {})).body
const weightsOf = ({ price_weights }: { price_weights?: unknown }) =>
  (price_weights as Weight[]).map(({ id, price, weight, inventory }) => [id, price, weight, inventory])

function assertUpdated({ status, body }: Called): void {
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(Object.keys(body).sort(), ['data', 'message', 'status', 'timestamp'])
  assert.deepEqual([body.message, body.status], [UPDATED, 200])
}

test('MP-070 SF-020 SF-207 SF-209 PUT and PATCH change what is sent, and the next read shows it', async () => {
  const { id } = await made({ tags: ['a'], inventory: 4 })
  for (const [method, name] of [
    ['PUT', 'Put tea'],
    ['PATCH', 'Patched tea'],
  ] as const) {
    const called = await write(method, id, { name })
    assertUpdated(called)
    const shown = await get(id)
    assert.deepEqual(called.body.data, shown.data)
    assert.deepEqual(
      [shown.name, shown.title, shown.description, shown.tags, shown.stock],
      [name, name, 'Leaves', ['a'], 4],
    )
  }
  const changes = {
    title: 'New tea',
    description: '',
    discount_percentage: '50',
    tags: [],
    image_urls: ['https://pictures.example/t.png'],
    featured_product: true,
    category_id: null,
  }
  const { data } = (await write('PATCH', id, changes)).body
  assert.deepEqual(
    [data.title, data.description, data.price, data.discounted_price, data.tags, data.featured_product, data.category],
    ['New tea', '', '100.00', '50.00', [], true, null],
  )
  assert.equal(data.image, 'https://pictures.example/t.png')
  assert.equal((await write('PATCH', id, { discount_percentage: 0, price: '80' })).body.data.discounted_price, '80.00')
  assertUpdated(await write('PATCH', id, { is_active: false }))
  assertFault(await server.call('GET', `${LIST}${id}/`), 404, 'Product not found or inactive.')
  assert.equal((await get(id, staff.access)).is_active, false)
  assertUpdated(await write('PATCH', id, {}))
})

test('SF-208 SF-216 C-20 price weights are replaced; what stays keeps its id and its stock', async () => {
  const { id, price_weights } = await made({ price_weights: '100-50g,180-100g,900-1kg', inventory: 9 })
  const [small, medium, large] = price_weights.map((weight) => weight.id)
  const sent = [
    { price: '300.00', weight: '200g', inventory: 5 },
    { price: 180, weight: '100g' },
    { id: large, price: '950', weight: '1 kg', inventory: 1 },
    { price: 20, weight: '10g' },
  ]
  const { body } = await write('PUT', id, { price_weights: sent })
  const [fresh, , , tiny] = body.data.price_weights
  assert.deepEqual(weightsOf(body.data), [
    [fresh.id, '300.00', '200g', 5],
    [medium, '180.00', '100g', 3],
    [large, '950.00', '1 kg', 1],
    [tiny.id, '20.00', '10g', 0],
  ])
  assert.ok(![small, medium, large].includes(fresh.id))
  assert.deepEqual([body.data.stock, body.data.price], [9, '20.00'])

  const split = await write('PUT', id, { price_weights: '180-100g,500-half', inventory: 5 })
  assert.deepEqual(
    weightsOf(split.body.data).map((weight) => weight.slice(1)),
    [
      ['180.00', '100g', 3],
      ['500.00', 'half', 2],
    ],
  )
  assert.equal(split.body.data.price_weights[0].id, medium)
  assertNotSaved(await write('PUT', id, { price_weights: [{ id: small, price: 1, weight: 'x' }] }), 'price_weights')
  assert.deepEqual((await get(id)).price_weights, split.body.data.price_weights)
})

test('SF-217 a number for the whole product is split over the variants there are, and stands in the ledger', async () => {
  const { id } = await made({ price_weights: '1-a,2-b,3-c', inventory: 3 })
  const { body } = await write('PATCH', id, { inventory: '11' })
  assert.deepEqual(
    weightsOf(body.data).map((weight) => weight[3]),
    [4, 4, 3],
  )
  assert.equal((await write('PATCH', id, { stock: 0 })).body.data.status, 'Out of stock')
  const { rows } = await sql<{ sum: number }>`
    select sum(line.quantity)::int as sum from inventory.ledger line
    join catalog.variants variant on variant.id = line.variant_id
    where variant.product_id = ${id}`.execute(server.shop.db)
  assert.equal(rows[0]!.sum, 0)
})

test('MP-067 a percentage beside price weights comes off each; price weights that stay keep their ids', async () => {
  const { id, price_weights } = await made({ title: 'Reduced', price_weights: '100-a,40-b', discount_percentage: 10 })
  const ids = price_weights.map((weight) => weight.id)
  const { body } = await write('PUT', id, { discount_percentage: 25, price_weights: '100-a,40-b,8-c' })
  assert.deepEqual(
    weightsOf(body.data).map((weight) => weight.slice(1, 3)),
    [
      ['75.00', 'a'],
      ['30.00', 'b'],
      ['6.00', 'c'],
    ],
  )
  assert.deepEqual(
    body.data.price_weights.slice(0, 2).map((weight: Weight) => weight.id),
    ids,
  )
  assert.deepEqual([body.data.price, body.data.discounted_price], ['8.00', '6.00'])
})

test('SF-020 who sends back what was read, changed in one place, changes that place alone', async () => {
  const ofShop = await made({
    name: 'Echo',
    price_weights: '100-a,40-b',
    inventory: 5,
    images: [{ image_url: 'https://pictures.example/e.png', description: 'Echo' }],
  })
  const titled = { title: 'Echo lamp', price: '50.00', discount_percentage: 20, stock: 3 }
  const ofSeller = (await server.call('POST', LIST, { token: seller.access, body: titled })).body
  for (const { id } of [ofShop, ofSeller]) {
    const before = (await get(id)).data
    const after = (await write('PUT', id, { ...before, name: `${before.name} two` })).body.data
    const { updated_at: _, ...expected } = { ...before, name: `${before.name} two`, title: `${before.name} two` }
    const { updated_at: __, ...shown } = after
    assert.deepEqual(shown, expected)
  }
  const lamp = (await get(ofSeller.id)).data
  const cheaper = (await write('PUT', lamp.id, { ...lamp, discount_percentage: '50.00', inventory: 9 })).body.data
  assert.deepEqual([cheaper.price, cheaper.discounted_price, cheaper.stock], ['50.00', '25.00', 9])
})

test('SF-020 SF-210 what is invalid is told all at once, and nothing is changed', async () => {
  const { id } = await made({ name: 'Steady' })
  await made({ name: 'Taken name' })
  const before = await get(id)
  const wrong = {
    name: 'taken NAME',
    price: '1.999',
    price_weights: '5',
    inventory: -1,
    category: 'nothing',
    tags: [1],
    is_active: null,
  }
  for (const method of ['PUT', 'PATCH'] as const) assertNotSaved(await write(method, id, wrong), ...Object.keys(wrong))
  assertNotSaved(await write('PATCH', id, { title: 'Taken name' }), 'title')
  assertNotSaved(await write('PATCH', id, { name: ' ', title: null }), 'name', 'title')
  assert.deepEqual((await get(id)).data, before.data)
  assertUpdated(await write('PATCH', id, { name: 'STEADY' }))
})

test('MP-070 a price below a reduced one that the shop set elsewhere is told of the price', async () => {
  const elsewhere = await server.call('POST', '/api/v1/products/', {
    token: staff.access,
    body: { name: 'Elsewhere', price: '80', compare_at_price: '100' },
  })
  assertNotSaved(await write('PATCH', elsewhere.body.id, { price: 50 }), 'price')
})

test('MP-070 SF-210 SF-213 who may: the shop, and the seller of it', async () => {
  const mine = await made({}, seller.access)
  const other = await signedUp(server, { isSeller: true })
  assert.equal((await write('PATCH', mine.id, { name: 'Mine still' }, seller.access)).status, 200)
  assert.equal((await write('PATCH', mine.id, { name: 'The shop may' })).status, 200)
  const houses = await made()
  for (const [id, token] of [
    [mine.id, other.access],
    [mine.id, customer.access],
    [houses.id, seller.access],
  ] as const) {
    assertFault(await write('PUT', id, { name: 'x' }, token), 403, NOT_ALLOWED.detail)
    assertFault(await write('DELETE', id, undefined, token), 403, NOT_ALLOWED.detail)
  }
  for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
    const called = await server.call(method, `${LIST}${mine.id}/`, { body: {} })
    assertFault(called, 401, 'Authentication credentials were not provided.')
    assertFault(await write(method, 999_999, {}), 404, 'Product not found.')
    assertFault(await write(method, 'inventory', {}), 404, 'Product not found.')
  }
  assert.equal((await write('DELETE', mine.id, undefined, seller.access)).status, 204)
})

test('SF-211 SF-212 what is removed is gone, and its name is free', async () => {
  const { id } = await made({ name: 'Fleeting' })
  const called = await write('DELETE', id)
  assert.deepEqual([called.status, called.body.length], [204, 0])
  assertFault(await server.call('GET', `${LIST}${id}/`, { token: staff.access }), 404, 'Product not found or inactive.')
  assertFault(await write('DELETE', id), 404, 'Product not found.')
  assert.equal((await made({ name: 'Fleeting' })).name, 'Fleeting')
})

test('SF-214 orders keep what they say of a removed product, open carts lose it', async () => {
  const sold = await made({ title: 'Sold tea', price: '12.00', price_weights: undefined, stock: 5 })
  const article = { productId: sold.id, variantId: 0, sku: '', name: 'Sold tea', priceMinor: 1200 }
  await fillCart(server.shop, customer.accountId, [article, 2])
  const order = await server.call('POST', '/api/v1/orders/', {
    token: customer.access,
    body: { shipping_address: ADDRESS, payment_method: 'cod' },
  })
  assert.equal(order.status, 201, JSON.stringify(order.body))
  await fillCart(server.shop, customer.accountId, [article, 1])
  assert.equal((await write('DELETE', sold.id)).status, 204)
  assertFault(
    await server.call('GET', `${LIST}${sold.id}/`, { token: staff.access }),
    404,
    'Product not found or inactive.',
  )
  assertFault(await write('PATCH', sold.id, { is_active: true }), 404, 'Product not found.')
  assertFault(await write('DELETE', sold.id), 404, 'Product not found.')
  const [item] = (await server.call('GET', `/api/v1/orders/${order.body.order_number}/`, { token: customer.access }))
    .body.items
  assert.match(JSON.stringify(item), /Sold tea/)
  assert.deepEqual([item.quantity, item.unit_price], [2, '12.00'])
  assert.deepEqual((await server.call('GET', '/api/v1/cart/', { token: customer.access })).body.items, [])
  assert.equal((await made({ title: 'Sold tea', price: 1, price_weights: undefined })).title, 'Sold tea')
})

test('SF-020 changes of the same product at once all have their effect', async () => {
  const { id } = await made({ price_weights: '1-a,2-b', inventory: 4 })
  const bodies = [
    { inventory: 10 },
    { tags: ['x'] },
    { price_weights: '1-a,2-b,3-c' },
    { description: 'New' },
    { featured_product: true },
  ]
  const called = await Promise.all(bodies.map((body) => write('PATCH', id, body)))
  assert.deepEqual(
    called.map(({ status }) => status),
    [200, 200, 200, 200, 200],
  )
  const shown = await get(id)
  assert.deepEqual(
    [shown.stock, shown.tags, shown.price_weights.length, shown.description, shown.featured_product],
    [10, ['x'], 3, 'New', true],
  )
})
