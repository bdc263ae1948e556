import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const NOTICES = '/api/v1/notifications/'

/** Somebody who ordered so often, and was told of it. */
async function toldOf(orders: number): Promise<SignedUp> {
  const buyer = await signedUp(server)
  for (let n = 0; n < orders; n += 1) {
    await fillCart(server.shop, buyer.accountId, [await stockedArticle(server.shop), 1])
    const body = { shipping_address: ADDRESS }
    assert.equal((await server.call('POST', '/api/v1/orders/', { token: buyer.access, body })).status, 201)
  }
  await server.shop.runJobs()
  return buyer
}
const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, { access: token }: SignedUp) =>
  server.call(method, `${NOTICES}${path}`, { token })

test('V1-370 V1-373 an order is told inside the shop and by mail; the list has the newest first, in pages', async () => {
  const buyer = await toldOf(3)
  const { status, body } = await ask('GET', '?page_size=2', buyer)
  assert.deepEqual([status, body.count, body.results.length, body.total_pages], [200, 3, 2, 2])
  const [{ id, created_at, data, body: text, ...notice }] = body.results
  assert.ok(Number.isInteger(id) && Date.parse(created_at) > 0)
  assert.match(text, new RegExp(data.order_number))
  assert.deepEqual(notice, { type: 'order_placed', title: 'Order received', is_read: false })
  const times = body.results.map((each: { created_at: string }) => each.created_at)
  assert.deepEqual(times, [...times].sort().reverse())
  assert.ok(server.shop.letters.some(({ to, subject }) => to === buyer.email && subject.includes(data.order_number)))
  assert.equal((await ask('GET', '?page=9', buyer)).status, 404)
  assert.equal((await server.call('GET', NOTICES)).status, 401)
})

test('V1-370 V1-371 what was read is not unread any more, one or all', async () => {
  const buyer = await toldOf(3)
  const unread = async () => (await ask('GET', 'unread-count/', buyer)).body.unread
  assert.equal(await unread(), 3)
  const { results } = (await ask('GET', '', buyer)).body
  for (let time = 0; time < 2; time += 1) {
    const { status, body } = await ask('POST', `${results[1].id}/read/`, buyer)
    assert.deepEqual([status, body.id, body.is_read], [200, results[1].id, true])
  }
  assert.equal(await unread(), 2)
  const odd = await ask('GET', '?unread=perhaps', buyer)
  assert.deepEqual([odd.status, odd.body], [400, { unread: ['Must be a valid boolean.'] }])
  assert.equal((await ask('GET', '?unread=false', buyer)).body.count, 3)
  const left = (await ask('GET', '?unread=true', buyer)).body
  assert.deepEqual(
    left.results.map((each: { id: number }) => each.id),
    [results[0].id, results[2].id],
  )
  assert.deepEqual((await ask('POST', 'read-all/', buyer)).body, { updated: 2 })
  assert.deepEqual((await ask('POST', 'read-all/', buyer)).body, { updated: 0 })
  assert.equal(await unread(), 0)
})

test('V1-371 a notice is taken away by who got it; of others’ nothing is known', async () => {
  const [buyer, other] = [await toldOf(1), await signedUp(server)]
  const [{ id }] = (await ask('GET', '', buyer)).body.results
  assert.equal((await ask('POST', `${id}/read/`, other)).status, 404)
  assert.equal((await ask('DELETE', `${id}/`, other)).status, 404)
  assert.equal((await ask('GET', '', other)).body.count, 0)
  assert.equal((await ask('DELETE', `${id}/`, buyer)).status, 204)
  assert.equal((await ask('DELETE', `${id}/`, buyer)).status, 404)
  for (const odd of ['0', 'abc', '99999999999999999999'])
    assert.equal((await ask('DELETE', `${odd}/`, buyer)).status, 404)
})
