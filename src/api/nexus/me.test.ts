/** The signed-in user on nexus: profile, history, claims, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Overrides, signedUp } from '../../../test/accounts.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const ME = '/api/auth/me/'
const joined = (overrides: Overrides = {}) => signedUp(server, { surface: 'nexus', ...overrides })
const change = (method: 'PUT' | 'PATCH', token: string, body: unknown) => server.call(method, ME, { token, body })

function assertAnswer(called: Called, status: number, body: object) {
  assert.deepEqual([called.status, called.body], [status, body])
}

test('NX-070 NX-006 who I am, for me alone', async () => {
  const { access, email } = await joined({ phone: '+15550007000' })
  const { status, body } = await server.call('GET', ME, { token: access })
  const { id, date_joined, ...user } = body
  assert.deepEqual([status, typeof id, date_joined.endsWith('Z')], [200, 'string', true])
  assert.deepEqual(user, {
    email,
    first_name: 'Sam',
    last_name: 'Shopper',
    phone: '+15550007000',
    is_email_verified: true,
    is_staff: false,
    last_login: null,
  })
  assertAnswer(await server.call('GET', ME), 401, { detail: 'Authentication credentials were not provided.' })
})

test('NX-071 PUT needs both names, PATCH changes what is sent; the rest is read-only', async () => {
  const { access, email } = await joined()
  const before = (await server.call('GET', ME, { token: access })).body
  const readOnly = { email: 'x@example.com', id: 'x', is_staff: true, is_email_verified: false, date_joined: 'x' }
  assertAnswer(await change('PUT', access, { first_name: ' Ada ', last_name: 'Lovelace', ...readOnly }), 200, {
    ...before,
    first_name: 'Ada',
    last_name: 'Lovelace',
    email,
  })
  assertAnswer(await change('PUT', access, { first_name: 'Ada' }), 400, { last_name: ['This field is required.'] })
  const phoned = { ...before, first_name: 'Ada', last_name: 'Byron', phone: '+15550007001' }
  assertAnswer(await change('PATCH', access, { last_name: 'Byron', phone: '+1 (555) 000-7001' }), 200, phoned)
  assertAnswer(await change('PATCH', access, {}), 200, phoned)
  assertAnswer(await change('PATCH', access, { phone: null }), 200, { ...phoned, phone: null })
})

test('NX-071 a blank name, a malformed and a taken phone are told together', async () => {
  const { access } = await joined()
  await joined({ phone: '+15550007002' })
  assertAnswer(await change('PATCH', access, { first_name: ' ', last_name: null, phone: '+1 555 000 7002' }), 400, {
    first_name: ['This field may not be blank.'],
    last_name: ['This field may not be null.'],
    phone: ['A user with this phone number already exists.'],
  })
  assertAnswer(await change('PUT', access, { first_name: '', phone: 'call me' }), 400, {
    first_name: ['This field may not be blank.'],
    last_name: ['This field is required.'],
    phone: ['Enter a valid phone number.'],
  })
  assertAnswer(await server.call('PATCH', ME, { body: {} }), 401, {
    detail: 'Authentication credentials were not provided.',
  })
})
