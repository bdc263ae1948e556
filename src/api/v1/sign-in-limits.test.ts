/** Who tries to get in at the same moment, on several surfaces, or with a password of long ago: through HTTP. */
import assert from 'node:assert/strict'
import { pbkdf2Sync } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { emailName, signIn as signInOn } from '#commerce/identity'
import { openDatabase } from '#platform/database'
import type { Refusal } from '#platform/refusal.ts'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'
import { buildServer } from '../index.ts'

const MINUTE_MS = 60_000

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())
beforeEach(() => server.shop.pass(16 * MINUTE_MS))

const signIn = (email: string, password: string, ip = '203.0.113.1') =>
  server.call('POST', '/api/v1/auth/login/', { body: { email, password }, headers: { 'x-forwarded-for': ip } })
const statusesOf = (called: Called[]) => called.map(({ status }) => status)

/** Through another surface; the code of its refusal, or nothing. */
const onNexus = (email: string, password: string): Promise<string | undefined> =>
  signInOn(
    server.shop,
    { name: emailName(email), password },
    { surface: 'nexus', device: { ip: '192.0.2.1', userAgent: '' } },
  ).then(
    () => undefined,
    (refusal: Refusal) => refusal.code,
  )

const WRONG = { non_field_errors: ['Invalid email or password.'] }
const LIMITED = { detail: 'Too many failed login attempts. Please try again later.' }

async function reasonsOf({ accountId }: SignedUp) {
  const { rows } = await sql<{ reason: string; count: number }>`
    select failure_reason as reason, count(*)::int from identity.security_attempts
    where account_id = ${accountId} and attempt_type = 'login' group by 1 order by 1`.execute(server.shop.db)
  return Object.fromEntries(rows.map(({ reason, count }) => [reason, count]))
}

test('V1-076 V1-079 ASVS 6.3.1 of fifty wrong sign-ins of one user at once, from as many addresses, exactly three are let through', async () => {
  const user = await signedUp(server)
  const called = await Promise.all(Array.from({ length: 50 }, (_, n) => signIn(user.email, 'x', `198.51.100.${n}`)))
  const wrong = called.filter(({ status }) => status === 400)
  assert.equal(wrong.length, 3)
  for (const { body } of wrong) assert.deepEqual(body, WRONG)
  for (const { status, body, headers } of called.filter((each) => each.status !== 400)) {
    assert.deepEqual([status, body], [429, LIMITED])
    assert.ok(Number(headers['retry-after']) > 880)
  }
  assert.deepEqual(await reasonsOf(user), { invalid_credentials: 3, rate_limited: 47 })
})

test('V1-075 V1-076 of fifty wrong ones at once from one address, of one user, three are let through', async () => {
  const { email } = await signedUp(server)
  const called = await Promise.all(Array.from({ length: 50 }, () => signIn(email, 'x', '198.51.100.60')))
  assert.equal(statusesOf(called).filter((status) => status === 400).length, 3)
  assert.equal((await signIn('nobody@example.com', 'x', '198.51.100.60')).status, 400, 'refused ones count nowhere')
})

test('V1-025 V1-076 failures on another surface count: two on nexus and one here, and v1 refuses', async () => {
  const user = await signedUp(server)
  for (let n = 0; n < 2; n += 1) assert.equal(await onNexus(user.email, 'x'), 'wrong_credentials')
  assert.equal((await signIn(user.email, 'x')).status, 400)
  const called = await signIn(user.email, user.password)
  assert.deepEqual([called.status, called.body], [429, LIMITED])
  assert.equal(await onNexus(user.email, user.password), undefined, 'its own limit is not reached there')
  assert.equal((await signIn(user.email, user.password)).status, 200, 'and a success clears it for all')
})

test('V1-025 V1-079 NX-050 five failures on nexus lock the account here too, as long as the lock lasts', async () => {
  const user = await signedUp(server)
  for (let n = 0; n < 5; n += 1) assert.equal(await onNexus(user.email, 'x'), 'wrong_credentials')
  server.shop.pass(5 * MINUTE_MS)
  const called = await signIn(user.email, user.password, '203.0.113.9')
  assert.deepEqual([called.status, called.body], [429, LIMITED])
  const retryAfterS = Number(called.headers['retry-after'])
  assert.ok(retryAfterS > 590 && retryAfterS <= 600, String(retryAfterS))
  assert.deepEqual(await reasonsOf(user), { invalid_credentials: 5, account_locked: 1 })
  server.shop.pass(10 * MINUTE_MS)
  assert.equal((await signIn(user.email, user.password)).status, 200)
})

test('V1-079 an account that is not active is the reason, whether it is unproven or switched off', async () => {
  const user = await signedUp(server)
  const text = { non_field_errors: ['User account is not active. Please verify your email.'] }
  for (const disabledAt of [null, server.shop.now()]) {
    await sql`update identity.accounts set is_active = false, disabled_at = ${disabledAt} where id = ${user.accountId}`.execute(
      server.shop.db,
    )
    const called = await signIn(user.email, user.password)
    assert.deepEqual([called.status, called.body], [400, text])
  }
  assert.deepEqual(await reasonsOf(user), { inactive_account: 2 })
})

test('V1-070 a hash that Django made lets its owner in, and is replaced by one of ours', async () => {
  const user = await signedUp(server)
  const salted = pbkdf2Sync(user.password, 'seasalt', 2000, 32, 'sha256').toString('base64')
  const django = `pbkdf2_sha256$2000$seasalt$${salted}`
  const setHash = (hash: string) =>
    sql`update identity.accounts set password_hash = ${hash} where id = ${user.accountId}`.execute(server.shop.db)
  const hashOf = async () => {
    const { rows } = await sql<{ passwordHash: string }>`
      select password_hash from identity.accounts where id = ${user.accountId}`.execute(server.shop.db)
    return rows[0]!.passwordHash
  }
  await setHash(django)
  assert.equal((await signIn(user.email, 'WrongPass1!')).status, 400)
  assert.equal(await hashOf(), django)
  assert.equal((await signIn(user.email, user.password)).status, 200)
  const upgraded = await hashOf()
  assert.match(upgraded, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal((await signIn(user.email, user.password)).status, 200)
  assert.equal(await hashOf(), upgraded, 'once is enough')
  await setHash(django)
  const called = await Promise.all(Array.from({ length: 5 }, () => signIn(user.email, user.password)))
  assert.ok(statusesOf(called).includes(200))
  assert.match(await hashOf(), /^\$argon2id/)
  assert.equal((await signIn(user.email, user.password)).status, 200)
})

/** Signs in while somebody else changes the account, and has not committed it when the password is looked at. */
async function signInDuring(user: SignedUp, change: string): Promise<Called> {
  const { db } = server.shop
  let answer: Promise<Called> | undefined
  await db.transaction().execute(async (tx) => {
    await sql`${sql.raw(change)} where id = ${user.accountId}`.execute(tx)
    answer = signIn(user.email, user.password)
    for (let n = 0; n < 200; n += 1) {
      const { rows } = await sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(tx)
      if (rows.length > 0) return
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    assert.fail('the sign-in does not wait for the account')
  })
  return answer!
}

test('V1-026 V1-072 who comes with the old password while it is changed is not let in', async () => {
  const user = await signedUp(server)
  const called = await signInDuring(user, "update identity.accounts set password_hash = 'another'")
  assert.deepEqual([called.status, called.body], [400, WRONG])
  const { rows } = await sql`select from identity.sessions where account_id = ${user.accountId}`.execute(server.shop.db)
  assert.equal(rows.length, 1, 'no session but that of the beginning')
})

test('V1-152 V1-072 who signs in while the account is switched off is not let in', async () => {
  const user = await signedUp(server)
  const called = await signInDuring(user, 'update identity.accounts set is_active = false, disabled_at = now()')
  assert.equal(called.status, 400)
  const { rows } = await sql`select from identity.sessions where account_id = ${user.accountId}`.execute(server.shop.db)
  assert.equal(rows.length, 1)
})

test('V1-166 the limits are settings', async () => {
  const other = await openTestServer({ LOGIN_IP_MAX_ATTEMPTS: '2', LOGIN_USER_MAX_ATTEMPTS: '1' })
  try {
    const user = await signedUp(other)
    const call = (email: string) => other.call('POST', '/api/v1/auth/login/', { body: { email, password: 'x' } })
    assert.deepEqual(statusesOf([await call(user.email), await call(user.email)]), [400, 429])
    assert.deepEqual(statusesOf([await call('nobody@example.com'), await call('nobody@example.com')]), [400, 429])
  } finally {
    await other.close()
  }
})

test('V1-170 V1-076 the limits hold across processes: of fifty at once, half of them elsewhere, three are let through', async () => {
  const user = await signedUp(server)
  // Another process knows of this one by the database alone.
  const db = openDatabase({ url: server.shop.databaseUrl })
  const elsewhere = await buildServer({ ...server.shop, db })
  const there = (ip: string) =>
    elsewhere.inject({
      method: 'POST',
      url: '/api/v1/auth/login/',
      headers: { 'x-forwarded-for': ip },
      payload: { email: user.email, password: 'x' },
    })
  try {
    const tries = Array.from({ length: 25 }, (_, n) => [
      signIn(user.email, 'x', `198.51.100.${n}`),
      there(`192.0.2.${n}`),
    ])
    const answers = await Promise.all(tries.flat())
    const statuses = answers.map((answer) => ('statusCode' in answer ? answer.statusCode : answer.status))
    assert.equal(statuses.filter((status) => status === 400).length, 3)
    assert.equal(statuses.filter((status) => status === 429).length, 47)
  } finally {
    await elsewhere.close()
    await db.destroy()
  }
})
