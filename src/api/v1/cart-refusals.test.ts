import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
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

test('V1-254 an unknown or inactive product answers 400', async () => {
  const inactive = await stockedProduct(server, { isActive: false })
  for (const productId of [inactive.id, 987_654_321, 0, -1, Number.MAX_SAFE_INTEGER]) {
    const { status, body } = await server.call('POST', ITEMS, { body: { product_id: productId } })
    assert.equal(status, 400)
    assert.deepEqual(body, { product_id: ['Product not found or inactive.'] })
  }
  const product = await stockedProduct(server)
  const other = await stockedProduct(server)
  for (const variantId of [other.variantId, 987_654_321, 0, Number.MAX_SAFE_INTEGER]) {
    const body = { product_id: product.id, variant_id: variantId }
    const answer = await server.call('POST', ITEMS, { body })
    assert.equal(answer.status, 400)
    assert.deepEqual(answer.body, { variant_id: ['Variant not found or inactive.'] })
  }
})

test('V1-254 a quantity that is no positive integer answers 400', async () => {
  const product = await stockedProduct(server)
  for (const quantity of [0, -1, 1.5, '2', null, true, [1]]) {
    const { status, body } = await server.call('POST', ITEMS, { body: { product_id: product.id, quantity } })
    assert.equal(status, 400, `quantity ${quantity}`)
    assert.deepEqual(Object.keys(body), ['quantity'])
    assert.equal(typeof body.quantity[0], 'string')
  }
  const { status, body } = await server.call('POST', ITEMS, { body: {} })
  assert.equal(status, 400)
  assert.deepEqual(body, { product_id: ['This field is required.'] })
  const token = await newGuest(product.id)
  const item = `${ITEMS}${(await server.call('GET', CART, asGuest(token))).body.items[0].id}/`
  for (const wrong of [{ quantity: -1 }, { quantity: 1.5 }, { quantity: '2' }, {}]) {
    const answer = await server.call('PATCH', item, { ...asGuest(token), body: wrong })
    assert.equal(answer.status, 400)
    assert.deepEqual(Object.keys(answer.body), ['quantity'])
  }
})

test('V1-254 too many answers 400 with the stock, counting what is in the cart already', async () => {
  const product = await stockedProduct(server, { stock: 5 })
  const few = { quantity: ['Only 5 left in stock.'] }
  for (const quantity of [6, 1000, Number.MAX_SAFE_INTEGER]) {
    const { status, body } = await server.call('POST', ITEMS, { body: { product_id: product.id, quantity } })
    assert.equal(status, 400)
    assert.deepEqual(body, few)
  }
  const token = await newGuest(product.id, 3)
  const more = await server.call('POST', ITEMS, { ...asGuest(token), body: { product_id: product.id, quantity: 3 } })
  assert.equal(more.status, 400)
  assert.deepEqual(more.body, few)
  const cart = (await server.call('GET', CART, asGuest(token))).body
  assert.equal(cart.item_count, 3)
  const item = `${ITEMS}${cart.items[0].id}/`
  const set = await server.call('PATCH', item, { ...asGuest(token), body: { quantity: 6 } })
  assert.equal(set.status, 400)
  assert.deepEqual(set.body, few)
  const nothing = await stockedProduct(server, { stock: 0 })
  const none = await server.call('POST', ITEMS, { body: { product_id: nothing.id } })
  assert.deepEqual(none.body, { quantity: ['Only 0 left in stock.'] })
})

test('V1-252 an item holds at most 999', async () => {
  const product = await stockedProduct(server, { stock: 5000 })
  const limit = { quantity: ['Ensure this value is less than or equal to 999.'] }
  const tooMany = await server.call('POST', ITEMS, { body: { product_id: product.id, quantity: 1000 } })
  assert.equal(tooMany.status, 400)
  assert.deepEqual(tooMany.body, limit)
  const token = await newGuest(product.id, 990)
  const more = await server.call('POST', ITEMS, { ...asGuest(token), body: { product_id: product.id, quantity: 10 } })
  assert.deepEqual(more.body, limit)
  const item = `${ITEMS}${(await server.call('GET', CART, asGuest(token))).body.items[0].id}/`
  const set = await server.call('PATCH', item, { ...asGuest(token), body: { quantity: 1000 } })
  assert.equal(set.status, 400)
  assert.deepEqual(set.body, limit)
})

test('V1-254 an item of somebody else, or none, answers 404', async () => {
  const product = await stockedProduct(server)
  const token = await newGuest(product.id)
  const id = (await server.call('GET', CART, asGuest(token))).body.items[0].id
  const { access: other } = await signedUp(server)
  await server.call('POST', ITEMS, { token: other, body: { product_id: product.id } })
  const strangers = [{ token: other }, asGuest(await newGuest(product.id)), asGuest('made up'), {}]
  for (const stranger of strangers) {
    const changed = await server.call('PATCH', `${ITEMS}${id}/`, { ...stranger, body: { quantity: 2 } })
    assert.equal(changed.status, 404)
    assert.deepEqual(changed.body, { detail: 'Not found.' })
    assert.equal((await server.call('DELETE', `${ITEMS}${id}/`, stranger)).status, 404)
  }
  for (const odd of ['0', 'abc', '99999999999999999999']) {
    assert.equal((await server.call('DELETE', `${ITEMS}${odd}/`, asGuest(token))).status, 404)
  }
  assert.equal((await server.call('GET', CART, asGuest(token))).body.item_count, 1)
})

test('V1-009 a token that is not valid answers 401, whatever guest token is beside it', async () => {
  for (const [method, url] of [
    ['GET', CART],
    ['DELETE', CART],
    ['POST', ITEMS],
  ] as const) {
    const { status } = await server.call(method, url, { token: 'nonsense', body: method === 'POST' ? {} : undefined })
    assert.equal(status, 401)
  }
  assert.equal((await server.call('POST', `${CART}merge/`, { body: { cart_token: 'x' } })).status, 401)
})
