/** Registration and e-mail verification through HTTP. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { findAccountByEmail, issueOneTimeToken } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import { signedUp } from '../../../test/accounts.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())
/** Each test begins with limits that nobody used. */
beforeEach(() => server.shop.pass(61 * MINUTE_MS))

let count = 0
function registration(overrides: object = {}) {
  count += 1
  const names = { first_name: 'Jane', last_name: 'Doe' }
  return {
    email: `new-${count}@example.com`,
    username: `new-${count}`,
    password: 'SecurePass123!',
    ...names,
    ...overrides,
  }
}
const register = (body: unknown) => server.call('POST', '/api/v1/auth/register/', { body })
const verify = (token: string) => server.call('GET', `/api/v1/auth/verify-email/${token}/`)
const resend = (body: unknown) => server.call('POST', '/api/v1/auth/resend-verification/', { body })

/** Registers somebody and returns a token as the mail has one. */
async function registered(overrides: object = {}): Promise<{ email: string; accountId: number; token: string }> {
  const body = registration(overrides)
  const { body: answer } = await register(body)
  return { email: body.email, accountId: answer.user.id, token: await tokenFor(answer.user.id) }
}
const tokenFor = (accountId: number) =>
  inTransaction(server.shop.db, (tx) => issueOneTimeToken(tx, accountId, 'verify_email', server.shop.now()))

const attemptsOf = async (type: string) =>
  (
    await sql<{ succeeded: boolean; failureReason: string | null; ipAddress: string; accountId: number | null }>`
      select succeeded, failure_reason, ip_address, account_id from identity.security_attempts
      where attempt_type::text = ${type} order by id`.execute(server.shop.db)
  ).rows

function assertProblem(called: Called, status: number, body: object) {
  assert.deepEqual([called.status, called.body], [status, body])
}

test('V1-040 V1-044 registration answers 201 with the message and an inactive user, without tokens or password', async () => {
  const called = await register(
    registration({ email: 'Jane.Doe@Example.com', username: 'Jane', phone: '+1 (555) 010-9999' }),
  )
  assert.equal(called.status, 201)
  assert.ok(called.statements <= 10, `${called.statements} statements`)
  const { id, date_joined, ...user } = called.body.user
  assert.equal(called.body.message, 'Registration successful. Please check your email to verify your account.')
  assert.deepEqual(Object.keys(called.body), ['message', 'user'])
  assert.ok(Number.isInteger(id) && date_joined.endsWith('Z'))
  assert.deepEqual(user, {
    email: 'jane.doe@example.com',
    username: 'Jane',
    first_name: 'Jane',
    last_name: 'Doe',
    phone: '+15550109999',
    is_active: false,
    is_staff: false,
    email_verified: false,
    email_verified_at: null,
  })
})

test('V1-041 V1-005 a taken e-mail is told together with missing fields, in whatever case', async () => {
  const { email } = await signedUp(server)
  assertProblem(await register({ email: email.toUpperCase(), password: '1234567' }), 400, {
    email: ['A user with this email already exists.'],
    username: ['This field is required.'],
    first_name: ['This field is required.'],
    last_name: ['This field is required.'],
    password: [
      'This password is too short. It must contain at least 8 characters.',
      'This password is too common.',
      'This password is entirely numeric.',
    ],
  })
})

test('V1-042 a taken username and a taken phone answer 400, separators do not make another phone', async () => {
  await signedUp(server, { username: 'Taken', phone: '+15550001111' })
  assertProblem(await register(registration({ username: 'tAKEN', phone: '+1 555-000.1111' })), 400, {
    username: ['A user with this username already exists.'],
    phone: ['A user with this phone number already exists.'],
  })
  const without = await register(registration({ phone: '1 555 000 1111' }))
  assert.equal(without.status, 201, 'the leading + counts')
})

test('V1-043 V1-047 weak passwords, a different confirmation, and malformed fields answer 400 all at once', async () => {
  const body = { username: 'no spaces!', phone: 'call me', password: 'password123', password_confirm: 'other' }
  assertProblem(await register(registration({ ...body, email: 'no address', first_name: '', last_name: null })), 400, {
    email: ['Enter a valid email address.'],
    username: ['Enter a valid username. This value may contain only letters, digits and the characters @ . + - _'],
    phone: ['Enter a valid phone number.'],
    password: ['This password is too common.'],
    password_confirm: ['Passwords do not match.'],
    first_name: ['This field may not be blank.'],
    last_name: ['This field may not be null.'],
  })
  const wrongTypes = { email: 5, username: ['a'], password: {}, first_name: 1, last_name: true, phone: 7 }
  const odd = await register(wrongTypes)
  assert.deepEqual([odd.status, Object.keys(odd.body).length], [400, 6])
  assert.equal((await register(registration({ password: `A1!${'x'.repeat(126)}` }))).status, 400, '129 characters')
  assert.equal((await register([])).status, 400)
})

test('V1-029 powers cannot be registered', async () => {
  const powers = {
    is_staff: true,
    is_superuser: true,
    is_active: true,
    email_verified_at: '2020-01-01T00:00:00Z',
    id: 7,
    role: 'x',
  }
  const { body } = await register(registration(powers))
  const { rows } = await sql`select is_staff, is_superuser, is_active, email_verified_at from identity.accounts
    where id = ${body.user.id} and id <> 7`.execute(server.shop.db)
  assert.deepEqual(rows, [{ isStaff: false, isSuperuser: false, isActive: false, emailVerifiedAt: null }])
})

test('V1-041 of ten equal registrations at once one succeeds, the others hear that the names are taken', async () => {
  const body = registration()
  const called = await Promise.all(Array.from({ length: 10 }, () => register(body)))
  assert.equal(called.filter(({ status }) => status === 201).length, 1)
  for (const { body: problem } of called.filter(({ status }) => status !== 201)) {
    assert.deepEqual(problem, {
      email: ['A user with this email already exists.'],
      username: ['A user with this username already exists.'],
    })
  }
})

test('V1-046 the eleventh registration of an address within an hour answers 429, wrong ones count', async () => {
  for (let n = 0; n < 10; n += 1) assert.equal((await register(n % 2 ? registration() : {})).status, n % 2 ? 201 : 400)
  const limited = await register(registration())
  assertProblem(limited, 429, { detail: 'Too many registration attempts. Please try again later.' })
  assert.ok(Number(limited.headers['retry-after']) > 3500, String(limited.headers['retry-after']))
  server.shop.pass(HOUR_MS)
  assert.equal((await register(registration())).status, 201)
})

test('V1-045 V1-079 a registration is logged, and so is one that failed', async () => {
  const earlier = (await attemptsOf('register')).length
  const { accountId } = await registered()
  await register({})
  assert.deepEqual((await attemptsOf('register')).slice(earlier), [
    { succeeded: true, failureReason: null, ipAddress: '127.0.0.1', accountId },
    { succeeded: false, failureReason: 'invalid_input', ipAddress: '127.0.0.1', accountId: null },
  ])
})

test('V1-050 V1-051 verification activates the user and signs in; other tokens become used', async () => {
  const { token: other, accountId } = await registered()
  const token = await tokenFor(accountId)
  const used = { detail: 'This verification token has already been used.', code: 'token_used' }
  assertProblem(await verify(other), 400, used)
  const called = await verify(token.toUpperCase())
  assert.equal(called.status, 200)
  assert.ok(called.statements <= 11, `${called.statements} statements`)
  assert.equal(called.body.message, 'Email verified successfully. You can now log in.')
  assert.equal(called.body.user.is_active, true)
  assert.equal(called.body.user.email_verified, true)
  assert.ok(called.body.user.email_verified_at && called.body.refresh)
  const sessions = await server.call('GET', '/api/v1/auth/sessions/', { token: called.body.access })
  assert.equal(sessions.body.length, 1)
  assertProblem(await verify(token), 400, used)
})

test('V1-052 V1-054 ASVS 6.4.1 an unknown token, one that is no UUID, and one older than a day are refused', async () => {
  const invalid = { detail: 'Invalid verification token.', code: 'invalid_token' }
  assertProblem(await verify('5b3c7e1a-9c55-4a4e-8a41-0d7d8d1f2a10'), 400, invalid)
  assertProblem(await verify('nonsense'), 400, invalid)
  const { token } = await registered()
  server.shop.pass(24 * HOUR_MS + 1000)
  assertProblem(await verify(token), 400, {
    detail: 'This verification token has expired. Please request a new one.',
    code: 'token_expired',
  })
})

test('V1-050 asking for the headers only does not use a token up', async () => {
  const { token } = await registered()
  await server.server.inject({ method: 'HEAD', url: `/api/v1/auth/verify-email/${token}/` })
  assert.equal((await verify(token)).status, 200)
})

test('V1-053 ASVS 6.4.1 6.5.1 the same token ten times at once works once', async () => {
  const { token, accountId } = await registered()
  const called = await Promise.all(Array.from({ length: 10 }, () => verify(token)))
  assert.deepEqual(called.map(({ status }) => status).sort(), [200, ...Array(9).fill(400)])
  const { rows } = await sql`select id from identity.sessions where account_id = ${accountId}`.execute(server.shop.db)
  assert.equal(rows.length, 1)
})

test('V1-055 V1-062 verify and resend share ten attempts in 15 minutes, malformed ones count', async () => {
  for (let n = 0; n < 10; n += 1) await (n % 2 ? verify('nonsense') : resend({}))
  const limited = { detail: 'Too many verification attempts. Please try again later.' }
  const called = await verify('nonsense')
  assertProblem(called, 429, limited)
  assert.ok(Number(called.headers['retry-after']) > 800)
  assertProblem(await resend({ email: 'a@example.com' }), 429, limited)
  server.shop.pass(15 * MINUTE_MS)
  assert.equal((await resend({ email: 'a@example.com' })).status, 200)
})

test('V1-060 V1-061 V1-063 a resend voids older tokens, and tells nothing about the account', async () => {
  const { email, token } = await registered()
  const called = await resend({ email: email.toUpperCase() })
  const message = 'If an account with this email exists and is not verified, a new verification email has been sent.'
  assertProblem(called, 200, { message })
  assert.ok(called.statements <= 9, `${called.statements} statements`)
  assertProblem(await verify(token), 400, {
    detail: 'This verification token has already been used.',
    code: 'token_used',
  })
  const verified = await signedUp(server)
  await server.shop.runJobs()
  const before = server.shop.letters.length
  const forKnown = await resend({ email: verified.email })
  const forNobody = await resend({ email: 'nobody@example.com' })
  for (const answer of [forKnown, forNobody]) assertProblem(answer, 200, { message })
  assert.equal(forKnown.statements, called.statements)
  assert.equal(forNobody.statements, called.statements)
  await server.shop.runJobs()
  assert.equal(server.shop.letters.length, before, 'nobody else is written to')
  assertProblem(await resend({ email: 'nonsense' }), 400, { email: ['Enter a valid email address.'] })
  assertProblem(await resend({}), 400, { email: ['This field is required.'] })
})

test('V1-051 an account that was closed is not revived by an old token', async () => {
  const { token, accountId, email } = await registered()
  await sql`update identity.accounts set email_verified_at = now(), is_active = false where id = ${accountId}`.execute(
    server.shop.db,
  )
  assert.equal((await verify(token)).status, 400)
  assert.equal((await findAccountByEmail(server.shop.db, email))?.isActive, false)
})

test('V1-041 an unverified registration of more than a day ago gives way, with all its names', async () => {
  const first = registration({ phone: '+15550107777' })
  assert.equal((await register(first)).status, 201)
  assert.equal((await register(first)).status, 400)
  server.shop.pass(25 * 60 * 60_000)
  const again = await register(first)
  assert.equal(again.status, 201)
  const { rows } = await sql`select id from identity.accounts where lower(email) = ${first.email}`.execute(
    server.shop.db,
  )
  assert.deepEqual(rows, [{ id: again.body.user.id }])
})
