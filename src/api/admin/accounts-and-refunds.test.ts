import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { examine } from '#commerce/doctor'
import { type SignedUp, staffMember } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { shopper, tea } from '../../../test/storefront-shopper.ts'

let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await staffMember(server)
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

const USERS = '/api/admin/users/user/'
const REFUNDS = '/api/admin/payments/refund/'
const ask = (method: 'GET' | 'PATCH' | 'POST' | 'DELETE', path: string, body?: unknown, token = staff.access) =>
  server.call(method, path, { token, ...(body === undefined ? {} : { body }) })

test('SF-468 accounts are found, and one that is disabled stops working at once', async () => {
  const buyer = await shopper(server)
  const found = await ask('GET', `${USERS}?search=${encodeURIComponent(buyer.email)}`)
  assert.deepEqual([found.status, found.body.count, found.body.results[0].id], [200, 1, buyer.accountId])
  assert.equal(found.body.date_hierarchy.level, 'year')
  const { status, body } = await ask('PATCH', `${USERS}${buyer.accountId}/`, { is_active: false })
  assert.deepEqual([status, body.is_active], [200, false])
  assert.equal((await buyer.ask('GET', '/orders/history/')).status, 401)
  const off = await ask('GET', `${USERS}?is_active=false`)
  assert.ok(off.body.results.some(({ id }: { id: number }) => id === buyer.accountId))
  assert.equal((await ask('PATCH', `${USERS}${buyer.accountId}/`, { is_active: true })).body.is_active, true)
})

test('SF-468 nobody switches himself off; odd changes, unknown accounts and other callers are refused', async () => {
  assert.equal((await ask('PATCH', `${USERS}${staff.accountId}/`, { is_active: false })).status, 400)
  const buyer = await shopper(server)
  for (const odd of [{}, { is_active: 'no' }, { is_active: null }])
    assert.equal((await ask('PATCH', `${USERS}${buyer.accountId}/`, odd)).status, 400, JSON.stringify(odd))
  assert.equal((await ask('PATCH', `${USERS}999999/`, { is_active: false })).status, 404)
  assert.equal((await ask('GET', `${USERS}?is_staff=perhaps`)).status, 400)
  assert.equal((await ask('DELETE', `${USERS}${buyer.accountId}/`)).status, 405)
  assert.equal((await ask('GET', USERS, undefined, buyer.access)).status, 403)
  assert.equal((await ask('PATCH', `${USERS}${buyer.accountId}/`, { is_active: false }, buyer.access)).status, 403)
})

async function requested(amount?: string) {
  const buyer = await shopper(server)
  await buyer.add(await tea(server), 1)
  const { body: order } = await buyer.checkOut()
  const wish = async (wanted: string) =>
    buyer.ask('POST', '/payments/refund/', { order_id: order.order_number, amount: wanted, reason: 'Broken' })
  const { status, body } = await wish(amount ?? order.total_price)
  assert.ok(status < 300, JSON.stringify(body))
  const { body: listed } = await ask('GET', `${REFUNDS}?search=${order.order_number}`)
  const row = listed.results.find((each: Record<string, unknown>) => each.refund_id === body.refund_id)
  const statusOf = async () => (await buyer.ask('GET', `/orders/${order.id}/`)).body.payment_status
  return {
    buyer,
    order,
    row,
    wish,
    statusOf,
    settle: (verdict: unknown) => ask('PATCH', `${REFUNDS}${row.id}/`, { status: verdict }),
  }
}

test('SF-469 a refund that is asked for is listed, and given back once; then the order is refunded', async () => {
  const { buyer, order, row, statusOf, settle } = await requested()
  assert.deepEqual(
    [row.order_number, row.user.id, row.amount, row.reason, row.status],
    [order.order_number, buyer.accountId, order.total_price, 'Broken', 'processing'],
  )
  assert.ok(Number.isInteger(row.id))
  const { body: processing } = await ask('GET', `${REFUNDS}?status=processing`)
  assert.ok(processing.results.some(({ id }: { id: number }) => id === row.id))
  assert.equal(await statusOf(), 'COMPLETED')
  const answers = await Promise.all(Array.from({ length: 6 }, () => settle('completed')))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400, 400, 400, 400, 400])
  assert.equal((await ask('GET', `${REFUNDS}${row.id}/`)).body.status, 'completed')
  assert.equal(await statusOf(), 'REFUNDED')
  assert.equal((await settle('rejected')).status, 400)
})

test('SF-469 what is rejected can be asked for again', async () => {
  const { row, settle, wish, order, statusOf } = await requested()
  assert.equal((await wish('1.00')).status, 400)
  assert.equal((await settle('rejected')).body.status, 'rejected')
  assert.equal(await statusOf(), 'COMPLETED')
  assert.ok((await wish(order.total_price)).status < 300)
  const { body } = await ask('GET', `${REFUNDS}?status=rejected`)
  assert.ok(body.results.some(({ id }: { id: number }) => id === row.id))
})

test('SF-469 odd verdicts, unknown refunds and other callers are refused', async () => {
  const { buyer, row, settle } = await requested('10.00')
  for (const odd of ['processing', 'done', null, 5]) assert.equal((await settle(odd)).status, 400, String(odd))
  assert.equal((await ask('PATCH', `${REFUNDS}999999/`, { status: 'completed' })).status, 404)
  assert.equal((await ask('PATCH', `${REFUNDS}${row.id}/`, { status: 'completed' }, buyer.access)).status, 403)
  assert.equal((await ask('GET', `${REFUNDS}?status=lost`)).status, 400)
  assert.equal((await ask('POST', REFUNDS, {})).status, 405)
})
