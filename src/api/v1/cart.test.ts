import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const CART = '/api/v1/cart/'
const ITEMS = '/api/v1/cart/items/'
const asGuest = (token: string) => ({ headers: { 'x-cart-token': token } })

/** Puts something into a new guest's cart; returns the token. */
async function newGuest(productId: number, quantity = 1): Promise<string> {
  const { body } = await server.call('POST', ITEMS, { body: { product_id: productId, quantity } })
  return body.cart_token
}

test('V1-250 without a cart there is an empty one', async () => {
  const empty = {
    id: null,
    cart_token: null,
    items: [],
    item_count: 0,
    currency: 'USD',
    subtotal: '0.00',
    discount: '0.00',
    coupon: null,
    total: '0.00',
    price_explanation: [],
    warnings: [],
    updated_at: null,
  }
  const nobody = await server.call('GET', CART)
  assert.equal(nobody.status, 200)
  assert.deepEqual(nobody.body, empty)
  const { access: token } = await signedUp(server)
  assert.deepEqual((await server.call('GET', CART, { token })).body, empty)
})

test('V1-251 ASVS 7.2.3 a guest without a token gets a cart and a token of at least 128 random bits', async () => {
  const product = await stockedProduct(server, {
    name: 'Blue mug',
    priceMinor: 1250,
    pictures: [{ url: '/files/mug.webp' }],
  })
  const added = await server.call('POST', ITEMS, { body: { product_id: product.id, quantity: 2 } })
  assert.equal(added.status, 201)
  const { cart_token: token, id, updated_at: updatedAt, items, ...rest } = added.body
  assert.ok(Number.isInteger(id))
  assert.match(updatedAt, /Z$/)
  assert.equal(Buffer.from(token, 'base64url').length, 32)
  assert.equal(added.headers['x-cart-token'], token)
  assert.deepEqual(items, [
    {
      id: items[0].id,
      product: {
        id: product.id,
        name: 'Blue mug',
        slug: 'blue-mug',
        image: `${server.shop.config.PUBLIC_URL}/files/mug.webp`,
      },
      variant: { id: product.variantId, name: '', sku: product.sku },
      quantity: 2,
      unit_price: '12.50',
      line_total: '25.00',
      available: 10,
    },
  ])
  assert.deepEqual(rest, {
    item_count: 2,
    currency: 'USD',
    subtotal: '25.00',
    discount: '0.00',
    coupon: null,
    total: '25.00',
    price_explanation: [{ rule: 'price', amount: '25.00', text: '2 × Blue mug at $12.50' }],
    warnings: [],
  })
  const read = await server.call('GET', CART, asGuest(token))
  assert.deepEqual(read.body, added.body)
  assert.equal(read.headers['x-cart-token'], token)
  const { rows } = await sql`select from cart.carts where token_hash = ${token}`.execute(server.shop.db)
  assert.equal(rows.length, 0, 'only a hash of the token is kept')
})

test('V1-251 the same product and variant again adds up; another variant is another item', async () => {
  const product = await stockedProduct(server, {
    variants: [
      { sku: 'shirt-s', name: 'S', priceMinor: 2000 },
      { sku: 'shirt-m', name: 'M', priceMinor: 2100 },
    ],
  })
  const [, medium] = product.variantIds
  const token = await newGuest(product.id)
  await server.call('POST', ITEMS, { ...asGuest(token), body: { product_id: product.id } })
  const { status, body } = await server.call('POST', ITEMS, {
    ...asGuest(token),
    body: { product_id: product.id, variant_id: medium, quantity: 3 },
  })
  assert.equal(status, 201)
  assert.equal(body.cart_token, token)
  assert.deepEqual(
    body.items.map((item: { variant: { name: string }; quantity: number }) => [item.variant.name, item.quantity]),
    [
      ['S', 2],
      ['M', 3],
    ],
  )
  assert.equal(body.subtotal, '103.00')
  assert.equal(body.item_count, 5)
})

test('V1-251 ASVS 7.2.3 a token that was never issued is not adopted', async () => {
  const product = await stockedProduct(server)
  const chosen = 'a-token-that-the-client-made-up'
  assert.equal((await server.call('GET', CART, asGuest(chosen))).body.id, null)
  const added = await server.call('POST', ITEMS, { ...asGuest(chosen), body: { product_id: product.id } })
  assert.equal(added.status, 201)
  assert.notEqual(added.body.cart_token, chosen)
  assert.equal(added.headers['x-cart-token'], added.body.cart_token)
  assert.equal((await server.call('GET', CART, asGuest(chosen))).body.id, null)
})

test('V1-258 a signed-in user has one cart; a guest token beside it is not looked at', async () => {
  const product = await stockedProduct(server)
  const guest = await newGuest(product.id, 3)
  const { access: token } = await signedUp(server)
  const both = { token, ...asGuest(guest) }
  const first = await server.call('POST', ITEMS, { ...both, body: { product_id: product.id } })
  assert.equal(first.body.item_count, 1)
  assert.equal(first.body.cart_token, null)
  assert.equal(first.headers['x-cart-token'], undefined)
  const second = await server.call('POST', ITEMS, { token, body: { product_id: product.id } })
  assert.equal(second.body.id, first.body.id)
  assert.equal((await server.call('GET', CART, both)).body.item_count, 2)
  assert.equal((await server.call('GET', CART, asGuest(guest))).body.item_count, 3)
})

test('V1-252 the quantity of an item can be set; 0 removes it', async () => {
  const [one, other] = [await stockedProduct(server), await stockedProduct(server)]
  const token = await newGuest(one.id)
  const { body } = await server.call('POST', ITEMS, { ...asGuest(token), body: { product_id: other.id } })
  const item = `${ITEMS}${body.items[0].id}/`
  const changed = await server.call('PATCH', item, { ...asGuest(token), body: { quantity: 4 } })
  assert.equal(changed.status, 200)
  assert.equal(changed.body.items[0].quantity, 4)
  assert.equal(changed.body.subtotal, '50.00')
  assert.deepEqual((await server.call('GET', CART, asGuest(token))).body, changed.body)
  const removed = await server.call('PATCH', item, { ...asGuest(token), body: { quantity: 0 } })
  assert.equal(removed.status, 200)
  assert.equal(removed.body.items.length, 1)
  assert.deepEqual((await server.call('GET', CART, asGuest(token))).body, removed.body)
})

test('V1-253 an item, or all of them, can be removed', async () => {
  const [one, other] = [await stockedProduct(server), await stockedProduct(server)]
  const { access: token } = await signedUp(server)
  await server.call('POST', ITEMS, { token, body: { product_id: one.id } })
  const { body } = await server.call('POST', ITEMS, { token, body: { product_id: other.id } })
  const removed = await server.call('DELETE', `${ITEMS}${body.items[0].id}/`, { token })
  assert.equal(removed.status, 204)
  const rest = (await server.call('GET', CART, { token })).body.items
  assert.deepEqual(
    rest.map((item: { product: { id: number } }) => item.product.id),
    [other.id],
  )
  assert.equal((await server.call('DELETE', CART, { token })).status, 204)
  assert.deepEqual((await server.call('GET', CART, { token })).body.items, [])
  assert.equal((await server.call('DELETE', CART, { token })).status, 204)
  assert.equal((await server.call('DELETE', CART)).status, 204, 'nothing to empty is fine')
})

test('V1-257 prices are those of the moment; what changed is told', async () => {
  const product = await stockedProduct(server, { name: 'Red lamp', priceMinor: 2000, stock: 5 })
  const token = await newGuest(product.id, 4)
  await sql`update catalog.variants set price_minor = 2550 where product_id = ${product.id}`.execute(server.shop.db)
  await sql`update inventory.levels set on_hand = 3 where variant_id = ${product.variantId}`.execute(server.shop.db)
  const { body } = await server.call('GET', CART, asGuest(token))
  assert.equal(body.items[0].unit_price, '25.50')
  assert.equal(body.total, '102.00')
  assert.deepEqual(body.warnings, ['The price of Red lamp changed from 20.00 to 25.50.', 'Only 3 of Red lamp left.'])
})

test('V1-257 what is no longer sold stays in sight with a warning, and counts in no total', async () => {
  const gone = await stockedProduct(server, { name: 'Old radio' })
  const kept = await stockedProduct(server, { priceMinor: 700 })
  const token = await newGuest(gone.id, 2)
  await server.call('POST', ITEMS, { ...asGuest(token), body: { product_id: kept.id } })
  await sql`update catalog.products set is_active = false where id = ${gone.id}`.execute(server.shop.db)
  const { body } = await server.call('GET', CART, asGuest(token))
  assert.deepEqual(body.warnings, ['Old radio is no longer available.'])
  assert.equal(body.items.length, 2)
  assert.equal(body.items[0].available, 0)
  assert.equal(body.subtotal, '7.00')
  assert.equal(body.total, '7.00')
})

test('V1-258 a guest cart expires 30 days after its last change', async () => {
  const product = await stockedProduct(server)
  const token = await newGuest(product.id)
  server.shop.pass(29 * 86_400_000)
  const added = await server.call('POST', ITEMS, { ...asGuest(token), body: { product_id: product.id } })
  assert.equal(added.body.cart_token, token)
  server.shop.pass(29 * 86_400_000)
  assert.equal((await server.call('GET', CART, asGuest(token))).body.item_count, 2)
  server.shop.pass(2 * 86_400_000)
  assert.equal((await server.call('GET', CART, asGuest(token))).body.id, null)
  const fresh = await server.call('POST', ITEMS, { ...asGuest(token), body: { product_id: product.id } })
  assert.notEqual(fresh.body.cart_token, token)
  assert.equal(fresh.body.item_count, 1)
})

test('V1-259 a cart holds one currency; an emptied one may take another', async () => {
  const dollars = await stockedProduct(server)
  const rupees = await stockedProduct(server, { currency: 'INR' })
  const token = await newGuest(dollars.id)
  const addRupees = () => server.call('POST', ITEMS, { ...asGuest(token), body: { product_id: rupees.id } })
  const refused = await addRupees()
  assert.equal(refused.status, 400)
  assert.deepEqual(refused.body, { product_id: ['All items in a cart must use the same currency.'] })
  await server.call('DELETE', CART, asGuest(token))
  const added = await addRupees()
  assert.equal(added.status, 201)
  assert.equal(added.body.currency, 'INR')
  assert.equal(added.body.cart_token, token)
  assert.ok(added.statements <= 6)
})

test('V1-256 a guest cart is merged: quantities add up to what is in stock, and the guest cart is gone', async () => {
  const [both, theirs] = [await stockedProduct(server, { name: 'Chair', stock: 5 }), await stockedProduct(server)]
  const guest = await newGuest(both.id, 4)
  await server.call('POST', ITEMS, { ...asGuest(guest), body: { product_id: theirs.id, quantity: 2 } })
  const { access: token } = await signedUp(server)
  await server.call('POST', ITEMS, { token, body: { product_id: both.id, quantity: 3 } })
  const merge = () => server.call('POST', `${CART}merge/`, { token, body: { cart_token: guest } })
  const merged = await merge()
  assert.equal(merged.status, 200)
  assert.deepEqual(
    merged.body.items.map((item: { product: { id: number }; quantity: number }) => [item.product.id, item.quantity]),
    [
      [both.id, 5],
      [theirs.id, 2],
    ],
  )
  assert.deepEqual(merged.body.warnings, ['Only 5 of Chair left.'])
  assert.equal((await server.call('GET', CART, asGuest(guest))).body.id, null)
  const again = await merge()
  assert.equal(again.status, 200)
  assert.equal(again.body.item_count, 7)
  for (const body of [{}, { cart_token: '' }, { cart_token: 5 }]) {
    const answer = await server.call('POST', `${CART}merge/`, { token, body })
    assert.equal(answer.status, 400)
    assert.deepEqual(Object.keys(answer.body), ['cart_token'])
  }
})

test('V1-250…V1-256 the routes keep their SQL budgets, sign-in included and however many items there are', async () => {
  const products = [await stockedProduct(server), await stockedProduct(server), await stockedProduct(server)]
  const { access: token } = await signedUp(server)
  const call: TestServer['call'] = (method, url, options) => server.call(method, url, { token, ...options })
  for (const product of products) {
    const added = await call('POST', ITEMS, { body: { product_id: product.id, quantity: 2 } })
    assert.ok(added.statements <= 6, `add: ${added.statements}`)
  }
  const { body, statements } = await call('GET', CART)
  assert.ok(statements <= 3, `read: ${statements}`)
  const item = (index: number) => `${ITEMS}${body.items[index].id}/`
  const changed = await call('PATCH', item(0), { body: { quantity: 1 } })
  assert.ok(changed.statements <= 7, `change: ${changed.statements}`)
  const emptied = await call('PATCH', item(0), { body: { quantity: 0 } })
  assert.ok(emptied.statements <= 7, `change to 0: ${emptied.statements}`)
  const removed = await call('DELETE', item(1))
  assert.ok(removed.statements <= 4, `remove: ${removed.statements}`)
  const guest = await newGuest(products[0]!.id, 2)
  await server.call('POST', ITEMS, { ...asGuest(guest), body: { product_id: products[1]!.id } })
  const merged = await call('POST', `${CART}merge/`, { body: { cart_token: guest } })
  assert.ok(merged.statements <= 12, `merge: ${merged.statements}`)
  const cleared = await call('DELETE', CART)
  assert.ok(cleared.statements <= 4, `clear: ${cleared.statements}`)
})
