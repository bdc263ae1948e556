/** Variants on the shared path, in the envelope of the marketplace. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'
import { assertFault } from '../../../test/shared-paths.ts'
import { NOT_ALLOWED } from '../../../test/storefront.ts'

const LIST = '/api/products/'
const INVALID = 'Validation failed.'
let server: TestServer
let staff: SignedUp
let seller: SignedUp
let customer: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await signedUp(server, { isStaff: true })
  seller = await signedUp(server, { isSeller: true })
  customer = await signedUp(server)
})
after(() => server.close())

let number = 0
async function product(body: object = {}, token = seller.access): Promise<number> {
  number += 1
  const called = await server.call('POST', LIST, {
    token,
    body: { title: `Shirt ${number}`, price: '20.00', stock: 9, ...body },
  })
  assert.equal(called.status, 201, JSON.stringify(called.body))
  return called.body.id
}
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const call = (method: Method, path: string, body?: unknown, token = seller.access) =>
  server.call(method, `${LIST}${path}`, { token, ...(body === undefined ? {} : { body }) })
const add = (id: number, body: object, token?: string) => {
  number += 1
  return call('POST', `${id}/variants/`, { sku: `VAR-${number}`, ...body }, token)
}

function assertOk({ status, body }: Called, expected: number, message: string): void {
  assert.deepEqual([status, body.status, body.message], [expected, expected, message], JSON.stringify(body))
  assert.deepEqual(Object.keys(body).sort(), ['data', 'message', 'status', 'timestamp'])
}

test('MP-090 MP-091 MP-092 a variant costs what the product does, and so much more or less', async () => {
  const id = await product({ discount_percentage: 10 })
  const attributes = { size: 'Small', color: 'Red' }
  const image = 'https://pictures.example/v.png'
  const small = await add(id, { sku: ' RED-S ', price_modifier: '-2.50', stock: '4', attributes, image })
  assertOk(small, 201, 'Variant created successfully.')
  assert.deepEqual(small.body.data, {
    id: small.body.data.id,
    product: id,
    name: 'Size: Small, Color: Red',
    sku: 'RED-S',
    attributes,
    price_modifier: '-2.50',
    price: '17.50',
    discounted_price: '15.75',
    currency: 'USD',
    stock: 4,
    is_active: true,
    image,
  })
  const plain = (await add(id, { sku: 'PLAIN' })).body.data
  assert.deepEqual([plain.name, plain.price_modifier, plain.price, plain.stock], ['PLAIN', '0.00', '20.00', 0])
  const off = (await add(id, { name: 'Off', is_active: false, stock: 7 })).body.data

  const own = await call('GET', `${id}/variants/`)
  const { results, ...page } = own.body
  assert.deepEqual(page, { count: 3, next: null, previous: null, page_size: 20, current_page: 1, total_pages: 1 })
  assert.deepEqual(results[0], small.body.data)
  for (const { price, price_modifier } of results) assert.equal(Number(price), 20 + Number(price_modifier))
  const seen = await call('GET', `${id}/variants/?page_size=1&page=2`, undefined, customer.access)
  assert.deepEqual([seen.body.count, seen.body.results[0].id, seen.body.next], [2, plain.id, null])
  const other = await signedUp(server, { isSeller: true })
  assert.equal((await call('GET', `${id}/variants/`, undefined, other.access)).body.count, 2)
  assertFault(await call('GET', `${id}/variants/?page=9`), 404, 'Invalid page.')
  assertFault(await call('GET', `${id}/variants/${off.id}/`, undefined, customer.access), 404, 'Not found.')

  const shown = (await call('GET', `${id}/`)).body
  assert.deepEqual([shown.price, shown.stock, shown.has_variants], ['20.00', 4, true])
})

test('MP-093 a variant is shown, changed and removed', async () => {
  const id = await product()
  const { data } = (await add(id, { attributes: { size: 'M' }, stock: 2 })).body
  const url = `${id}/variants/${data.id}/`
  const shown = await call('GET', url, undefined, customer.access)
  assertOk(shown, 200, 'Variant retrieved successfully.')
  assert.deepEqual(shown.body.data, data)
  for (const [method, size] of [
    ['PUT', 'L'],
    ['PATCH', 'XL'],
  ] as const) {
    const changed = await call(method, url, { attributes: { size }, price_modifier: 5, stock: 6, sku: `SIZE-${size}` })
    assertOk(changed, 200, 'Variant updated successfully.')
    const { name, price, price_modifier, stock, sku } = changed.body.data
    assert.deepEqual([name, price, price_modifier, stock, sku], [`Size: ${size}`, '25.00', '5.00', 6, `SIZE-${size}`])
    assert.deepEqual((await call('GET', url)).body.data, changed.body.data)
  }
  assert.equal((await call('PATCH', url, { name: 'Mine' })).body.data.name, 'Mine')
  assert.equal((await call('PATCH', url, { attributes: { size: 'S' } })).body.data.name, 'Mine')
  assert.equal((await call('PATCH', url, { is_active: false })).body.data.is_active, false)
  assert.equal((await call('DELETE', url)).status, 204)
  for (const method of ['GET', 'PATCH', 'DELETE'] as const)
    assertFault(await call(method, url, method === 'GET' ? undefined : {}), 404, 'Not found.')
  assert.equal((await call('GET', `${id}/`)).body.stock, 9, 'the article without a choice is sold again')
})

test('MP-092 what is wrong is 400 with the fields, and nothing is made', async () => {
  const id = await product()
  await add(id, { sku: 'TAKEN' })
  assertFault(await add(id, { sku: 'taken' }), 400, INVALID, { sku: ['A variant with this SKU already exists.'] })
  assertFault(await add(id, { price_modifier: '-20.01' }), 400, INVALID, {
    price_modifier: ['The resulting price of a variant would be below zero.'],
  })
  assert.equal((await add(id, { price_modifier: '-20' })).body.data.price, '0.00')
  const wrong = {
    sku: ' ',
    price_modifier: '1.999',
    stock: -1,
    attributes: { size: 7 },
    is_active: 'x',
    image: 'ftp://x',
  }
  const { status, body } = await add(id, wrong)
  assert.deepEqual([status, Object.keys(body.details).sort()], [400, Object.keys(wrong).sort()])
  assertFault(await call('POST', `${id}/variants/`, {}), 400, INVALID, { sku: ['This field is required.'] })
  assert.equal((await call('GET', `${id}/variants/`)).body.count, 2)
})

test('MP-092 MP-093 of twenty that take one SKU at once, one has it', async () => {
  const ids = await Promise.all(Array.from({ length: 10 }, () => product()))
  const added = await Promise.all([...ids, ...ids].map((id) => add(id, { sku: 'ONE' })))
  assert.deepEqual(added.map(({ status }) => status).sort(), [201, ...Array.from({ length: 19 }, () => 400)])
  assert.ok(added.every(({ status, body }) => status === 201 || body.details.sku))
  const variants = await Promise.all(ids.map(async (id) => (await add(id, {})).body.data))
  const changed = await Promise.all(
    variants.map((each) => call('PATCH', `${each.product}/variants/${each.id}/`, { sku: 'TWO' })),
  )
  assert.deepEqual(changed.map(({ status }) => status).sort(), [200, ...Array.from({ length: 9 }, () => 400)])
  assert.ok(changed.every(({ status, body }) => status === 200 || body.details.sku))
})

test('MP-005 MP-007 MP-092 who may: everybody who is signed in looks, the seller of it and the shop write', async () => {
  const id = await product()
  const { data } = (await add(id, {})).body
  const one = `${id}/variants/${data.id}/`
  const other = await signedUp(server, { isSeller: true })
  for (const path of [`${id}/variants/`, one])
    assertFault(await server.call('GET', `${LIST}${path}`), 401, 'Authentication credentials were not provided.')
  for (const token of [other.access, customer.access]) {
    assert.equal((await call('GET', one, undefined, token)).status, 200)
    assertFault(await add(id, {}, token), 403, NOT_ALLOWED.detail)
    for (const method of ['PUT', 'PATCH', 'DELETE'] as const)
      assertFault(await call(method, one, {}, token), 403, NOT_ALLOWED.detail)
  }
  assert.equal((await add(id, {}, staff.access)).status, 201)
  assert.equal((await call('PATCH', one, { stock: 1 }, staff.access)).status, 200)
  const elsewhere = await product()
  assertFault(await call('GET', `${elsewhere}/variants/${data.id}/`), 404, 'Not found.')
  assertFault(await call('PATCH', `${elsewhere}/variants/${data.id}/`, {}), 404, 'Not found.')
  assertFault(await call('GET', '999999/variants/'), 404, 'Product not found or inactive.')
  assertFault(await call('POST', '999999/variants/', { sku: 'X' }), 404, 'Product not found.')
})

test('MP-094 a price weight is a variant with a price of its own', async () => {
  const id = await product({ price: undefined, price_weights: '100-50g,180-100g', stock: 3 })
  const { results } = (await call('GET', `${id}/variants/`)).body
  assert.deepEqual(
    results.map(({ name, price, price_modifier, stock }: Record<string, unknown>) => [
      name,
      price,
      price_modifier,
      stock,
    ]),
    [
      ['50g', '100.00', '0.00', 2],
      ['100g', '180.00', '80.00', 1],
    ],
  )
  await call('PATCH', `${id}/variants/${results[0].id}/`, { is_active: false })
  const shown = (await call('GET', `${id}/`)).body
  assert.deepEqual([shown.stock, shown.price_weights_display], [1, '180-100g'])
  const [left] = shown.price_weights
  assert.equal((await call('DELETE', `${id}/variants/${results[0].id}/`)).status, 204)
  assertFault(await call('DELETE', `${id}/variants/${left.id}/`), 400, INVALID, {
    non_field_errors: ['The last variant of a product cannot be removed.'],
  })
})
