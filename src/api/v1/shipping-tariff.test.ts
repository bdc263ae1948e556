import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addToCart } from '#commerce/cart'
import { createProduct } from '#commerce/catalog'
import { receiveStock } from '#commerce/inventory'
import { inTransaction } from '#platform/database'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { ADDRESS } from '../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await staffMember(server)
})
after(() => server.close())

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const ask = (method: Method, path: string, body?: unknown, token = staff.access) =>
  server.call(method, `/api/v1/shipping/${path}`, { token, ...(body === undefined ? {} : { body }) })
const METHOD = { code: 'bike', name: 'By bike', carrier: 'Bikes', rate: '3.00', estimated_days: { min: 0, max: 1 } }

/** A product of which one weighs so much. */
async function heavy(weightGrams: number): Promise<number> {
  const { shop } = server
  return inTransaction(shop.db, async (tx) => {
    const sku = `HEAVY-${weightGrams}`
    const variants = [{ name: '', sku, attributes: {}, priceMinor: 1000, compareAtMinor: null, weightGrams }]
    const product = { name: sku, description: '', categoryId: null, brandId: null, tags: [], specifications: {} }
    const { productId, variants: made } = await createProduct(
      tx,
      { ...product, currency: 'USD', isFeatured: false, createdAt: shop.now(), variants, pictures: [] },
      shop.now(),
    )
    await receiveStock(tx, [{ productId, variantId: made[0]!.id, sku, quantity: 50 }], { notes: 'test' }, shop.now())
    return productId
  })
}

test('V1-285 staff adds, changes and removes methods; buyers see those in use', async () => {
  const added = await ask('POST', 'methods/', METHOD)
  assert.equal(added.status, 201)
  const { id } = added.body
  assert.deepEqual(added.body, {
    id,
    ...METHOD,
    currency: 'USD',
    free_above: null,
    position: 0,
    is_active: true,
  })
  const shown = async () =>
    (await server.call('GET', '/api/v1/shipping/methods/')).body.map(({ code }: { code: string }) => code)
  assert.ok((await shown()).includes('bike'))
  assert.deepEqual((await ask('POST', 'methods/', METHOD)).body, {
    code: ['A shipping method of this currency with this code already exists.'],
  })
  assert.equal((await ask('POST', 'methods/', { ...METHOD, currency: 'INR' })).status, 201)
  const changed = await ask('PATCH', `methods/${id}/`, { rate: 4.5, free_above: '20', is_active: false })
  assert.deepEqual([changed.body.rate, changed.body.free_above, changed.body.name], ['4.50', '20.00', 'By bike'])
  assert.ok(!(await shown()).includes('bike'))
  assert.deepEqual((await ask('GET', `methods/${id}/`)).body, changed.body)
  assert.ok((await ask('GET', 'methods/all/')).body.length >= 6)
  assert.equal((await ask('DELETE', `methods/${id}/`)).status, 204)
  for (const method of ['GET', 'PATCH', 'DELETE'] as const)
    assert.equal((await ask(method, `methods/${id}/`, method === 'PATCH' ? {} : undefined)).status, 404)
})

test('V1-285 odd methods are told by field, and only staff sets them', async () => {
  for (const [odd, field] of [
    [{ code: 'Not A Code' }, 'code'],
    [{ rate: '-1' }, 'rate'],
    [{ rate: '1.005' }, 'rate'],
    [{ rate: 'much' }, 'rate'],
    [{ free_above: '1e9' }, 'free_above'],
    [{ currency: 'XXY' }, 'currency'],
    [{ estimated_days: { min: 5, max: 2 } }, 'estimated_days'],
    [{ estimated_days: { min: 5 } }, 'estimated_days'],
    [{ name: ' ' }, 'name'],
  ] as const) {
    const { status, body } = await ask('POST', 'methods/', { ...METHOD, code: 'odd', ...odd })
    assert.deepEqual([status, Object.keys(body)], [400, [field]], JSON.stringify(odd))
  }
  const { access } = await signedUp(server)
  assert.equal((await ask('POST', 'methods/', METHOD, access)).status, 403)
  assert.equal((await ask('GET', 'zones/', undefined, access)).status, 403)
})

test('V1-286 V1-301 a zone has rates by weight, for quotes and for orders', async () => {
  const methods = (await ask('GET', 'methods/all/')).body
  const { id: methodId } = methods.find(
    ({ code, currency }: { code: string; currency: string }) => code === 'express' && currency === 'USD',
  )
  const zone = await ask('POST', 'zones/', { name: 'Britain', countries: ['GB'], postal_prefixes: ['SW', 'NW'] })
  assert.equal(zone.status, 201)
  const { id } = zone.body
  const rate = { base: '10.00', per_kg: '2.50', included_grams: 1000 }
  const set = await ask('PUT', `zones/${id}/rates/${methodId}/`, rate)
  assert.equal(set.status, 200)
  assert.deepEqual(set.body.rates, [{ method_id: methodId, currency: 'USD', ...rate, volumetric_divisor: 5000 }])
  const product = await heavy(1200)
  const express = async (postal_code: string, quantity: number) => {
    const body = { country: 'GB', postal_code, items: [{ product_id: product, quantity }] }
    const { rates } = (await server.call('POST', '/api/v1/shipping/rates/', { body })).body
    return rates.find(({ code }: { code: string }) => code === 'express').rate
  }
  assert.equal(await express('SW1Y 4JH', 1), '12.50')
  assert.equal(await express('sw1y4jh', 3), '17.50')
  assert.equal(await express('M1 1AA', 3), '15.00')
  const buyer = await signedUp(server)
  await addToCart(server.shop, { accountId: buyer.accountId }, { productId: product, quantity: 3 })
  const order = await server.call('POST', '/api/v1/orders/', {
    token: buyer.access,
    body: { shipping_address: ADDRESS, shipping_method: 'express', payment_method: 'cod' },
  })
  assert.deepEqual([order.status, order.body.shipping_cost], [201, '17.50'])
  assert.equal((await ask('PATCH', `zones/${id}/`, { postal_prefixes: ['M'] })).body.rates.length, 1)
  assert.equal(await express('M1 1AA', 3), '17.50')
  assert.equal((await ask('DELETE', `zones/${id}/rates/${methodId}/`)).status, 204)
  assert.equal(await express('M1 1AA', 3), '15.00')
  assert.equal((await ask('DELETE', `zones/${id}/`)).status, 204)
})

test('V1-286 odd zones and rates are 400, unknown ones 404', async () => {
  for (const odd of [{}, { name: 'x', countries: ['India'] }, { name: 'x', postal_prefixes: ['%'] }, { name: 5 }])
    assert.equal((await ask('POST', 'zones/', odd)).status, 400, JSON.stringify(odd))
  const { id } = (await ask('POST', 'zones/', { name: 'Everywhere' })).body
  const [method] = (await ask('GET', 'methods/all/')).body
  for (const odd of [
    {},
    { base: '-1' },
    { base: 'x' },
    { base: '1', included_grams: -1 },
    { base: '1', volumetric_divisor: 0 },
  ])
    assert.equal((await ask('PUT', `zones/${id}/rates/${method.id}/`, odd)).status, 400, JSON.stringify(odd))
  const rate = { base: '1' }
  assert.equal((await ask('PUT', `zones/${id}/rates/999999/`, rate)).status, 404)
  assert.equal((await ask('PUT', `zones/999999/rates/${method.id}/`, rate)).status, 404)
  assert.equal((await ask('DELETE', `zones/${id}/rates/${method.id}/`)).status, 404)
  for (const path of ['zones/999999/', 'zones/0/', 'zones/x/']) assert.equal((await ask('GET', path)).status, 404)
  assert.equal((await ask('DELETE', `zones/${id}/`)).status, 204)
  assert.equal((await ask('DELETE', `zones/${id}/`)).status, 404)
})
