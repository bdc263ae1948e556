import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp } from '../../../test/accounts.ts'
import { fillCart, stockedArticle } from '../../../test/goods.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'
import { ADDRESS_LINES, assertAnswer, BAD_TOKEN, loggedIn, NO_CREDENTIALS } from '../../../test/storefront.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
const LIST = '/api/users/addresses/'
const UPDATED = { message: 'Address updated successfully.' }
const NOT_FOUND = { error: 'Address not found.' }

/** Somebody with an address book of his own. */
async function customer() {
  const { access: token } = await loggedIn(server)
  const call = (method: Method, path = '', body?: object): Promise<Called> =>
    server.call(method, LIST + path, { token, ...(body ? { body } : {}) })
  const add = async (extra: object = {}) => (await call('POST', '', { ...ADDRESS_LINES, ...extra })).body[0]
  return { token, call, add }
}

test('SF-141 SF-149 C-07 an address is added and answered as a list of one', async () => {
  const { call } = await customer()
  for (const [sent, line] of [
    [undefined, ''],
    [null, ''],
    ['', ''],
    ['Flat 4', 'Flat 4'],
  ]) {
    const { status, body } = await call('POST', '', {
      ...ADDRESS_LINES,
      ...(sent === undefined ? {} : { address_line2: sent }),
    })
    assert.equal(status, 201)
    const [{ id, ...address }, ...more] = body
    assert.ok(Number.isInteger(id))
    assert.deepEqual([address, more], [{ ...ADDRESS_LINES, address_line2: line }, []])
  }
})

test('SF-140 SF-144 SF-017 the list has my own, by id; one is read by its id', async () => {
  const mine = await customer()
  const [first, second] = [await mine.add(), await mine.add({ city: 'Mysuru' })]
  await (await customer()).add()
  assertAnswer(await mine.call('GET'), 200, [first, second])
  assertAnswer(await mine.call('GET', `${second.id}/`), 200, second)
  assertAnswer(await (await customer()).call('GET'), 200, [])
})

test('SF-142 what is missing, blank or of the wrong type is told by field', async () => {
  const { call } = await customer()
  assertAnswer(await call('POST', '', { city: ' ', state: 7, country: null, address_line2: 7 }), 400, {
    error: 'Invalid data provided',
    details: {
      address_line1: ['This field is required.'],
      postal_code: ['This field is required.'],
      city: ['This field may not be blank.'],
      state: ['Not a valid string.'],
      country: ['This field may not be null.'],
      address_line2: ['Not a valid string.'],
    },
  })
  assertAnswer(await call('GET'), 200, [])
})

test('SF-143 C-38 without a good token both bodies are told, whatever the method', async () => {
  const error = 'Invalid token or user ID'
  for (const [method, path] of [
    ['GET', ''],
    ['POST', ''],
    ['GET', '1/'],
    ['PUT', '1/'],
    ['PATCH', 'x/'],
    ['DELETE', '1/'],
  ] as const) {
    assertAnswer(await server.call(method, LIST + path), 401, { ...NO_CREDENTIALS, error })
    assertAnswer(await server.call(method, LIST + path, { token: 'nonsense' }), 401, { ...BAD_TOKEN, error })
  }
})

test('SF-145 SF-146 SF-020 PUT and PATCH change what is sent and leave the rest', async () => {
  const { call, add } = await customer()
  const address = await add({ address_line2: 'Flat 4' })
  assertAnswer(await call('PUT', `${address.id}/`, { city: 'Mysuru' }), 200, UPDATED)
  assertAnswer(await call('PATCH', `${address.id}/`, { postal_code: '570001', id: 1, user: 1 }), 200, UPDATED)
  assertAnswer(await call('GET', `${address.id}/`), 200, { ...address, city: 'Mysuru', postal_code: '570001' })
  assertAnswer(await call('PATCH', `${address.id}/`, { address_line2: null }), 200, UPDATED)
  assert.equal((await call('GET', `${address.id}/`)).body.address_line2, '')
})

test('SF-147 SF-016 DELETE answers 204 without a body', async () => {
  const { call, add } = await customer()
  const { id } = await add()
  const removed = await call('DELETE', `${id}/`)
  assert.deepEqual([removed.status, removed.body.length], [204, 0])
  assertAnswer(await call('DELETE', `${id}/`), 404, NOT_FOUND)
})

test('SF-148 SF-017 an id that is unknown, no number, or of somebody else is 404', async () => {
  const { id } = await (await customer()).add()
  const { call } = await customer()
  for (const path of [`${id}/`, '999999999/', 'abc/', '99999999999999999999/', '-1/', '1.5/', '0/']) {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const)
      assertAnswer(await call(method, path, method === 'GET' ? undefined : { city: 'Pune' }), 404, NOT_FOUND)
  }
})

test('SF-150 a field that is at fault, and nothing is changed', async () => {
  const { call, add } = await customer()
  const address = await add()
  for (const method of ['PUT', 'PATCH'] as const) {
    assertAnswer(await call(method, `${address.id}/`, { city: 'Pune', state: '' }), 400, {
      error: 'Invalid data provided',
      details: { state: ['This field may not be blank.'] },
    })
  }
  assertAnswer(await call('GET', `${address.id}/`), 200, address)
})

test('SF-151 an address that an order was sent to can go; the order keeps its copy', async () => {
  const { accountId, access: token } = await signedUp(server)
  const added = await server.call('POST', LIST, { token, body: ADDRESS_LINES })
  const { id } = added.body[0]
  await fillCart(server.shop, accountId, [await stockedArticle(server.shop), 1])
  const shipping = { ...ADDRESS_LINES, full_name: 'Asha Rao' }
  const placed = await server.call('POST', '/api/v1/orders/', {
    token,
    body: { shipping_address: shipping, payment_method: 'stripe' },
  })
  assert.equal(placed.status, 201, JSON.stringify(placed.body))
  assert.equal((await server.call('DELETE', `${LIST}${id}/`, { token })).status, 204)
  const { body } = await server.call('GET', `/api/v1/orders/${placed.body.order_number}/`, { token })
  assert.equal(body.shipping_address.address_line1, ADDRESS_LINES.address_line1)
})

test('SF-140 of many who add at once none is lost', async () => {
  const { add, call } = await customer()
  const added = await Promise.all(Array.from({ length: 8 }, () => add()))
  assert.deepEqual(
    (await call('GET')).body.map(({ id }: { id: number }) => id),
    added.map(({ id }) => id).sort((a, b) => a - b),
  )
})
