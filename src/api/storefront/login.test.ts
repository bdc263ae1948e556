import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { inTransaction } from '#platform/database'
import { signedUp } from '../../../test/accounts.ts'
import { codeOf, guarded, wrongCode } from '../../../test/second-factors.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertAnswer, logIn, registered, registration, verified } from '../../../test/storefront.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const WRONG = { error: 'Invalid credentials' }

test('SF-070 SF-071 SF-072 a username, an e-mail and a phone let in, in any letter case', async () => {
  const { username, email, phone_number, password } = await verified(server)
  for (const login of [username, username.toUpperCase(), email, email.toUpperCase(), phone_number]) {
    const { status, body } = await logIn(server, login, password)
    assert.deepEqual([status, Object.keys(body).sort()], [200, ['access', 'refresh']], login)
    assert.equal((await server.call('GET', '/api/users/user-profile/', { token: body.access })).body.email, email)
  }
})

test('V1-021 V1-022 who registered on another surface is let in by e-mail, not by a phone that is merely noted there', async () => {
  const { email, password } = await signedUp(server, { phone: '+919812300001' })
  assert.equal((await logIn(server, email, password)).status, 200)
  assertAnswer(await logIn(server, '+919812300001', password), 400, WRONG)
})

test('SF-073 SF-074 who is not verified is refused, with tokens to be verified by', async () => {
  const { username, email, password } = await registered(server)
  const { status, body } = await logIn(server, username, password)
  assert.equal(status, 403)
  const { verification_token, refresh_token, encrypted_verification_token, ...rest } = body
  assert.deepEqual(rest, {
    error: `Please verify your email at ${email} before logging in.`,
    isUserEmailVerified: false,
    stored_email_address: email,
    action_required: 'check_email_for_verification',
  })
  for (const token of [verification_token, refresh_token, encrypted_verification_token])
    assert.ok(typeof token === 'string' && token.length > 50)
})

test('SF-074 as long as no mail has left there is no encrypted token', async () => {
  const body = registration()
  await server.call('POST', '/api/users/register/', { body })
  const before = await logIn(server, body.email, body.password)
  assert.deepEqual([before.status, 'encrypted_verification_token' in before.body], [403, false])
  await server.shop.runJobs()
  assert.ok('encrypted_verification_token' in (await logIn(server, body.email, body.password)).body)
})

test('SF-075 SF-076 wrong, unknown, missing and odd are all the same 400', async () => {
  const { username, password } = await verified(server)
  const fresh = await registered(server)
  assertAnswer(await logIn(server, username, 'wrong'), 400, WRONG)
  assertAnswer(await logIn(server, 'nobody-at-all', password), 400, WRONG)
  assertAnswer(await logIn(server, fresh.email, 'wrong'), 400, WRONG)
  for (const [login, secret] of [
    [username, undefined],
    [undefined, password],
    [7, password],
    [username, {}],
    ['', ''],
  ])
    assertAnswer(await logIn(server, login, secret), 400, WRONG)
})

test('V1-026 SF-037 who comes with the old password while it is replaced gets no tokens, not even to be verified by', async () => {
  const { username, email, password } = await registered(server)
  const { db } = server.shop
  const isReplaced = Promise.withResolvers<void>()
  const mayCommit = Promise.withResolvers<void>()
  const resetting = inTransaction(db, async (tx) => {
    await sql`update identity.accounts set password_hash = 'of another password' where email = ${email}`.execute(tx)
    isReplaced.resolve()
    await mayCommit.promise
  })
  await isReplaced.promise
  const coming = logIn(server, username, password)
  const waiting = () =>
    sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
  while ((await waiting()).rows.length === 0) await setTimeout(5)
  mayCommit.resolve()
  await resetting
  assertAnswer(await coming, 400, WRONG)
})

test('SF-077 an account that was switched off is told so to who knows the password', async () => {
  const { username, password } = await verified(server)
  await sql`update identity.accounts set disabled_at = now(), is_active = false where username = ${username}`.execute(
    server.shop.db,
  )
  assertAnswer(await logIn(server, username, password), 403, {
    error: 'User account is inactive. Please contact support.',
  })
  assertAnswer(await logIn(server, username, 'wrong'), 400, WRONG)
})

test('SF-069 V1-025 ASVS 6.3.1 five failures lock the account, also for the right password and on /api/token/', async () => {
  const { username, password } = await verified(server)
  for (let n = 0; n < 5; n += 1) assertAnswer(await logIn(server, username, 'wrong'), 400, WRONG)
  const token = await server.call('POST', '/api/token/', { body: { username, password } })
  for (const locked of [await logIn(server, username, password), token]) {
    assert.equal(locked.status, 429)
    assert.deepEqual([typeof locked.body.error, typeof locked.body.detail], ['string', 'string'])
    assert.ok(Number(locked.headers['retry-after']) > 800)
  }
  server.shop.pass(15 * 60_000 + 1000)
  assert.equal((await logIn(server, username, password)).status, 200)
})

test('SF-078 a login leaves one LOGIN in the trail, with address and user agent; a refused one none', async () => {
  const { username, password, email } = await verified(server)
  await logIn(server, username, 'wrong')
  await logIn(server, username, password, { 'user-agent': 'Firefox of tests' })
  await server.shop.runJobs()
  const { rows } = await sql`select activity_type, surface, ip_address, user_agent from analytics.user_activities
    where account_id = (select id from identity.accounts where email = ${email})`.execute(server.shop.db)
  assert.deepEqual(rows, [
    { activityType: 'LOGIN', surface: 'storefront', ipAddress: '127.0.0.1', userAgent: 'Firefox of tests' },
  ])
})

test('MP-048 an account with a second factor is let in by its code, once', async () => {
  const { user, secret } = await guarded(server.shop)
  const refused = await logIn(server, user.email, user.password)
  const { challenge_token, ...body } = refused.body
  const text = 'Two-factor authentication is required.'
  assert.deepEqual([refused.status, body], [403, { error: text, detail: text, code: 'second_factor_required' }])
  const byToken = await server.call('POST', '/api/token/', { body: { username: user.email, password: user.password } })
  assert.deepEqual([byToken.status, byToken.body.code], [403, 'second_factor_required'])
  const complete = (challenge: unknown, code: unknown) =>
    server.call('POST', '/api/users/login/two-factor/', { body: { challenge_token: challenge, code } })
  const challenge = byToken.body.challenge_token
  assertAnswer(await complete(challenge, wrongCode(server.shop, secret)), 400, {
    error: 'Invalid authentication code.',
  })
  const over = await complete(challenge_token, codeOf(server.shop, secret))
  assert.deepEqual([over.status, over.body.code], [401, 'challenge_not_valid'], 'the newer challenge counts')
  const let_in = await complete(challenge, codeOf(server.shop, secret))
  assert.deepEqual([let_in.status, Object.keys(let_in.body).sort()], [200, ['access', 'refresh']])
  assert.equal((await complete(challenge, codeOf(server.shop, secret))).status, 401)
  assert.equal((await complete(7, undefined)).status, 400)
})
