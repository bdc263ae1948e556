/** Registration on nexus through HTTP. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import { mailedCode } from '../../../test/mailed-codes.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

const HOUR_MS = 3_600_000

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())
/** Each test begins with limits that nobody used. */
beforeEach(() => server.shop.pass(HOUR_MS + 60_000))

let count = 0
function registration(overrides: object = {}) {
  count += 1
  return {
    email: `new-${count}@example.com`,
    password: 'SecurePass123!',
    password_confirm: 'SecurePass123!',
    first_name: 'Jane',
    last_name: 'Doe',
    ...overrides,
  }
}
const register = (body: unknown, ip = '203.0.113.1') =>
  server.call('POST', '/api/auth/register/', { body, headers: { 'x-forwarded-for': ip } })

function assertAnswer(called: Called, status: number, body: object) {
  assert.deepEqual([called.status, called.body], [status, body])
}

test('NX-010 NX-151 V1-020 registration answers 201 with the message and the user, named by a UUID, without tokens', async () => {
  const called = await register(
    registration({ email: 'Jane.Doe@Example.com', is_staff: true, is_email_verified: true }),
  )
  assert.equal(called.status, 201)
  assert.deepEqual(Object.keys(called.body), ['message', 'user'])
  assert.equal(called.body.message, 'Registration successful. Please check your email for the verification code.')
  const { id, date_joined, ...user } = called.body.user
  assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  assert.match(date_joined, /Z$/)
  assert.deepEqual(user, {
    email: 'jane.doe@example.com',
    first_name: 'Jane',
    last_name: 'Doe',
    phone: null,
    is_email_verified: false,
    is_staff: false,
    last_login: null,
  })
})

test('NX-010 the confirmation is also read from its other names; its own name comes first', async () => {
  for (const name of ['password_confirmation', 'confirm_password', 'password2']) {
    const { password_confirm, ...body } = registration()
    assert.equal((await register({ ...body, [name]: password_confirm })).status, 201, name)
    assertAnswer(await register({ ...body, email: `x-${name}@example.com`, [name]: 'other' }), 400, {
      password_confirm: ['Passwords do not match.'],
    })
  }
  assert.equal((await register(registration({ password2: 'other' }))).status, 201)
})

test('NX-011 NX-013 NX-145 the code is mailed by a worker, after the answer', async () => {
  const body = registration()
  const letters = () => server.shop.letters.filter(({ to }) => to === body.email).length
  assert.equal((await register(body)).status, 201)
  assert.equal(letters(), 0)
  assert.match(await mailedCode(server, body.email), /^\d{6}$/)
  assert.equal(letters(), 1)
})

test('NX-012 NX-002 V1-005 all that is wrong is told at once', async () => {
  const { email } = await signedUp(server)
  assertAnswer(await register({ email: email.toUpperCase(), password: '1234567', password_confirm: 'x' }), 400, {
    email: ['A user with this email already exists.'],
    first_name: ['This field is required.'],
    last_name: ['This field is required.'],
    password: [
      'This password is too short. It must contain at least 8 characters.',
      'This password is too common.',
      'This password is entirely numeric.',
    ],
    password_confirm: ['Passwords do not match.'],
  })
  assertAnswer(await register({}), 400, {
    email: ['This field is required.'],
    password: ['This field is required.'],
    password_confirm: ['This field is required.'],
    first_name: ['This field is required.'],
    last_name: ['This field is required.'],
  })
  const odd = registration({ email: 'nobody', first_name: ' ', last_name: null, password_confirm: '' })
  assertAnswer(await register(odd), 400, {
    email: ['Enter a valid email address.'],
    first_name: ['This field may not be blank.'],
    last_name: ['This field may not be null.'],
    password_confirm: ['This field may not be blank.'],
  })
  assertAnswer(await register([]), 400, { non_field_errors: ['Invalid data. Expected a dictionary.'] })
})

test('NX-012 V1-030 a password like the name or the address is refused', async () => {
  const called = await register(
    registration({ first_name: 'Wilhelmina', password: 'wilhelmina1', password_confirm: 'wilhelmina1' }),
  )
  assertAnswer(called, 400, { password: ['The password is too similar to the first name.'] })
})

test('NX-012 of ten equal registrations at once one succeeds', async () => {
  const body = registration()
  const called = await Promise.all(Array.from({ length: 10 }, () => register(body)))
  assert.equal(called.filter(({ status }) => status === 201).length, 1)
  for (const { status, body: problem } of called.filter(({ status }) => status !== 201))
    assert.deepEqual([status, problem], [400, { email: ['A user with this email already exists.'] }])
})

test('NX-014 the eleventh registration of an address within an hour answers 429, wrong ones count', async () => {
  for (let n = 0; n < 10; n += 1) assert.equal((await register(n % 2 ? registration() : {})).status, n % 2 ? 201 : 400)
  const limited = await register(registration())
  assertAnswer(limited, 429, { detail: 'Too many registration attempts. Please try again later.' })
  assert.ok(Number(limited.headers['retry-after']) > 3500)
  assert.equal((await register(registration(), '203.0.113.2')).status, 201, 'other addresses are free')
  server.shop.pass(HOUR_MS)
  assert.equal((await register(registration())).status, 201)
})

test('NX-012 an address that was never verified is free again after a day, and its old code is worth nothing', async () => {
  const body = registration()
  const { body: first } = await register(body)
  const old = await mailedCode(server, body.email)
  server.shop.pass(23 * HOUR_MS)
  assert.equal((await register(body)).status, 400)
  server.shop.pass(HOUR_MS + 1000)
  const second = await register(body)
  assert.equal(second.status, 201)
  assert.notEqual(second.body.user.id, first.user.id)
  const verify = await server.call('POST', '/api/auth/verify-email/', { body: { email: body.email, otp: old } })
  assert.equal(verify.status, 400)
})

test('NX-152 V1-021 the password is kept as a hash of argon2id, and a username is made up', async () => {
  const body = registration()
  await register(body)
  const { rows } = await sql<{ passwordHash: string; username: string }>`
    select password_hash, username from identity.accounts where email = ${body.email}`.execute(server.shop.db)
  assert.match(rows[0]!.passwordHash, /^\$argon2id\$/)
  assert.match(rows[0]!.username, /^new-\d+-[0-9a-f]{10}$/)
})
