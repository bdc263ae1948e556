/** Alerts and thresholds on the shared path. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertFault } from '../../../test/shared-paths.ts'
import { NOT_ALLOWED } from '../../../test/storefront.ts'

const ALERTS = '/api/products/inventory/alerts/'
const INVALID = 'Validation failed.'
let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await signedUp(server, { isStaff: true })
})
after(() => server.close())

let number = 0
async function product(token: string, stock: number): Promise<number> {
  number += 1
  const body = { title: `Kettle ${number}`, price: '20.00', stock }
  return (await server.call('POST', '/api/products/', { token, body })).body.id
}
const threshold = (id: number | string, body: unknown, token: string) =>
  server.call('PUT', `/api/products/${id}/stock-threshold/`, { token, body })
const move = (token: string, product: number, quantity: number) =>
  server.call('POST', '/api/products/inventory/transactions/', {
    token,
    body: { product, transaction_type: 'ADJUSTMENT', quantity },
  })
const alerts = async (token: string, query = '') => (await server.call('GET', `${ALERTS}${query}`, { token })).body

test('MP-106 an alert opens at the threshold, which is 5 at first, and closes above it', async () => {
  const { access } = await signedUp(server, { isSeller: true })
  const id = await product(access, 6)
  assert.equal((await alerts(access)).count, 0)
  await move(access, id, -1)
  const { results, ...page } = await alerts(access, '?resolved=false')
  assert.deepEqual(page, { count: 1, next: null, previous: null, page_size: 20, current_page: 1, total_pages: 1 })
  const { id: alertId, created_at, ...told } = results[0]
  assert.ok(Number.isInteger(alertId) && Date.parse(created_at) > 0)
  assert.deepEqual(told, { product: id, product_variant: null, threshold: 5, stock: 5, resolved: false })
  await move(access, id, -1)
  assert.equal((await alerts(access)).count, 1, 'one for each fall')
  await move(access, id, 2)
  assert.equal((await alerts(access, '?resolved=0')).count, 0)
  assert.deepEqual((await alerts(access, '?resolved=true')).results, [{ ...results[0], resolved: true }])
  assert.equal((await alerts(access, '?resolved=')).count, 1)
  const wrong = await server.call('GET', `${ALERTS}?resolved=perhaps`, { token: access })
  assertFault(wrong, 400, INVALID, { resolved: ['Must be a valid boolean.'] })
  assertFault(await server.call('GET', `${ALERTS}?page=2`, { token: access }), 404, 'Invalid page.')
})

test('MP-106 MP-051 the threshold of a product is set, and alerts follow it', async () => {
  const { access } = await signedUp(server, { isSeller: true })
  const id = await product(access, 20)
  const { status, body } = await threshold(id, { threshold: 20 }, access)
  assert.deepEqual([status, body.status, body.message], [200, 200, 'Stock threshold updated successfully.'])
  assert.deepEqual(Object.keys(body).sort(), ['data', 'message', 'status', 'timestamp'])
  assert.deepEqual(body.data, { product: id, threshold: 20 })
  assert.equal((await alerts(access, '?resolved=false')).results[0].threshold, 20)
  const { slug } = (await server.call('GET', `/api/products/${id}/`)).body
  assert.equal((await server.call('GET', `/api/catalog/products/${slug}/`)).body.low_stock_threshold, 20)
  assert.equal((await threshold(id, { threshold: 0 }, access)).status, 200)
  assert.equal((await alerts(access, '?resolved=false')).count, 0)
  for (const wrong of [-1, 1.5, '5', null, 1e12]) {
    const refused = await threshold(id, { threshold: wrong }, access)
    assertFault(refused, 400, INVALID, refused.body.details)
    assert.deepEqual(Object.keys(refused.body.details), ['threshold'])
  }
  assertFault(await threshold(id, {}, access), 400, INVALID, { threshold: ['This field is required.'] })
})

test('MP-007 MP-106 a seller sees and sets his own, the shop all, customers nothing', async () => {
  const [one, other] = [await signedUp(server, { isSeller: true }), await signedUp(server, { isSeller: true })]
  const id = await product(one.access, 1)
  const products = async (token: string) =>
    (await alerts(token)).results.map((each: { product: number }) => each.product)
  assert.deepEqual([await products(one.access), await products(other.access)], [[id], []])
  assert.ok((await products(staff.access)).includes(id))
  assertFault(await threshold(id, { threshold: 1 }, other.access), 403, NOT_ALLOWED.detail)
  assert.equal((await threshold(id, { threshold: 1 }, staff.access)).status, 200)
  assertFault(await threshold(999_999, { threshold: 1 }, staff.access), 404, 'Product not found.')
  const customer = await signedUp(server)
  assertFault(await server.call('GET', ALERTS, { token: customer.access }), 403, NOT_ALLOWED.detail)
  assertFault(await threshold(id, { threshold: 1 }, customer.access), 403, NOT_ALLOWED.detail)
  assertFault(await server.call('GET', ALERTS), 401, 'Authentication credentials were not provided.')
})
