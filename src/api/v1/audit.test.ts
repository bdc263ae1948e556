/** The audit trail: what is noted of whom, and who may read it (MP-205). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { examine } from '#commerce/doctor'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { auditOf } from '../../../test/audit.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
let staff: Awaited<ReturnType<typeof staffMember>>
before(async () => {
  server = await openTestServer({ TRUST_PROXY: '1' })
  staff = await staffMember(server)
})
after(() => server.close())

const AUDIT = '/api/v1/audit/'
const list = (query = '') => server.call('GET', `${AUDIT}?${query}`, { token: staff.access })
const asStaff = (method: 'POST' | 'PATCH' | 'DELETE' | 'PUT', url: string, body?: unknown, headers = {}) =>
  server.call(method, url, { token: staff.access, body, headers })

test('MP-205 a change by staff is told with what was and what is, by whom, from where and in which request', async () => {
  const product = await stockedProduct(server, { priceMinor: 1000 })
  const headers = { 'x-request-id': 'request-of-staff', 'x-forwarded-for': '203.0.113.9' }
  const { status } = await asStaff('PATCH', `/api/v1/products/${product.id}/`, { name: 'Renamed' }, headers)
  assert.equal(status, 200)
  const { body } = await list(`object_kind=catalog.products&object_id=${product.id}`)
  const [{ id, happened_at, before, after, ...entry }, ...others] = body.results
  assert.deepEqual([others, body.count], [[], 1])
  assert.deepEqual(entry, {
    actor: { kind: 'staff', id: staff.accountId },
    action: 'change',
    object: { kind: 'catalog.products', id: String(product.id), account: null },
    request_id: 'request-of-staff',
    route: 'PATCH /api/v1/products/:id/',
    ip: '203.0.113.9',
    is_forgotten: false,
  })
  assert.ok(id > 0 && Math.abs(Date.parse(happened_at) - Date.now()) < 10_000)
  assert.equal(after.name, 'Renamed')
  assert.notEqual(before.name, 'Renamed')
  assert.deepEqual(Object.keys(before), Object.keys(after), 'only what changed')
  assert.ok(!('updated_at' in after || 'id' in after))
})

test('MP-205 what is not committed leaves no entry, and neither does what changes nothing or only reads', async () => {
  const product = await stockedProduct(server)
  const count = async () =>
    (await auditOf(server, { objectKind: 'catalog.products', objectId: String(product.id) })).length
  assert.equal(await count(), 0, 'what a test makes has no cause')
  const path = `/api/v1/products/${product.id}/`
  assert.equal((await asStaff('PATCH', path, { price: '-1' })).status, 400)
  await server.call('GET', path, { token: staff.access })
  const { body } = await server.call('GET', path, { token: staff.access })
  await asStaff('PATCH', path, { name: body.name })
  assert.equal(await count(), 0)
})

test('MP-205 what is made and what is removed is told in full; a coupon that an order uses is not', async () => {
  const made = await asStaff('POST', '/api/v1/coupons/', { code: 'AUDIT5', discount_type: 'percentage', value: '5' })
  const coupon = made.status === 201 ? made.body : assert.fail(JSON.stringify(made.body))
  const [created] = await auditOf(server, { objectKind: 'promotions.coupons' })
  assert.deepEqual([created!.action, created!.objectId, created!.before], ['create', String(coupon.id), null])
  assert.equal(created!.after!.code, 'AUDIT5')
  const buyer = await signedUp(server)
  await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 2])
  const body = { shipping_address: ADDRESS, payment_method: 'cod', coupon_code: 'AUDIT5' }
  assert.equal((await server.call('POST', '/api/v1/orders/', { token: buyer.access, body })).status, 201)
  assert.equal((await auditOf(server, { objectKind: 'promotions.coupons' })).length, 1)
})

test('MP-205 who changes his own data is told; what is secret is not', async () => {
  const user = await signedUp(server, { ip: '203.0.113.7' })
  const { accountId, access: token, password } = user
  assert.equal((await server.call('PATCH', '/api/v1/users/me/', { token, body: { first_name: 'Zoe' } })).status, 200)
  const newPassword = {
    current_password: password,
    new_password: 'AnotherPass456!',
    new_password_confirm: 'AnotherPass456!',
  }
  const changed = await server.call('POST', '/api/v1/auth/change-password/', { token, body: newPassword })
  assert.ok(changed.status < 300, JSON.stringify(changed.body))
  const body = { ...ADDRESS, is_default: true }
  const address = await server.call('POST', '/api/v1/users/addresses/', { token, body })
  assert.equal(address.status, 201, JSON.stringify(address.body))
  const entries = await auditOf(server, { subjectId: accountId })
  assert.deepEqual(
    entries.map(({ actor, actorId, action, objectKind }) => [actor, actorId, action, objectKind]),
    [
      ['user', accountId, 'change', 'identity.accounts'],
      ['user', accountId, 'create', 'customers.profiles'],
      ['user', accountId, 'change', 'identity.accounts'],
      ['user', accountId, 'create', 'customers.addresses'],
    ],
  )
  assert.deepEqual([entries[0]!.before, entries[0]!.after], [{ first_name: 'Sam' }, { first_name: 'Zoe' }])
  assert.deepEqual(entries[2]!.after, { password_hash: '***' })
  assert.ok(!JSON.stringify(entries).includes('argon2'))
})

test('MP-205 an order leaves nothing in the trail when its buyer places it, and all when staff changes it', async () => {
  const buyer = await signedUp(server)
  await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 2])
  const body = { shipping_address: ADDRESS, payment_method: 'cod' }
  const placed = await server.call('POST', '/api/v1/orders/', { token: buyer.access, body })
  assert.equal(placed.status, 201)
  const { order_number: number, id } = placed.body
  assert.deepEqual(await auditOf(server, { actorId: buyer.accountId }), [])
  const shipped = await asStaff('PATCH', `/api/admin/orders/order/${id}/`, {
    status: 'SHIPPED',
    tracking_number: 'T-7',
  })
  assert.equal(shipped.status, 200, JSON.stringify(shipped.body))
  const entries = await auditOf(server, { objectKind: 'orders.orders', objectId: number })
  const told = Object.assign({}, ...entries.map(({ after }) => after))
  assert.deepEqual([told.status, told.tracking_number], ['shipped', 'T-7'])
  assert.ok(entries.every(({ actorId, actor }) => actor === 'staff' && actorId === staff.accountId))
})

test('MP-205 stock that staff moves is told; what is sold is not', async () => {
  const product = await stockedProduct(server, { stock: 5 })
  const body = { product_id: product.id, quantity_delta: 3, reason: 'found' }
  const adjusted = await asStaff('POST', '/api/v1/inventory/adjustments/', body)
  assert.equal(adjusted.status, 201, JSON.stringify(adjusted.body))
  const [entry] = await auditOf(server, { objectKind: 'inventory.ledger' })
  assert.deepEqual([entry!.action, entry!.after!.quantity, entry!.actorId], ['create', 3, staff.accountId])
})

test('MP-205 staff alone reads the trail: filtered, a page at a time; what is no filter is told', async () => {
  assert.equal((await server.call('GET', AUDIT)).status, 401)
  assert.equal((await server.call('GET', AUDIT, { token: (await signedUp(server)).access })).status, 403)
  const { body } = await list(`actor=${staff.accountId}&page_size=2&actor_kind=staff`)
  assert.equal(body.results.length, 2)
  assert.ok(body.count >= 4 && body.next && body.results[0].id > body.results[1].id)
  const today = new Date().toISOString().slice(0, 10)
  assert.ok((await list(`date_from=${today}&date_to=${today}`)).body.count >= body.count)
  assert.equal((await list('date_to=2020-01-01')).body.count, 0)
  assert.equal((await list(`date_from=${new Date(Date.now() + 60_000).toISOString()}`)).body.count, 0)
  assert.equal((await list('action=remove&object_kind=shipping.methods')).body.count, 0)
  for (const query of [
    'actor=x',
    'actor=0',
    'account=1e3',
    'action=eat',
    'actor_kind=god',
    'date_from=yesterday',
    'date_to=2026-02-30',
  ])
    assert.equal((await list(query)).status, 400, query)
  assert.equal((await list('page=9999')).status, 404)
  assert.equal((await server.call('POST', AUDIT, { token: staff.access })).status, 405)
})

test('MP-205 the panel lists the trail, finds it by words, and names who acted', async () => {
  const ADMIN = '/api/admin/audit/entry/'
  const ask = (query: string) => server.call('GET', `${ADMIN}?${query}`, { token: staff.access })
  const all = await ask('search=request-of-staff')
  assert.equal(all.status, 200)
  assert.equal(all.body.count, 1)
  const [entry] = all.body.results
  assert.deepEqual([entry.actor_name, entry.after.name], [staff.email, 'Renamed'])
  assert.equal(all.body.date_hierarchy.level, 'year')
  assert.deepEqual((await server.call('GET', `${ADMIN}${entry.id}/`, { token: staff.access })).body, entry)
  assert.ok((await ask(`search=${staff.email}&actor_kind=staff&action=change`)).body.count >= 1)
  assert.equal((await ask('actor_kind=god')).status, 400)
  assert.equal((await ask('object_kind=catalog.brands')).body.count, 0)
  assert.equal((await server.call('PATCH', `${ADMIN}${entry.id}/`, { token: staff.access, body: {} })).status, 405)
})

test('MP-205 what is personal is forgotten with its account, and the chain holds', async () => {
  const user = await signedUp(server)
  const { accountId, access: token, password } = user
  await server.call('PATCH', '/api/v1/users/me/', { token, body: { first_name: 'Ephemera' } })
  await server.call('PATCH', `/api/v1/users/${accountId}/`, { token: staff.access, body: { is_seller: true } })
  const closed = await server.call('DELETE', '/api/v1/users/me/', { token, body: { password } })
  assert.ok(closed.status < 300, JSON.stringify(closed.body))
  const entries = await auditOf(server, { subjectId: accountId })
  assert.ok(entries.length >= 3)
  for (const { before, after, isForgotten, ip, actorId } of entries) {
    assert.deepEqual([before, after, isForgotten], [null, null, true])
    assert.equal(ip === null, actorId === accountId, 'staff still came from somewhere')
  }
  const { rows } =
    await sql`select * from audit.entries entry where entry::text like '%Ephemera%' or entry::text like ${`%${user.email}%`}`.execute(
      server.shop.db,
    )
  assert.deepEqual(rows, [])
  assert.deepEqual((await examine(server.shop.db)).broken, [])
})
