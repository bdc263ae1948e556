import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp } from '../../../test/accounts.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const LIST = '/api/v1/users/addresses/'
const BODY = { address_line1: '1 High Street', city: 'London', country: 'GB', postal_code: 'N1 1AA' }
type Defaults = Record<string, number[]>

/** Somebody with an address book of his own. */
async function customer() {
  const { access: token } = await signedUp(server)
  const call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path = '', body?: object): Promise<Called> =>
    server.call(method, LIST + path, { token, ...(body ? { body } : {}) })
  const add = async (extra: object = {}) => (await call('POST', '', { ...BODY, ...extra })).body
  const defaults = async (): Promise<Defaults> => {
    const found: Defaults = {}
    for (const { address_type, is_default, id } of (await call('GET', '?page_size=100')).body.results) {
      found[address_type] ??= []
      if (is_default) found[address_type].push(id)
    }
    return found
  }
  return { token, call, add, defaults }
}

test('V1-148 an address with the required fields answers 201 with every field', async () => {
  const { call } = await customer()
  const { status, body, statements } = await call('POST', '', { ...BODY, city: '  London ' })
  assert.equal(status, 201)
  const { id, created_at, updated_at, ...rest } = body
  assert.ok(id > 0)
  assert.match(created_at, /^\d{4}-.*Z$/)
  assert.equal(updated_at, created_at)
  const blank = { full_name: '', phone: null, address_line2: '', state: '' }
  assert.deepEqual(rest, { ...BODY, ...blank, address_type: 'shipping', is_default: true })
  assert.ok(statements <= 7, `${statements} statements`)
})

test('V1-148 missing, blank, null, long and wrong fields answer 400 together', async () => {
  const { call } = await customer()
  const bad = { address_line1: ' ', city: null, postal_code: '1'.repeat(21), address_type: 'x', state: 7 }
  const { status, body } = await call('POST', '', bad)
  assert.equal(status, 400)
  assert.deepEqual(body, {
    address_line1: ['This field may not be blank.'],
    city: ['This field may not be null.'],
    country: ['This field is required.'],
    postal_code: ['Ensure this field has no more than 20 characters.'],
    address_type: ['"x" is not a valid choice.'],
    state: ['Not a valid string.'],
  })
})

test('V1-148 the list is a page of my own addresses, by type where asked', async () => {
  const { call, add } = await customer()
  await (await customer()).add()
  const first = await add()
  const billing = await add({ address_type: 'billing' })
  const second = await add()
  const { status, body, statements } = await call('GET')
  assert.equal(status, 200)
  assert.equal(body.count, 3)
  assert.deepEqual(
    body.results.map(({ id }: { id: number }) => id),
    [billing.id, first.id, second.id],
  )
  assert.ok(statements <= 3, `${statements} statements`)
  const filtered = (await call('GET', '?address_type=billing')).body
  assert.deepEqual(
    filtered.results.map(({ id }: { id: number }) => id),
    [billing.id],
  )
  const paged = (await call('GET', '?page_size=2&page=2')).body
  assert.deepEqual([paged.count, paged.results.length, paged.total_pages], [3, 1, 2])
  assert.match(paged.previous, /page_size=2&page=1$/)
})

test('V1-007 V1-008 a page past the end answers 404, an unknown type to filter by 400', async () => {
  const { call } = await customer()
  const past = await call('GET', '?page=2')
  assert.deepEqual([past.status, past.body], [404, { detail: 'Invalid page.' }])
  const odd = await call('GET', '?address_type=x')
  assert.deepEqual([odd.status, odd.body], [400, { address_type: ['"x" is not a valid choice.'] }])
})

test('V1-149 one address is read, replaced, changed and removed', async () => {
  const { call, add } = await customer()
  const { id } = await add({ full_name: 'Ada' })
  assert.equal((await call('GET', `${id}/`)).body.full_name, 'Ada')
  const replaced = await call('PUT', `${id}/`, { ...BODY, city: 'Leeds' })
  assert.deepEqual([replaced.status, replaced.body.city, replaced.body.full_name], [200, 'Leeds', 'Ada'])
  assert.equal((await call('PUT', `${id}/`, { city: 'Leeds' })).status, 400)
  const changed = await call('PATCH', `${id}/`, { phone: '+44 20 1', id: 99, account_id: 1 })
  assert.deepEqual([changed.status, changed.body.phone, changed.body.id], [200, '+44 20 1', id])
  assert.ok(changed.statements <= 10, `${changed.statements} statements`)
  assert.equal((await call('DELETE', `${id}/`)).status, 204)
  assert.equal((await call('GET', `${id}/`)).status, 404)
})

test("V1-149 somebody else's address, and none at all, answer 404", async () => {
  const { id } = await (await customer()).add()
  const { call } = await customer()
  for (const path of [`${id}/`, '999999999/', 'abc/', '99999999999999999999/', '-1/', '1.5/']) {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const) {
      const { status, body } = await call(method, path, method === 'GET' ? undefined : BODY)
      assert.deepEqual([status, body], [404, { detail: 'Not found.' }], `${method} ${path}`)
    }
    assert.equal((await call('POST', `${path}set-default/`)).status, 404)
  }
})

test('V1-009 addresses without sign-in answer 401', async () => {
  for (const path of ['', '1/']) assert.equal((await server.call('GET', LIST + path)).status, 401)
})

test('V1-147 V1-150 the first of each type is its default; a new default takes the place of the old one', async () => {
  const { call, add, defaults } = await customer()
  const [first, second] = [await add(), await add()]
  const billing = await add({ address_type: 'billing' })
  assert.deepEqual(await defaults(), { shipping: [first.id], billing: [billing.id] })
  const set = await call('POST', `${second.id}/set-default/`)
  assert.deepEqual([set.status, set.body.is_default], [200, true])
  assert.ok(set.statements <= 8, `${set.statements} statements`)
  assert.deepEqual(await defaults(), { shipping: [second.id], billing: [billing.id] })
  await call('PATCH', `${first.id}/`, { is_default: true })
  assert.deepEqual(await defaults(), { shipping: [first.id], billing: [billing.id] })
  const third = await add({ is_default: true })
  assert.deepEqual(await defaults(), { shipping: [third.id], billing: [billing.id] })
})

test('V1-150 removing the default promotes the newest that is left of its type', async () => {
  const { call, add, defaults } = await customer()
  const [first, , third] = [await add(), await add(), await add()]
  await add({ address_type: 'other' })
  const removed = await call('DELETE', `${first.id}/`)
  assert.ok(removed.statements <= 7, `${removed.statements} statements`)
  assert.deepEqual((await defaults()).shipping, [third.id])
})

test('V1-150 an address that moves to another type leaves its default behind', async () => {
  const { call, add, defaults } = await customer()
  const [first, second] = [await add(), await add()]
  const billing = await add({ address_type: 'billing' })
  await call('PATCH', `${first.id}/`, { address_type: 'billing' })
  assert.deepEqual(await defaults(), { shipping: [second.id], billing: [billing.id] })
  await call('PATCH', `${second.id}/`, { address_type: 'billing', is_default: true })
  assert.deepEqual(await defaults(), { billing: [second.id] })
  await call('PATCH', `${first.id}/`, { address_type: 'other' })
  assert.deepEqual(await defaults(), { billing: [second.id], other: [first.id] })
})

test('V1-150 of many who add, set and remove at once none fails, and one default per type is left', async () => {
  const { call, add, defaults } = await customer()
  const added = await Promise.all(Array.from({ length: 8 }, (_, n) => add({ is_default: n % 2 === 0 })))
  const ids = added.map(({ id }) => id)
  assert.equal((await defaults()).shipping?.length, 1)
  const answers = await Promise.all([
    ...ids.slice(0, 4).map((id) => call('POST', `${id}/set-default/`)),
    ...ids.slice(2, 6).map((id) => call('PATCH', `${id}/`, { is_default: true })),
    ...ids.slice(6).map((id) => call('DELETE', `${id}/`)),
  ])
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 204]))
  assert.equal((await defaults()).shipping?.length, 1)
  const [kept] = (await defaults()).shipping!
  await Promise.all([call('DELETE', `${kept}/`), call('DELETE', `${ids.find((id) => id !== kept)}/`), add()])
  assert.equal((await defaults()).shipping?.length, 1)
})
