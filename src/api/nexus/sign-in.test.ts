/** Coming and going on nexus, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { decodeJwt } from 'jose'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import { codeOf, guarded, passToMidStep } from '../../../test/second-factors.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

const MINUTE_MS = 60_000

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())
/** Each test begins with limits that nobody used. */
beforeEach(() => {
  server.shop.pass(16 * MINUTE_MS)
  passToMidStep(server.shop)
})

const post = (path: string, body: unknown) =>
  server.call('POST', `/api/auth/${path}/`, {
    body,
    headers: { 'x-forwarded-for': '203.0.113.1', 'user-agent': 'a browser' },
  })
const signIn = (email: unknown, password: unknown) => post('login', { email, password })
const refresh = (token: unknown) => post('token/refresh', { refresh: token })
const signOut = (token: unknown) => post('logout', { refresh: token })
const me = (token: string, url = '/api/auth/me/') => server.call('GET', url, { token })
const joined = () => signedUp(server, { surface: 'nexus' })

const WRONG = { detail: 'Invalid email or password.', code: 'invalid_credentials' }
const NOT_VALID = { detail: 'Token is invalid or expired', code: 'token_not_valid' }
const TERMINATED = { detail: 'Session has been terminated' }

function assertAnswer(called: Called, status: number, body: object) {
  assert.deepEqual([called.status, called.body], [status, body])
}

test('NX-030 NX-031 sign-in answers tokens of an hour and seven days, and the user', async () => {
  const { email, password, accountId } = await joined()
  const called = await signIn(` ${email.toUpperCase()} `, password)
  assert.equal(called.status, 200)
  assert.deepEqual(Object.keys(called.body), ['access', 'refresh', 'user'])
  assert.deepEqual([called.body.user.email, called.body.user.is_email_verified], [email, true])
  assert.match(called.body.user.last_login, /Z$/)
  for (const [token, lifetimeS] of [
    [called.body.access, 3600],
    [called.body.refresh, 604_800],
  ] as const) {
    const { exp, iat, sub, surface } = decodeJwt(token)
    assert.deepEqual([exp! - iat!, sub, surface], [lifetimeS, String(accountId), 'nexus'])
  }
  assert.equal((await me(called.body.access)).status, 200)
  assert.equal((await me(called.body.access, '/api/v1/users/me/')).status, 200, 'V1-023: on any surface')
  server.shop.pass(59 * MINUTE_MS)
  assert.equal((await me(called.body.access)).status, 200)
  server.shop.pass(2 * MINUTE_MS)
  assert.equal((await me(called.body.access)).status, 401)
})

test('NX-032 a wrong password and an unknown e-mail look the same; missing keys are named', async () => {
  const { email } = await joined()
  const called = [await signIn(email, 'WrongPass123!'), await signIn('nobody@example.com', 'WrongPass123!')]
  for (const answer of called) assertAnswer(answer, 401, WRONG)
  assert.equal(called[0]!.statements, called[1]!.statements)
  assertAnswer(await signIn('no address', 'x'), 401, WRONG)
  assertAnswer(await signIn('x'.repeat(5000), 'y'.repeat(5000)), 401, WRONG)
  assertAnswer(await post('login', {}), 400, {
    email: ['This field is required.'],
    password: ['This field is required.'],
  })
  assertAnswer(await signIn(' ', ''), 400, {
    email: ['This field may not be blank.'],
    password: ['This field may not be blank.'],
  })
})

test('NX-033 who is not verified hears it with the right password alone, and gets no tokens', async () => {
  const { email, password, accountId } = await joined()
  await sql`update identity.accounts set is_active = false, email_verified_at = null
    where id = ${accountId}`.execute(server.shop.db)
  assertAnswer(await signIn(email, 'WrongPass123!'), 401, WRONG)
  for (let n = 0; n < 7; n += 1)
    assertAnswer(await signIn(email, password), 403, {
      detail: 'Please verify your email before logging in.',
      code: 'email_not_verified',
    })
})

test('NX-033 a disabled account lets nobody in', async () => {
  const { email, password, accountId } = await joined()
  await sql`update identity.accounts set is_active = false, disabled_at = now()
    where id = ${accountId}`.execute(server.shop.db)
  assertAnswer(await signIn(email, 'WrongPass123!'), 401, WRONG)
  assertAnswer(await signIn(email, password), 403, { detail: 'This account is disabled.', code: 'account_disabled' })
})

test('NX-152 a hash of Django lets its owner in, and is replaced', async () => {
  const { email, accountId } = await joined()
  const django = 'pbkdf2_sha256$1000$seasalt2Xy9$LIEHDopYTRMvfnBgWFNF3+2xB3L50dXKWu1ebWJ/BhY='
  await sql`update identity.accounts set password_hash = ${django} where id = ${accountId}`.execute(server.shop.db)
  for (let n = 0; n < 2; n += 1) {
    server.shop.pass(1000)
    const called = await server.server.inject({
      method: 'POST',
      url: '/api/auth/login/',
      payload: { email, password: 'lètmein-Ünder 7 bridges' },
    })
    assert.equal(called.statusCode, 200)
    const { rows } = await sql<{ passwordHash: string }>`
      select password_hash from identity.accounts where id = ${accountId}`.execute(server.shop.db)
    assert.match(rows[0]!.passwordHash, /^\$argon2id\$/)
  }
})

test('NX-030 a second factor is asked for, and completes the sign-in', async () => {
  const { user, secret } = await guarded(server.shop)
  const asked = await signIn(user.email, user.password)
  const { challenge_token, ...said } = asked.body
  assert.deepEqual(
    [asked.status, said],
    [403, { detail: 'Two-factor authentication is required.', code: 'second_factor_required' }],
  )
  assertAnswer(await post('two-factor', { challenge_token, code: 'wrong' }), 400, {
    detail: 'Invalid authentication code.',
    code: 'second_factor_incorrect',
  })
  const answer = { challenge_token, code: codeOf(server.shop, secret) }
  const called = await post('two-factor', answer)
  assert.equal(called.status, 200)
  assert.deepEqual(Object.keys(called.body), ['access', 'refresh', 'user'])
  assert.equal(called.body.user.email, user.email)
  assertAnswer(await post('two-factor', answer), 401, {
    detail: 'The sign-in has expired. Please sign in again.',
    code: 'challenge_not_valid',
  })
  assertAnswer(await post('two-factor', {}), 400, {
    challenge_token: ['This field is required.'],
    code: ['This field is required.'],
  })
})

test('NX-040 NX-041 a refresh gives a new pair; the used token is worth nothing, and its use again ends the session', async () => {
  const { access, refresh: first } = await joined()
  const called = await refresh(first)
  assert.equal(called.status, 200)
  assert.deepEqual(Object.keys(called.body), ['access', 'refresh'])
  assert.equal((await me(called.body.access)).status, 200)
  assertAnswer(await refresh(first), 401, NOT_VALID)
  assertAnswer(await refresh(called.body.refresh), 401, NOT_VALID)
  for (const token of [access, called.body.access]) assertAnswer(await me(token), 401, TERMINATED)
})

test('NX-041 NX-042 what cannot be exchanged', async () => {
  const { access, refresh: token } = await joined()
  for (const bad of ['nonsense', access, `${token}x`]) assertAnswer(await refresh(bad), 401, NOT_VALID)
  assertAnswer(await post('token/refresh', {}), 400, { refresh: ['This field is required.'] })
  assertAnswer(await refresh(''), 400, { refresh: ['This field may not be blank.'] })
  server.shop.pass(7 * 24 * 60 * MINUTE_MS)
  assertAnswer(await refresh(token), 401, NOT_VALID)
})

test('NX-041 of ten refreshes with one token at once one succeeds', async () => {
  const { refresh: token } = await joined()
  const called = await Promise.all(Array.from({ length: 10 }, () => refresh(token)))
  assert.deepEqual(called.map(({ status }) => status).sort(), [200, ...Array(9).fill(401)])
})

test('NX-045 NX-046 sign-out needs the refresh token alone, and ends the session with its access tokens', async () => {
  const { email, password, access, refresh: token } = await joined()
  const { body: other } = await signIn(email, password)
  assertAnswer(await signOut(token), 200, { message: 'Logged out successfully.' })
  assertAnswer(await me(access), 401, TERMINATED)
  assertAnswer(await refresh(token), 401, NOT_VALID)
  assertAnswer(await signOut(token), 400, NOT_VALID)
  assert.equal((await me(other.access)).status, 200, 'other sessions stay')
})

test('NX-045 what signs nobody out', async () => {
  const { access, refresh: first } = await joined()
  assertAnswer(await post('logout', {}), 400, { refresh: ['This field is required.'] })
  for (const bad of ['nonsense', access, `${first}x`]) assertAnswer(await signOut(bad), 400, NOT_VALID)
  const { body: pair } = await refresh(first)
  assertAnswer(await signOut(first), 400, NOT_VALID)
  assert.equal((await me(pair.access)).status, 200)
  const atOnce = await Promise.all(Array.from({ length: 10 }, () => signOut(pair.refresh)))
  assert.deepEqual(atOnce.map(({ status }) => status).sort(), [200, ...Array(9).fill(400)])
})

test('V1-026 V1-024 a session of nexus shows on v1, and does not count for its limit', async () => {
  const { email, password, access } = await joined()
  for (let n = 0; n < 6; n += 1) await signIn(email, password)
  assert.equal((await me(access, '/api/v1/auth/sessions/')).body.length, 7)
})
