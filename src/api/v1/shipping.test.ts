import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addAddress } from '#commerce/customers'
import { signedUp } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const METHODS = '/api/v1/shipping/methods/'
const RATES = '/api/v1/shipping/rates/'
const place = { country: 'US', postal_code: '10001' }
const standard = {
  code: 'standard',
  name: 'Standard delivery',
  carrier: 'Souk Post',
  rate: '5.00',
  currency: 'USD',
  estimated_days: { min: 3, max: 5 },
}
const express = {
  ...standard,
  code: 'express',
  name: 'Express delivery',
  rate: '15.00',
  estimated_days: { min: 1, max: 2 },
}
const addressLines = { addressLine1: '1 Main Street', city: 'New York', country: 'US', postalCode: '10001' }

test('V1-285 the shipping methods are a bare list; standard and express exist from the start', async () => {
  const { status, body, statements } = await server.call('GET', METHODS)
  assert.equal(status, 200)
  assert.deepEqual(body, [standard, express])
  assert.ok(statements <= 1)
})

test('V1-286 rates for items: free above the configured subtotal', async () => {
  const product = await stockedProduct(server, { priceMinor: 4000 })
  const quote = (quantity: number) =>
    server.call('POST', RATES, { body: { ...place, items: [{ product_id: product.id, quantity }] } })
  const below = await quote(2)
  assert.equal(below.status, 200)
  assert.deepEqual(below.body, { rates: [standard, express] })
  assert.deepEqual((await quote(3)).body, { rates: [{ ...standard, rate: '0.00' }, express] })
})

test('V1-286 without items the current cart counts, a guest’s or a user’s', async () => {
  const product = await stockedProduct(server, { priceMinor: 6000 })
  const item = { product_id: product.id, quantity: 2 }
  const free = { rates: [{ ...standard, rate: '0.00' }, express] }
  const { body: cart } = await server.call('POST', '/api/v1/cart/items/', { body: item })
  const guest = { headers: { 'x-cart-token': cart.cart_token } }
  assert.deepEqual((await server.call('POST', RATES, { ...guest, body: place })).body, free)
  assert.deepEqual((await server.call('POST', RATES, { body: place })).body, { rates: [standard, express] })
  const { access: token } = await signedUp(server)
  await server.call('POST', '/api/v1/cart/items/', { token, body: item })
  assert.deepEqual((await server.call('POST', RATES, { token, body: place })).body, free)
})

test('V1-286 rates to one of my addresses, within the SQL budget', async () => {
  const { access: token, accountId } = await signedUp(server)
  const product = await stockedProduct(server)
  await server.call('POST', '/api/v1/cart/items/', { token, body: { product_id: product.id } })
  const { id } = await addAddress(server.shop, accountId, addressLines)
  const { status, body, statements } = await server.call('POST', RATES, { token, body: { address_id: id } })
  assert.equal(status, 200)
  assert.deepEqual(body, { rates: [standard, express] })
  assert.ok(statements <= 5, `${statements} statements`)
})

test('V1-286 an address of somebody else, or none, answers 400; without sign-in 401', async () => {
  const { accountId } = await signedUp(server)
  const { id } = await addAddress(server.shop, accountId, addressLines)
  const { access: token } = await signedUp(server)
  for (const addressId of [id, 987_654_321, 0, -1, Number.MAX_SAFE_INTEGER]) {
    const { status, body } = await server.call('POST', RATES, { token, body: { address_id: addressId } })
    assert.equal(status, 400)
    assert.deepEqual(body, { address_id: ['Address not found.'] })
  }
  const nobody = await server.call('POST', RATES, { body: { address_id: id } })
  assert.equal(nobody.status, 401)
  assert.deepEqual(nobody.body, { detail: 'Authentication credentials were not provided.' })
})

test('V1-286 a place needs a country and a postal code', async () => {
  const required = ['This field is required.']
  const nothing = await server.call('POST', RATES, { body: {} })
  assert.equal(nothing.status, 400)
  assert.deepEqual(nothing.body, { country: required, postal_code: required })
  assert.deepEqual((await server.call('POST', RATES, { body: { country: 'US' } })).body, { postal_code: required })
  const blank = await server.call('POST', RATES, { body: { country: '', postal_code: 5 } })
  assert.deepEqual(blank.body, { country: ['This field may not be blank.'], postal_code: ['Not a valid string.'] })
})

test('V1-286 unknown or inactive products, odd items and mixed currencies answer 400', async () => {
  const [dollars, rupees] = [await stockedProduct(server), await stockedProduct(server, { currency: 'INR' })]
  const inactive = await stockedProduct(server, { isActive: false })
  const quote = (items: unknown) => server.call('POST', RATES, { body: { ...place, items } })
  for (const productId of [inactive.id, 987_654_321, 0, Number.MAX_SAFE_INTEGER]) {
    const { status, body } = await quote([
      { product_id: dollars.id, quantity: 1 },
      { product_id: productId, quantity: 1 },
    ])
    assert.equal(status, 400)
    assert.deepEqual(body, { items: ['Product not found or inactive.'] })
  }
  const mixed = await quote([dollars, rupees].map(({ id }) => ({ product_id: id, quantity: 1 })))
  assert.deepEqual(mixed.body, { items: ['All items in a cart must use the same currency.'] })
  const odd = [
    [],
    'x',
    null,
    [5],
    [{}],
    [{ product_id: dollars.id, quantity: 0 }],
    [{ product_id: dollars.id, quantity: '1' }],
  ]
  for (const items of odd) {
    const { status, body } = await quote(items)
    assert.equal(status, 400, JSON.stringify(items))
    assert.deepEqual(Object.keys(body), ['items'])
  }
})
