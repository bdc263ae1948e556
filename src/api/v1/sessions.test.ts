/** What a token is worth, and the sessions of a user, through HTTP. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { decodeJwt, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

const MINUTE_MS = 60_000
const LIST = '/api/v1/auth/sessions/'

let server: TestServer
before(async () => {
  // Long enough for other algorithms too.
  server = await openTestServer({ SECRET_KEY: 'a key of tests that signs nothing of value '.repeat(2).trim() })
})
after(() => server.close())

const list = (token: string) => server.call('GET', LIST, { token })
const end = (token: string, id: string) => server.call('POST', `${LIST}${id}/deactivate/`, { token })
const signIn = async ({ email, password }: { email: string; password: string }) => {
  server.shop.pass(1000)
  return (await server.call('POST', '/api/v1/auth/login/', { body: { email, password } })).body.access as string
}

const NOT_VALID = { detail: 'Given token not valid for any token type', code: 'token_not_valid' }
const TERMINATED = { detail: 'Session has been terminated' }
function assertAnswer(called: Called, status: number, body: object) {
  assert.deepEqual([called.status, called.body], [status, body])
}

test('V1-023 V1-009 ASVS 9.1.1 9.1.2 foreign, unsigned, expired and refresh tokens are refused', async () => {
  const { access, refresh } = await signedUp(server)
  const claims = decodeJwt(access)
  const otherKey = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .sign(Buffer.from('another key of another shop, long'))
  const otherAlgorithm = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS512' })
    .sign(Buffer.from(server.shop.config.SECRET_KEY))
  for (const token of [
    otherKey,
    otherAlgorithm,
    new UnsecuredJWT(claims).encode(),
    refresh,
    'nonsense',
    `${access}x`,
    '',
  ]) {
    const called = await server.call('GET', LIST, { headers: { authorization: `Bearer ${token}` } })
    assertAnswer(called, 401, NOT_VALID)
    assert.equal(called.headers['www-authenticate'], 'Bearer realm="api"')
  }
  assertAnswer(await server.call('GET', LIST), 401, { detail: 'Authentication credentials were not provided.' })
  server.shop.pass(15 * MINUTE_MS)
  assertAnswer(await list(access), 401, NOT_VALID)
})

test('V1-023 a token without its claims, or with odd ones, is refused though we signed it', async () => {
  const { access } = await signedUp(server)
  const claims = decodeJwt(access)
  const odd = [
    { sid: 'x' },
    { sid: undefined },
    { sub: '1e3' },
    { sub: '-1' },
    { sub: '99999999999999999999' },
    { token_type: 1 },
    { jti: undefined },
  ]
  for (const change of odd) {
    const token = await new SignJWT({ ...claims, ...change } as JWTPayload)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from(server.shop.config.SECRET_KEY))
    assertAnswer(await list(token), 401, NOT_VALID)
  }
})

test('V1-101 an ended session is 401; V1-102 a session whose row is gone is told otherwise', async () => {
  const user = await signedUp(server)
  const second = await signIn(user)
  await sql`delete from identity.sessions where id = ${String(decodeJwt(user.access).sid)}`.execute(server.shop.db)
  assertAnswer(await list(user.access), 401, TERMINATED)
  await sql`delete from identity.sessions where account_id = ${user.accountId}`.execute(server.shop.db)
  assertAnswer(await list(second), 401, { detail: 'No active sessions found' })
  await sql`delete from identity.accounts where id = ${user.accountId}`.execute(server.shop.db)
  assertAnswer(await list(second), 401, { detail: 'No active sessions found' })
})

test('V1-101 the sessions of a deactivated account stop', async () => {
  const { access, refresh, accountId } = await signedUp(server)
  await sql`update identity.accounts set is_active = false where id = ${accountId}`.execute(server.shop.db)
  assertAnswer(await list(access), 401, TERMINATED)
  assert.equal((await server.call('POST', '/api/v1/auth/refresh/', { body: { refresh } })).status, 401)
})

test('V1-105 ASVS 7.5.2 the list is a bare array, newest first, with one current session, one statement beyond the sign-in check', async () => {
  const user = await signedUp(server, { userAgent: 'curl/8.9.1', ip: '192.0.2.7' })
  await signedUp(server)
  const second = await signIn(user)
  const called = await list(user.access)
  assert.equal(called.status, 200)
  assert.equal(called.statements, 2)
  assert.deepEqual(
    called.body.map((session: { is_current: boolean }) => session.is_current),
    [false, true],
  )
  const { id, created_at, last_activity, ...rest } = called.body[1]
  assert.deepEqual(rest, { device_info: 'curl 8.9.1', ip_address: '192.0.2.7', is_current: true })
  assert.equal(id, decodeJwt(user.access).sid)
  assert.ok(created_at.endsWith('Z') && last_activity.endsWith('Z'))
  assert.equal((await list(second)).body[0].is_current, true)
})

test('V1-106 V1-107 ASVS 7.5.2 a session is ended at once; what is not an active one of mine is not found', async () => {
  const user = await signedUp(server)
  const second = await signIn(user)
  const other = await signedUp(server)
  const secondId = String(decodeJwt(second).sid)
  const called = await end(user.access, secondId)
  assertAnswer(called, 200, { message: 'Session deactivated successfully.' })
  assert.ok(called.statements <= 4)
  assertAnswer(await list(second), 401, TERMINATED)
  for (const id of [secondId, String(decodeJwt(other.access).sid), randomUUID(), 'nonsense', '7']) {
    assertAnswer(await end(user.access, id), 404, { detail: 'Session not found.' })
  }
  assert.equal((await end(user.access, String(decodeJwt(user.access).sid))).status, 200, 'the current one may be ended')
  assert.equal((await list(user.access)).status, 401)
  assert.equal((await list(other.access)).status, 200)
})

test('V1-108 ASVS 7.4.3 7.5.2 all others are ended, the current one stays', async () => {
  const user = await signedUp(server)
  const others = [await signIn(user), await signIn(user)]
  const called = await server.call('POST', `${LIST}deactivate-all/`, { token: user.access })
  assertAnswer(called, 200, { message: '2 sessions deactivated.', deactivated_count: 2 })
  for (const token of others) assert.equal((await list(token)).status, 401)
  assert.equal((await list(user.access)).body.length, 1)
})

test('V1-109 V1-165 the statistics tell the numbers and the rules', async () => {
  const user = await signedUp(server)
  await end(user.access, String(decodeJwt(await signIn(user)).sid))
  const called = await server.call('GET', `${LIST}stats/`, { token: user.access })
  assertAnswer(called, 200, {
    active_sessions: 1,
    total_sessions: 2,
    max_allowed: 5,
    expire_days: 30,
    security_settings: {
      auto_cleanup_sessions: true,
      log_session_activities: true,
      force_logout_on_suspicious_activity: true,
    },
  })
  assert.equal(called.statements, 2)
})

test('V1-110 use is written down at most once a minute', async () => {
  const { access } = await signedUp(server)
  const [first] = (await list(access)).body
  server.shop.pass(59_000)
  assert.equal((await list(access)).body[0].last_activity, first.last_activity)
  server.shop.pass(1500)
  const called = await list(access)
  assert.equal(called.statements, 2, 'that it was used is noted with the look at the session')
  assert.ok(Date.parse(called.body[0].last_activity) - Date.parse(first.last_activity) >= 60_000)
  assert.equal((await list(access)).statements, 2)
})

test('V1-111 ASVS 7.3.1 a session ends 30 days after it was last used, and is inactive at once', async () => {
  const user = await signedUp(server)
  await sql`update identity.sessions set last_activity_at = last_activity_at - interval '30 days'
    where account_id = ${user.accountId}`.execute(server.shop.db)
  const fresh = await signIn(user)
  assert.equal((await list(fresh)).body.length, 1, 'an idle session is not listed')
  assertAnswer(await list(user.access), 401, TERMINATED)
  assertAnswer(await server.call('POST', '/api/v1/auth/refresh/', { body: { refresh: user.refresh } }), 401, {
    ...TERMINATED,
    code: 'session_terminated',
  })
  const { rows } = await sql`select end_reason from identity.sessions
    where account_id = ${user.accountId} and ended_at is not null`.execute(server.shop.db)
  assert.deepEqual(rows, [{ endReason: 'expired' }])
})
