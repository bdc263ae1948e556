/** Refresh and sign-out through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import { type Called, type CallOptions, openTestServer, type TestServer } from '../../../test/server.ts'

const MINUTE_MS = 60_000

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const refresh = (token: unknown) => server.call('POST', '/api/v1/auth/refresh/', { body: { refresh: token } })
const signOut = (options: CallOptions) => server.call('POST', '/api/v1/auth/logout/', options)
const sessionsOf = (token: string) => server.call('GET', '/api/v1/auth/sessions/', { token })

const NOT_VALID = { detail: 'Token is invalid or expired', code: 'token_not_valid' }
const TERMINATED = { detail: 'Session has been terminated', code: 'session_terminated' }

function assertAnswer(called: Called, status: number, body: object) {
  assert.deepEqual([called.status, called.body], [status, body])
}
const statusesOf = (called: Called[]) => called.map(({ status }) => status)

test('V1-095 V1-097 V1-100 a refresh gives a new pair; the older access token stays good, the older refresh token does not', async () => {
  const { access, refresh: first } = await signedUp(server)
  const called = await refresh(first)
  assert.equal(called.status, 200)
  assert.ok(called.statements <= 6, `${called.statements} statements`)
  assert.deepEqual(Object.keys(called.body), ['access', 'refresh'])
  assert.notEqual(called.body.refresh, first)
  for (const token of [access, called.body.access]) assert.equal((await sessionsOf(token)).status, 200)
  assert.equal((await refresh(called.body.refresh)).status, 200)
})

test('V1-096 V1-098 what cannot be exchanged', async () => {
  const { access, refresh: token } = await signedUp(server)
  for (const bad of ['nonsense', access, `${token}x`]) assertAnswer(await refresh(bad), 401, NOT_VALID)
  assertAnswer(await server.call('POST', '/api/v1/auth/refresh/', { body: {} }), 400, {
    refresh: ['This field is required.'],
  })
  await signOut({ token: access, body: { refresh: token } })
  assertAnswer(await refresh(token), 401, TERMINATED)
  const late = await signedUp(server)
  server.shop.pass(7 * 24 * 60 * MINUTE_MS)
  assertAnswer(await refresh(late.refresh), 401, NOT_VALID)
})

test('V1-099 a refresh token used again ends its session, and is logged', async () => {
  const { access, refresh: first, accountId } = await signedUp(server)
  const { body: newest } = await refresh(first)
  assertAnswer(await refresh(first), 401, NOT_VALID)
  assertAnswer(await refresh(newest.refresh), 401, TERMINATED)
  for (const token of [access, newest.access])
    assertAnswer(await sessionsOf(token), 401, { detail: 'Session has been terminated' })
  const { rows } = await sql`select attempt_type, failure_reason from identity.security_attempts
    where account_id = ${accountId} order by id`.execute(server.shop.db)
  assert.deepEqual(rows, [
    { attemptType: 'token_refresh', failureReason: null },
    { attemptType: 'refresh_reuse', failureReason: 'token_reused' },
    { attemptType: 'token_refresh', failureReason: 'session_terminated' },
  ])
})

test('V1-099 of ten refreshes with one token at once exactly one succeeds', async () => {
  const { refresh: token } = await signedUp(server)
  const called = await Promise.all(Array.from({ length: 10 }, () => refresh(token)))
  assert.deepEqual(statusesOf(called).sort(), [200, ...Array(9).fill(401)])
})

test('V1-090 V1-091 ASVS 7.4.1 sign-out ends the session: access and refresh token are 401 afterwards', async () => {
  const { access, refresh: token } = await signedUp(server)
  const called = await signOut({ token: access, body: { refresh: token } })
  assertAnswer(called, 200, { message: 'Logged out successfully.' })
  assert.ok(called.statements <= 6, `${called.statements} statements`)
  assert.equal((await sessionsOf(access)).status, 401)
  assert.equal((await refresh(token)).status, 401)
})

test('V1-092 a good access token is enough, whatever is sent as refresh token; that of somebody else is left alone', async () => {
  const other = await signedUp(server)
  for (const body of [
    undefined,
    {},
    { refresh: 'nonsense' },
    { refresh: 5 },
    { refresh: null },
    { refresh: other.refresh },
    [],
  ]) {
    const { access } = await signedUp(server)
    assert.equal((await signOut({ token: access, body })).status, 200, JSON.stringify(body))
    assert.equal((await sessionsOf(access)).status, 401)
  }
  assert.equal((await sessionsOf(other.access)).status, 200)
})

test('V1-092 a good refresh token is enough; with neither it is 401', async () => {
  const { access, refresh: token } = await signedUp(server)
  server.shop.pass(16 * MINUTE_MS)
  assert.equal((await signOut({ token: access, body: { refresh: token } })).status, 200)
  assertAnswer(await refresh(token), 401, TERMINATED)
  const neither = await signOut({ token: access, body: { refresh: token } })
  assertAnswer(neither, 401, { detail: 'Given token not valid for any token type', code: 'token_not_valid' })
  assertAnswer(await signOut({}), 401, { detail: 'Authentication credentials were not provided.' })
  const rotated = await signedUp(server)
  const { body } = await refresh(rotated.refresh)
  assert.equal(
    (await signOut({ body: { refresh: rotated.refresh } })).status,
    401,
    'an exchanged token signs nobody out',
  )
  assert.equal((await signOut({ body: { refresh: body.refresh } })).status, 200)
})
