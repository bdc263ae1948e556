import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertFault } from '../../../test/shared-paths.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const CART = '/api/orders/cart/'

async function customer() {
  const { access: token, accountId } = await signedUp(server, { surface: 'marketplace' })
  const ask = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path = '', body?: unknown) =>
    server.call(method, `${CART}${path}`, { token, ...(body === undefined ? {} : { body }) })
  const add = (product: { id: number }, quantity?: number, rest: object = {}) =>
    ask('POST', '', { product_id: product.id, ...(quantity !== undefined && { quantity }), ...rest })
  return { token, accountId, ask, add }
}

test('MP-110 MP-005 a user without a cart gets an empty one; without a token there is none', async () => {
  const buyer = await customer()
  const { status, body } = await buyer.ask('GET')
  const { timestamp, ...rest } = body
  assert.match(timestamp, /Z$/)
  const data = {
    id: null,
    items: [],
    currency: 'USD',
    total_items: 0,
    subtotal: '0.00',
    total_amount: '0.00',
    updated_at: null,
  }
  assert.deepEqual([status, rest], [200, { data, message: 'Cart retrieved successfully.', status: 200 }])
  for (const method of ['GET', 'POST', 'DELETE'] as const)
    assertFault(
      await server.call(method, CART, method === 'POST' ? { body: {} } : {}),
      401,
      'Authentication credentials were not provided.',
    )
})

test('MP-111 MP-115 the same product adds up in the same item, at the discounted price', async () => {
  const buyer = await customer()
  const product = await stockedProduct(server, {
    name: 'Blue mug',
    variants: [{ sku: 'MUG-1', priceMinor: 900, compareAtMinor: 1000 }],
    pictures: [{ url: '/files/mug.webp' }],
  })
  const first = await buyer.add(product)
  assert.equal(first.status, 201)
  const { id, added_at, ...item } = first.body.data
  assert.match(added_at, /Z$/)
  assert.deepEqual(item, {
    product_id: product.id,
    product: {
      id: product.id,
      title: 'Blue mug',
      name: 'Blue mug',
      price: '10.00',
      image: `${server.shop.config.PUBLIC_URL}/files/mug.webp`,
      stock: 10,
    },
    variant: null,
    quantity: 1,
    unit_price: '9.00',
    total_price: '9.00',
  })
  const again = await buyer.add(product, 3)
  assert.deepEqual([again.body.data.id, again.body.data.quantity, again.body.data.total_price], [id, 4, '36.00'])
  const { body } = await buyer.ask('GET')
  assert.deepEqual([body.data.total_items, body.data.subtotal, body.data.total_amount], [4, '36.00', '36.00'])
})

test('MP-111 a variant is an item of its own', async () => {
  const buyer = await customer()
  const product = await stockedProduct(server, {
    variants: [
      { sku: 'SH-S', name: 'Small', priceMinor: 1000 },
      { sku: 'SH-L', name: 'Large', priceMinor: 1200 },
    ],
  })
  const [small, large] = product.variantIds
  const one = await buyer.add(product, 1, { variant_id: large })
  assert.deepEqual(one.body.data.variant, { id: large, name: 'Large', sku: 'SH-L' })
  const other = await buyer.add(product, 1, { variant_id: small })
  assert.notEqual(one.body.data.id, other.body.data.id)
  assert.equal((await buyer.ask('GET')).body.data.subtotal, '22.00')
})

test('MP-112 MP-113 an item is changed and removed, and the cart emptied', async () => {
  const [buyer, stranger, product] = [await customer(), await customer(), await stockedProduct(server)]
  const { id } = (await buyer.add(product)).body.data
  for (const [method, quantity] of [
    ['PUT', 5],
    ['PATCH', 2],
  ] as const) {
    const { status, body } = await buyer.ask(method, `${id}/`, { quantity })
    assert.deepEqual([status, body.data.id, body.data.quantity], [200, id, quantity])
    assertFault(await stranger.ask(method, `${id}/`, { quantity }), 404, 'Not found.')
  }
  assertFault(await stranger.ask('DELETE', `${id}/`), 404, 'Not found.')
  const removed = await buyer.ask('DELETE', `${id}/`)
  assert.deepEqual([removed.status, removed.body.data.items], [200, []])
  await buyer.add(product)
  const emptied = await buyer.ask('DELETE')
  assert.deepEqual([emptied.status, emptied.body.data.total_items], [200, 0])
})

test('MP-114 what cannot be put in says why', async () => {
  const [buyer, product] = [await customer(), await stockedProduct(server, { stock: 3 })]
  const hidden = await stockedProduct(server, { isActive: false })
  for (const id of [hidden.id, 99_999_999]) assertFault(await buyer.add({ id }), 404, 'Product not found or inactive.')
  assertFault(await buyer.add(product, 4), 400, 'Insufficient stock available.', { available: 3 })
  const { id } = (await buyer.add(product, 2)).body.data
  assertFault(await buyer.add(product, 2), 400, 'Insufficient stock available.', { available: 3 })
  assertFault(await buyer.ask('PUT', `${id}/`, { quantity: 4 }), 400, 'Insufficient stock available.', { available: 3 })
  for (const quantity of [0, -1, 1.5, '2', null, [], {}]) {
    for (const { status, body } of [
      await buyer.ask('POST', '', { product_id: product.id, quantity }),
      await buyer.ask('PUT', `${id}/`, { quantity }),
    ]) {
      assert.deepEqual([status, body.error, Object.keys(body.details)], [400, 'Validation failed.', ['quantity']])
    }
  }
  for (const body of [
    {},
    { product_id: 'x' },
    { product_id: 1e300 },
    { product_id: product.id, variant_id: 99_999_999 },
  ])
    assert.ok([400, 404].includes((await buyer.ask('POST', '', body)).status), JSON.stringify(body))
  assertFault(
    await buyer.ask('POST', '', { product_id: product.id, variant_id: 99_999_999 }),
    400,
    'Variant not found or inactive.',
    { variant_id: ['Variant not found or inactive.'] },
  )
  const rupees = await stockedProduct(server, { currency: 'INR' })
  const { status, body } = await buyer.add(rupees)
  assert.deepEqual([status, body.error], [400, 'All items in a cart must use the same currency.'])
})
