/** What staff sees of the shop's security, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

const SECURITY = '/api/v1/admin/security/'
const DAY_MS = 86_400_000

let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
  staff = await staffMember(server, { isSuperuser: true })
})
after(() => server.close())

/** Staff whose token is of now: the clock moves on in these tests. */
async function fresh(): Promise<string> {
  return (await staffMember(server)).access
}
const get = async (path: string, token?: string) =>
  server.call('GET', `${SECURITY}${path}`, { token: token ?? (await fresh()) })
const terminate = (id: string, token: string) => server.call('POST', `${SECURITY}sessions/${id}/terminate/`, { token })
const signIn = (email: string, password: string, ip: string, userAgent = 'test') =>
  server.call('POST', '/api/v1/auth/login/', {
    body: { email, password },
    headers: { 'x-forwarded-for': ip, 'user-agent': userAgent },
  })
const statusOfMe = async (token: string) => (await server.call('GET', '/api/v1/users/me/', { token })).status

function assertAnswer(called: Called, status: number, body: object) {
  assert.deepEqual([called.status, called.body], [status, body])
}
type Attempt = { id: number; attempt_type: string; email: string; success: boolean; timestamp: string }
const attemptsOf = ({ body }: Called): Attempt[] => body.results

test('V1-173 nobody but staff', async () => {
  const { access, accountId } = await signedUp(server)
  const { rows } = await sql<{ id: string }>`select id from identity.sessions where account_id = ${accountId}`.execute(
    server.shop.db,
  )
  const paths = ['summary/', 'attempts/', 'sessions/', `sessions/${rows[0]!.id}/terminate/`]
  for (const path of paths) {
    const method = path.endsWith('terminate/') ? 'POST' : 'GET'
    assert.equal((await server.call(method, `${SECURITY}${path}`)).status, 401)
    assertAnswer(await server.call(method, `${SECURITY}${path}`, { token: access }), 403, {
      detail: 'You do not have permission to perform this action.',
    })
  }
  assert.equal(await statusOfMe(access), 200)
})

test('V1-173 V1-172 the summary counts attempts of a day and a week, and what is open now', async () => {
  const before = (await get('summary/')).body
  const user = await signedUp(server)
  await signIn(user.email, 'WrongPass1!', '192.0.2.10')
  await signIn(user.email, user.password, '192.0.2.10')
  await server.call('POST', '/api/v1/auth/password-reset/', { body: { email: user.email } })
  for (let n = 0; n < 3; n += 1) await signIn('nobody@example.com', 'WrongPass1!', '192.0.2.11')
  await server.shop.runJobs()
  const { body, statements } = await get('summary/')
  assert.equal(statements, 3)
  const counted = (type: string, summary = body) =>
    summary.attempts.find((each: { attempt_type: string }) => each.attempt_type === type)
  const login = counted('login')
  const earlier = counted('login', before)
  for (const stretch of ['last_24_hours', 'last_7_days']) {
    assert.equal(login[stretch].failed - earlier[stretch].failed, 4)
    assert.equal(login[stretch].succeeded - earlier[stretch].succeeded, 1)
  }
  assert.equal(counted('password_reset').last_24_hours.succeeded, 1)
  assert.equal(body.attempts.length, 9)
  // Of the user two; that of the staff member who looks is new as well.
  assert.equal(body.active_sessions - before.active_sessions, 3)
  assert.deepEqual(body.tokens, { issued: 1, used: 0, expired: 0, open: 1 })
  assert.deepEqual(
    [body.locked_accounts, body.open_claims, body.suspicious_sign_ins],
    [0, 0, { last_24_hours: 0, last_7_days: 0 }],
  )
  server.shop.pass(DAY_MS)
  const later = (await get('summary/')).body
  assert.deepEqual(counted('login', later).last_24_hours, { succeeded: 0, failed: 0 })
  assert.deepEqual(counted('login', later).last_7_days, login.last_7_days)
  assert.deepEqual(later.tokens, { issued: 0, used: 0, expired: 1, open: 0 })
})

test('V1-173 NX-050 locked accounts, open claims and suspicious sign-ins are counted', async () => {
  const user = await signedUp(server)
  const { db } = server.shop
  await sql`insert into platform.limits (key, hits, allowed, expires_at, blocked_until) values
    (${`sign-in:account:${user.accountId}`}, '{}', false, ${new Date(server.shop.now().getTime() + DAY_MS)},
      ${new Date(server.shop.now().getTime() + DAY_MS)}),
    ('sign-in:name:email:nobody@example.com', '{}', false, ${new Date(server.shop.now().getTime() + DAY_MS)},
      ${new Date(server.shop.now().getTime() + DAY_MS)})`.execute(db)
  assert.equal((await signIn(user.email, user.password, '192.0.2.20')).status, 429)
  for (const ip of ['192.0.2.21', '192.0.2.22', '192.0.2.23', '192.0.2.24']) {
    await sql`insert into identity.sessions (account_id, surface, refresh_jti, access_jti, ip_address, created_at, last_activity_at)
      values (${staff.accountId}, 'v1', 'r', 'a', ${ip}, ${server.shop.now()}, ${server.shop.now()})`.execute(db)
  }
  assert.equal((await signIn(staff.email, staff.password, '192.0.2.25')).status, 200)
  await sql`insert into identity.security_claims (account_id, attempt_id, claim_type, severity, description, created_at, resolved_at)
    values (${user.accountId}, 1, 'account_lockout', 'high', 'x', now(), null),
      (${user.accountId}, 2, 'account_lockout', 'high', 'x', now(), now())`.execute(db)
  const { body } = await get('summary/')
  assert.deepEqual(
    [body.locked_accounts, body.open_claims, body.suspicious_sign_ins],
    [1, 1, { last_24_hours: 1, last_7_days: 1 }],
  )
})

test('V1-173 the attempts are a page, newest first, of exactly these fields', async () => {
  const user = await signedUp(server)
  await signIn(user.email.toUpperCase(), 'WrongPass1!', '192.0.2.30', 'curl/8.9.1')
  const called = await get('attempts/?page_size=1')
  assert.equal(called.statements, 3)
  const { id, timestamp, ...rest } = attemptsOf(called)[0]!
  assert.ok(Number.isInteger(id) && timestamp.endsWith('Z'))
  assert.deepEqual(rest, {
    attempt_type: 'login',
    success: false,
    failure_reason: 'invalid_credentials',
    email: user.email,
    ip_address: '192.0.2.30',
    user_agent: 'curl/8.9.1',
  })
  const { body } = await get('attempts/')
  const times = body.results.map((attempt: Attempt) => Date.parse(attempt.timestamp))
  assert.deepEqual(
    times,
    times.toSorted((one: number, other: number) => other - one),
  )
  assert.ok(body.count > 1)
  assert.equal((await get('attempts/?page=999999999')).status, 404)
})

test('V1-173 V1-008 attempts are filtered by type, outcome, address, e-mail and days, all of them at once', async () => {
  server.shop.pass(10 * DAY_MS)
  const user = await signedUp(server)
  const day = server.shop.now().toISOString().slice(0, 10)
  await signIn(user.email, 'WrongPass1!', '192.0.2.40')
  const { body } = await signIn(user.email, user.password, '192.0.2.41')
  await server.call('POST', '/api/v1/auth/refresh/', { body: { refresh: body.refresh } })
  const kinds = async (query: string) =>
    attemptsOf(await get(`attempts/?${query}`)).map(({ attempt_type, success }) => `${attempt_type} ${success}`)
  const mine = `email=${user.email.toUpperCase()}`
  assert.deepEqual(await kinds(mine), ['token_refresh true', 'login true', 'login false'], 'by account as well')
  assert.deepEqual(await kinds(`${mine}&attempt_type=login`), ['login true', 'login false'])
  assert.deepEqual(await kinds(`${mine}&success=false`), ['login false'])
  assert.deepEqual(await kinds('ip_address=192.0.2.40'), ['login false'])
  assert.deepEqual(
    await kinds(`${mine}&ip_address=192.0.2.41&success=true&attempt_type=login&start_date=${day}&end_date=${day}`),
    ['login true'],
  )
  assert.equal((await kinds(`start_date=${day}&end_date=${day}`)).length, 3, 'days are inclusive')
  const dayBefore = new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10)
  assert.deepEqual(await kinds(`${mine}&end_date=${dayBefore}`), [])
  assert.deepEqual(await kinds('email=nobody-at-all@example.com&color=red'), [])
})

test('V1-173 V1-008 V1-012 a filter of the wrong type is told by its name', async () => {
  assertAnswer(await get('attempts/?attempt_type=x&success=perhaps'), 400, {
    attempt_type: ['"x" is not a valid choice.'],
    success: ['Must be a valid boolean.'],
  })
  const badDay = ['Date has wrong format. Use YYYY-MM-DD.']
  assertAnswer(await get('attempts/?start_date=yesterday'), 400, { start_date: badDay })
  assertAnswer(await get('attempts/?end_date=2026-02-30'), 400, { end_date: badDay })
  for (const odd of ['ip_address=%00', 'email=%00', `email=${'x'.repeat(5000)}`, 'ip_address=%27;--'])
    assert.ok([200, 400].includes((await get(`attempts/?${odd}`)).status), odd)
})

test('V1-173 the sessions of everybody that are active, those in use first, with their users', async () => {
  server.shop.pass(100 * DAY_MS)
  const user = await signedUp(server, { surface: 'nexus', ip: '192.0.2.50', userAgent: 'curl/8.9.1' })
  const closed = await signedUp(server)
  await server.call('POST', '/api/v1/auth/logout/', { token: closed.access })
  server.shop.pass(1000)
  const called = await get('sessions/')
  assert.equal(called.statements, 3)
  assert.equal(called.body.count, 2, 'older ones have run out')
  const { id, created_at, last_activity, ...rest } = called.body.results[1]
  assert.ok(id && created_at.endsWith('Z') && last_activity.endsWith('Z'))
  assert.deepEqual(rest, {
    user: { id: user.accountId, email: user.email },
    surface: 'nexus',
    device_info: 'curl 8.9.1',
    ip_address: '192.0.2.50',
  })
  assert.equal((await get('sessions/?page=9')).status, 404)
})

test('V1-173 V1-101 ASVS 7.4.5 a session of anybody is terminated at once; one that is none, or has ended, is not found', async () => {
  const user = await signedUp(server)
  const token = await fresh()
  const { body } = await get('sessions/', token)
  const { id } = body.results.find((each: { user: { id: number } }) => each.user.id === user.accountId)
  assertAnswer(await terminate(id, token), 200, { message: 'Session terminated successfully.' })
  assert.equal(await statusOfMe(user.access), 401)
  for (const none of [id, 'nonsense', '00000000-0000-4000-8000-000000000000'])
    assertAnswer(await terminate(none, token), 404, { detail: 'Session not found.' })
  const { rows } = await sql`select end_reason from identity.sessions where id = ${id}`.execute(server.shop.db)
  assert.deepEqual(rows, [{ endReason: 'ended_by_staff' }])
})

test('V1-173 V1-152 the sessions of a superuser are terminated by superusers alone', async () => {
  const root = await staffMember(server, { isSuperuser: true })
  const { rows } = await sql<{
    id: string
  }>`select id from identity.sessions where account_id = ${root.accountId}`.execute(server.shop.db)
  assert.equal((await terminate(rows[0]!.id, await fresh())).status, 403)
  assert.equal(await statusOfMe(root.access), 200)
  assert.equal((await terminate(rows[0]!.id, root.access)).status, 200)
  assert.equal(await statusOfMe(root.access), 401)
})
