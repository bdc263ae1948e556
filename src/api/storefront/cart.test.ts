import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertAnswer, loggedIn, logIn, NO_CREDENTIALS, verified } from '../../../test/storefront.ts'
import { LARGE, SMALL, shopper, tea } from '../../../test/storefront-shopper.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const hide = (id: number) => sql`update catalog.products set is_active = false where id = ${id}`.execute(server.shop.db)

/** A visitor with the cookie of a page of the catalogue. */
async function visitor() {
  const { headers } = await server.call('GET', '/api/products/')
  const cookie = String(headers['set-cookie']).split(';')[0]!
  const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
    server.call(method, `/api/cart${path}`, { headers: { cookie }, ...(body === undefined ? {} : { body }) })
  return { cookie, ask }
}

test('SF-260 SF-261 SF-267 SF-269 what is put in adds up, and is shown at the price of now', async () => {
  const [buyer, product] = [await shopper(server), await tea(server)]
  assertAnswer(await buyer.add(product, 2), 201, { status: 'Added to cart' })
  assertAnswer(await buyer.add(product, 1, { price: 599.99, weight: '200g' }), 201, { status: 'Added to cart' })
  assert.equal((await buyer.add(product, 1, { price: '1100', weight: '400g' })).status, 201)
  const { status, body } = await buyer.ask('GET', '/cart/retrieve_cart/')
  assert.equal(status, 200)
  assert.equal(body.user, buyer.accountId)
  assert.match(body.created_at, /Z$/)
  const [small, large] = body.items
  assert.deepEqual([small.quantity, small.total_price], [3, '1799.97'])
  assert.deepEqual([large.quantity, large.total_price], [1, '1100.00'])
  assert.deepEqual(small.selected_price_weight, {
    id: product.variantIds[0],
    price: '599.99',
    weight: '200g',
    inventory: 10,
    status: 'In stock',
  })
  const { images, category_id, ...shown } = small.product
  const told = { product_id: product.id, name: product.name, inventory: 20, is_active: true, status: 'In stock' }
  assert.deepEqual([shown, images, category_id], [told, [], null])
  await sql`update catalog.variants set price_minor = 60000 where id = ${product.variantIds[0]}`.execute(server.shop.db)
  const dearer = await buyer.ask('GET', '/cart/retrieve_cart/')
  assert.equal(dearer.body.items[0].total_price, '1800.00')
})

test('SF-262 SF-263 SF-264 SF-265 SF-266 what cannot be put in says why', async () => {
  const [buyer, product, hidden] = [await shopper(server), await tea(server), await tea(server)]
  await hide(hidden.id)
  const noProduct = { error: 'Product does not exist or is inactive.', detail: 'Product not found' }
  for (const id of [hidden.id, 99_999_999]) assertAnswer(await buyer.add({ id }), 404, noProduct)
  assertAnswer(await buyer.add(product, 1, { price: '599.99', weight: '400g' }), 404, {
    error: 'Selected price-weight combination does not exist.',
    detail: 'Price-weight combination not found',
    available_combinations: [SMALL, LARGE],
  })
  const short = { error: 'Insufficient stock available.', detail: `Not enough stock for ${product.name}` }
  assertAnswer(await buyer.add(product, 11), 400, short)
  await buyer.add(product, 6)
  assertAnswer(await buyer.add(product, 5), 400, short)
  for (const pair of [
    {},
    { price: '1' },
    { weight: '200g' },
    { price: null, weight: '200g' },
    { price: '', weight: '' },
  ])
    assertAnswer(await buyer.add(product, 1, pair), 400, { error: 'Price and weight must be provided' })
  const odd = [
    { product_id: product.id, quantity: 0, price_weight: SMALL },
    { product_id: product.id, quantity: null, price_weight: SMALL },
    { product_id: product.id, quantity: '2', price_weight: SMALL },
    { product_id: product.id, quantity: 1.5, price_weight: SMALL },
    { product_id: 'x', price_weight: SMALL },
    { price_weight: SMALL },
    { product_id: product.id, price_weight: 'x' },
    { product_id: product.id, price_weight: { price: 'a lot', weight: '200g' } },
    { product_id: 1e300, price_weight: SMALL },
  ]
  for (const body of odd) {
    const { status, body: answer } = await buyer.ask('POST', '/cart/add_to_cart/', body)
    assert.ok([400, 404].includes(status) && typeof answer.error === 'string', `${JSON.stringify(body)}: ${status}`)
  }
})

test('SF-268 neither token nor a session that we gave: 401, whatever is sent', async () => {
  const stranger = { headers: { cookie: `visitor=${'a'.repeat(22)}.${'b'.repeat(22)}` } }
  for (const who of [{}, stranger]) {
    assertAnswer(await server.call('POST', '/api/cart/add_to_cart/', { ...who, body: {} }), 401, NO_CREDENTIALS)
    const read = await server.call('GET', '/api/cart/retrieve_cart/', who)
    assertAnswer(read, 401, NO_CREDENTIALS)
    assert.equal(read.headers['set-cookie'], undefined)
    assertAnswer(await server.call('PUT', '/api/cart/1/update_cart_item/', { ...who, body: {} }), 401, NO_CREDENTIALS)
    assertAnswer(await server.call('POST', '/api/cart/validate_cart/', who), 401, NO_CREDENTIALS)
    assertAnswer(await server.call('DELETE', '/api/cart/1/', who), 401, NO_CREDENTIALS)
  }
})

test('SF-270 SF-271 SF-275 SF-279 no cart is 404; one that was emptied has no items', async () => {
  const [buyer, product] = [await shopper(server), await tea(server)]
  assertAnswer(await buyer.ask('GET', '/cart/retrieve_cart/'), 404, { error: 'Cart not found' })
  assertAnswer(await buyer.ask('POST', '/cart/validate_cart/'), 404, { error: 'Cart not found' })
  await buyer.add(product)
  const { body } = await buyer.ask('GET', '/cart/retrieve_cart/')
  const removed = await buyer.ask('DELETE', `/cart/${body.items[0].cart_item_id}/`)
  assert.equal(removed.status, 204)
  assertAnswer(await buyer.ask('DELETE', `/cart/${body.items[0].cart_item_id}/`), 404, {
    error: 'Cart item not found.',
  })
  for (const id of ['x', '0', '9'.repeat(20)]) {
    assertAnswer(await buyer.ask('DELETE', `/cart/${id}/`), 404, { error: 'Cart item not found.' })
    assertAnswer(await buyer.ask('PATCH', `/cart/${id}/update_cart_item/`, { quantity: 1 }), 404, {
      error: 'Cart item not found.',
    })
  }
  assert.deepEqual((await buyer.ask('GET', '/cart/retrieve_cart/')).body.items, [])
  const empty = await buyer.ask('POST', '/cart/validate_cart/')
  assert.deepEqual([empty.status, typeof empty.body.error], [400, 'string'])
})

test('SF-272 SF-273 SF-274 SF-275 SF-276 SF-277 an item is changed in quantity, in weight, or in both', async () => {
  const [buyer, product, other] = [await shopper(server), await tea(server), await shopper(server)]
  await buyer.add(product, 2)
  const items = async () => (await buyer.ask('GET', '/cart/retrieve_cart/')).body.items
  const [{ cart_item_id: id }] = await items()
  const change = (body: object, method: 'PUT' | 'PATCH' = 'PUT') =>
    buyer.ask(method, `/cart/${id}/update_cart_item/`, body)
  const done = { status: 'Cart item updated' }
  assertAnswer(await change({ quantity: 4 }), 200, done)
  assertAnswer(await change({ price_weight: LARGE }, 'PATCH'), 200, done)
  assert.deepEqual(
    (await items()).map((item: { cart_item_id: number; quantity: number; total_price: string }) => [
      item.cart_item_id,
      item.quantity,
      item.total_price,
    ]),
    [[id, 4, '4400.00']],
  )
  assertAnswer(await change({ quantity: 3, price_weight: SMALL }), 200, done)
  assertAnswer(await change({ price_weight: { price: '1', weight: '200g' } }), 404, {
    error: 'Price-weight combination not found',
    available_combinations: [SMALL, LARGE],
  })
  const short = { error: 'Insufficient stock available.', detail: `Not enough stock for ${product.name}` }
  assertAnswer(await change({ quantity: 11 }), 400, short)
  await buyer.add(product, 8, LARGE)
  assertAnswer(await change({ price_weight: LARGE }), 400, short)
  assert.deepEqual(
    (await items()).map(({ quantity }: { quantity: number }) => quantity),
    [3, 8],
  )
  assertAnswer(await change({ quantity: 2, price_weight: LARGE }), 200, done)
  assert.deepEqual(
    (await items()).map(({ quantity }: { quantity: number }) => quantity),
    [10],
  )
  const gone = { error: 'Cart item not found.' }
  assertAnswer(await change({ quantity: 1 }), 404, gone)
  const [{ cart_item_id: left }] = await items()
  for (const body of [{ quantity: 1 }, { price_weight: SMALL }])
    assertAnswer(await other.ask('PUT', `/cart/${left}/update_cart_item/`, body), 404, gone)
  for (const body of [
    {},
    { quantity: 0 },
    { quantity: null },
    { quantity: 'x' },
    { price_weight: {} },
    { price_weight: null },
  ]) {
    const { status, body: answer } = await buyer.ask('PUT', `/cart/${left}/update_cart_item/`, body)
    assert.deepEqual([status, typeof answer.error], [400, 'string'], JSON.stringify(body))
  }
})

test('SF-278 SF-280 SF-282 whether all can be ordered as it is, line by line', async () => {
  const [buyer, one, two] = [await shopper(server), await tea(server), await tea(server)]
  await buyer.add(one, 5)
  await buyer.add(two, 2, LARGE)
  assertAnswer(await buyer.ask('POST', '/cart/validate_cart/'), 200, { status: 'Cart is valid' })
  await sql`update inventory.levels set on_hand = 3 where variant_id = ${one.variantIds[0]}`.execute(server.shop.db)
  await hide(two.id)
  assertAnswer(await buyer.ask('POST', '/cart/validate_cart/'), 400, {
    error: 'Not enough stock for the following items',
    details: [`${one.name} (200g) (Requested: 5, Available: 3)`, `${two.name} (400g) (Requested: 2, Available: 0)`],
  })
})

test('SF-281 without a cart there is nothing to look at; an empty one is not ready', async () => {
  const [nobody, buyer, product] = [await shopper(server), await shopper(server), await tea(server)]
  assertAnswer(await nobody.ask('POST', '/cart/validate_cart/'), 404, { error: 'Cart not found' })
  await buyer.add(product, 1)
  const { body: cart } = await buyer.ask('GET', '/cart/retrieve_cart/')
  assert.ok((await buyer.ask('DELETE', `/cart/${cart.items[0].cart_item_id}/`)).status < 300)
  const { status, body } = await buyer.ask('POST', '/cart/validate_cart/')
  assert.deepEqual([status, typeof body.error], [400, 'string'])
})

test('SF-283 guests have carts of their own, by the cookie alone', async () => {
  const [one, other, product] = [await visitor(), await visitor(), await tea(server)]
  const wanted = { product_id: product.id, quantity: 2, price_weight: SMALL }
  assert.equal((await one.ask('POST', '/add_to_cart/', wanted)).status, 201)
  const { body } = await one.ask('GET', '/retrieve_cart/')
  assert.deepEqual([body.user, body.items.length], [null, 1])
  assertAnswer(await other.ask('GET', '/retrieve_cart/'), 404, { error: 'Cart not found' })
  const [{ cart_item_id: id }] = body.items
  assertAnswer(await other.ask('DELETE', `/${id}/`), 404, { error: 'Cart item not found.' })
  assert.equal((await one.ask('PUT', `/${id}/update_cart_item/`, { quantity: 3 })).status, 200)
  assert.equal((await one.ask('POST', '/validate_cart/')).status, 200)
  assert.equal((await one.ask('DELETE', `/${id}/`)).status, 204)
  const both = await Promise.all([1, 2, 3, 4].map(() => other.ask('POST', '/add_to_cart/', wanted)))
  assert.deepEqual(
    both.map(({ status }) => status),
    [201, 201, 201, 201],
  )
  assert.deepEqual((await other.ask('GET', '/retrieve_cart/')).body.items[0].quantity, 8)
})

test('SF-284 the cart of a guest who logs in comes along, capped at what there is', async () => {
  const [guest, product, customer] = [await visitor(), await tea(server), await verified(server)]
  await guest.ask('POST', '/add_to_cart/', { product_id: product.id, quantity: 7, price_weight: SMALL })
  const first = await logIn(server, customer.username, customer.password)
  const token = first.body.access
  const wanted = { product_id: product.id, quantity: 5, price_weight: SMALL }
  await server.call('POST', '/api/cart/add_to_cart/', { token, body: wanted })
  const { status, body } = await logIn(server, customer.username, customer.password, { cookie: guest.cookie })
  assert.equal(status, 200)
  const cart = await server.call('GET', '/api/cart/retrieve_cart/', { token: body.access })
  assert.deepEqual(
    cart.body.items.map(({ quantity }: { quantity: number }) => quantity),
    [10],
  )
  assertAnswer(await guest.ask('GET', '/retrieve_cart/'), 404, { error: 'Cart not found' })
})

test('SF-285 a cart holds one currency', async () => {
  const [buyer, product] = [await loggedIn(server), await tea(server)]
  const dollars = await stockedProduct(server, { variants: [{ sku: 'USD-1', weightLabel: '1kg', priceMinor: 500 }] })
  const add = (id: number, price_weight: object) =>
    server.call('POST', '/api/cart/add_to_cart/', { token: buyer.access, body: { product_id: id, price_weight } })
  assert.equal((await add(product.id, SMALL)).status, 201)
  assertAnswer(await add(dollars.id, { price: '5', weight: '1kg' }), 400, {
    error: 'All items in a cart must use the same currency.',
  })
})
