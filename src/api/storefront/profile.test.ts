import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import {
  ADDRESS_LINES,
  assertAnswer,
  loggedIn,
  logIn,
  NO_CREDENTIALS,
  NOT_ALLOWED,
  registered,
} from '../../../test/storefront.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const PROFILE = '/api/users/user-profile/'
const read = async (token: string) => (await server.call('GET', PROFILE, { token })).body
const put = (token: string, body: unknown) => server.call('PUT', PROFILE, { token, body })

test('SF-155 the profile with all addresses', async () => {
  const {
    access: token,
    password: _,
    refresh: _refresh,
    ...customer
  } = await loggedIn(server, {
    addresses: [ADDRESS_LINES, { ...ADDRESS_LINES, city: 'Mysuru' }],
  })
  const { status, body } = await server.call('GET', PROFILE, { token })
  assert.equal(status, 200)
  const { id, addresses, ...profile } = body
  assert.ok(Number.isInteger(id))
  const { addresses: sent, ...told } = customer as typeof customer & { addresses: object[] }
  assert.deepEqual(profile, told)
  assert.deepEqual(
    addresses.map(({ id: _id, ...lines }: { id: number }) => lines),
    sent.map((lines) => ({ ...lines, address_line2: '' })),
  )
})

test('SF-155 SF-019 of who registered elsewhere, every key is there with its type', async () => {
  const { access } = await signedUp(server)
  const { birthdate, phone_number, addresses } = await read(access)
  assert.deepEqual([birthdate, phone_number, addresses], [null, '', []])
})

test('SF-156 SF-157 SF-010 without credentials 401, with a verification token 403', async () => {
  const { username, password } = await registered(server)
  const { verification_token: token } = (await logIn(server, username, password)).body
  for (const method of ['GET', 'PUT', 'PATCH'] as const) {
    assertAnswer(await server.call(method, PROFILE), 401, NO_CREDENTIALS)
    assertAnswer(await server.call(method, PROFILE, { token }), 403, NOT_ALLOWED)
  }
})

test('SF-158 SF-020 PUT and PATCH change what is sent, and answer the profile', async () => {
  const { access: token } = await loggedIn(server)
  const before = await read(token)
  const changed = await put(token, { first_name: ' Anjali ', birthdate: '1991-01-01' })
  assertAnswer(changed, 200, { ...before, first_name: 'Anjali', birthdate: '1991-01-01' })
  const patched = await server.call('PATCH', PROFILE, { token, body: { last_name: 'Nair', birthdate: null } })
  assertAnswer(patched, 200, { ...changed.body, last_name: 'Nair', birthdate: null })
  assertAnswer(await put(token, {}), 200, patched.body)
})

test('SF-158 V1-022 another phone is a name to sign in with at once, the old one no longer', async () => {
  const { access: token, phone_number: old, password } = await loggedIn(server)
  assert.equal((await put(token, { phone_number: '+919812345678' })).body.phone_number, '+919812345678')
  assert.equal((await logIn(server, '+919812345678', password)).status, 200)
  assert.equal((await logIn(server, old, password)).status, 400)
})

test('SF-159 SF-160 an address with an id is changed, one without is added, the others stay', async () => {
  const { access: token } = await loggedIn(server, { addresses: [ADDRESS_LINES, ADDRESS_LINES] })
  const [first, second] = (await read(token)).addresses
  const { status, body } = await put(token, {
    first_name: 'Anjali',
    addresses: [
      { id: second.id, city: 'Mysuru' },
      { ...ADDRESS_LINES, city: 'Pune', address_line2: null },
    ],
  })
  assert.equal(status, 200)
  const third = body.addresses[2]
  assert.deepEqual(body.addresses, [first, { ...second, city: 'Mysuru' }, third])
  assert.deepEqual({ ...third, id: 0 }, { id: 0, ...ADDRESS_LINES, city: 'Pune', address_line2: '' })
  assertAnswer(await put(token, { addresses: body.addresses }), 200, body)
})

test('SF-161 whatever is invalid, nothing is changed, addresses included', async () => {
  const { access: token } = await loggedIn(server, { addresses: [ADDRESS_LINES] })
  const before = await read(token)
  const { id } = before.addresses[0]
  const good = { first_name: 'Anjali', addresses: [{ id, city: 'Mysuru' }, ADDRESS_LINES] }
  const { city: _, ...incomplete } = ADDRESS_LINES
  const wrong: [object, Record<string, string[]>][] = [
    [{ last_name: '' }, { last_name: ['This field may not be blank.'] }],
    [{ birthdate: '9999-01-01' }, { birthdate: ['This date lies in the future.'] }],
    [{ birthdate: 'x' }, { birthdate: ['Date has wrong format. Use YYYY-MM-DD.'] }],
    [{ addresses: 'x' }, { addresses: ['Expected a list of items.'] }],
    [{ addresses: [{ id, city: 'Mysuru' }, incomplete] }, { addresses: ['1.city: This field is required.'] }],
    [{ addresses: [{ id, city: ' ' }] }, { addresses: ['0.city: This field may not be blank.'] }],
    [{ addresses: [{ id: 'x', city: 'Mysuru' }] }, { addresses: ['0.id: A valid integer is required.'] }],
  ]
  for (const [body, details] of wrong)
    assertAnswer(await put(token, { ...good, ...body }), 400, { error: 'Invalid input data', details })
  assertAnswer(await put(token, []), 400, { error: 'The request body must be a JSON object.' })
  assert.deepEqual(await read(token), before)
})

test('SF-162 SF-017 the id of an address that is unknown, or of somebody else, and nothing is changed', async () => {
  const other = await loggedIn(server, { addresses: [ADDRESS_LINES] })
  const { access: token } = await loggedIn(server)
  const before = await read(token)
  const foreign = (await read(other.access)).addresses[0]
  for (const id of [foreign.id, 999_999_999]) {
    const body = {
      first_name: 'Anjali',
      phone_number: '+919812300099',
      addresses: [ADDRESS_LINES, { id, city: 'Pune' }],
    }
    assertAnswer(await put(token, body), 400, {
      error: 'Invalid input data',
      details: { addresses: ['1: Address not found.'] },
    })
  }
  assert.deepEqual(await read(token), before)
  assert.deepEqual((await read(other.access)).addresses, [foreign])
})

test('SF-163 a phone of another account, or none at all', async () => {
  const other = await loggedIn(server)
  const { access: token, phone_number } = await loggedIn(server)
  assertAnswer(await put(token, { first_name: 'Anjali', phone_number: other.phone_number }), 400, {
    error: 'Invalid input data',
    details: { phone_number: ['A user with this phone number already exists.'] },
  })
  for (const odd of ['9876543210', '', null, 7, '+1 555 0100'])
    assert.deepEqual(Object.keys((await put(token, { phone_number: odd })).body.details), ['phone_number'])
  assertAnswer(await put(token, { phone_number }), 200, await read(token))
  assert.equal((await read(token)).first_name, 'Asha')
})

test('SF-163 of two who take the same phone at once one gets it', async () => {
  const customers = [await loggedIn(server), await loggedIn(server), await loggedIn(server)]
  const called = await Promise.all(customers.map(({ access }) => put(access, { phone_number: '+919812311111' })))
  assert.deepEqual(called.map(({ status }) => status).sort(), [200, 400, 400])
})

test('SF-164 username and e-mail are read-only', async () => {
  const { access: token } = await loggedIn(server)
  const before = await read(token)
  assertAnswer(await put(token, { username: 'another', email: 'another@example.com', id: 1 }), 200, before)
})
