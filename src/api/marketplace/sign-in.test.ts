/** Coming and going on the marketplace, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { decodeJwt } from 'jose'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import {
  assertErr,
  assertOk,
  BAD_TOKEN,
  INVALID,
  loggedIn,
  logIn,
  NO_CREDENTIALS,
  post,
  registered,
  sentOtp,
  someAddress,
  TOO_MANY,
} from '../../../test/marketplace.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())
/** Each test begins with limits that nobody used. */
beforeEach(() => server.shop.pass(61 * MINUTE_MS))

const signIn = (phone: string, password: string, headers?: Record<string, string>) =>
  post(server, 'login', { phone, password }, headers)
const refresh = (refresh_token: unknown, headers?: Record<string, string>) =>
  post(server, 'token-refresh', { refresh_token }, headers)
const profile = (token?: string) => server.call('GET', '/accounts/profile/', token ? { token } : {})

const WRONG = 'Invalid phone number or password.'
const NOT_VALID = 'Token is invalid or expired'
const TERMINATED = 'Session has been terminated'

test('MP-025 V1-023 login answers with tokens, twice, and with the user', async () => {
  const customer = await registered(server, { date_of_birth: '1990-04-05', user_type: 'SELLER' })
  const called = await signIn(customer.phone, customer.password)
  assertOk(called, 200, 'Login successful.')
  const { access_token, refresh_token, user, ...terms } = called.body.data
  assert.deepEqual(terms, { token_type: 'Bearer', expires_in: 3600 })
  assert.deepEqual([called.body.access_token, called.body.refresh_token], [access_token, refresh_token])
  const { date_joined, last_login, ...known } = user
  assert.ok(date_joined < last_login)
  assert.deepEqual(known, {
    id: customer.id,
    phone: customer.phone,
    email: null,
    first_name: 'Mira',
    last_name: 'Keeper',
    date_of_birth: '1990-04-05',
    user_type: 'SELLER',
    is_active: true,
  })
  const lifetime = ({ iat, exp }: ReturnType<typeof decodeJwt>) => exp! - iat!
  assert.deepEqual(
    [access_token, refresh_token].map((token) => lifetime(decodeJwt(token))),
    [3600, 7 * 86_400],
  )
  assert.equal((await profile(access_token)).body.data.id, customer.id)
})

test('MP-026 a wrong password, an unknown phone and an account that was switched off are answered alike', async () => {
  const customer = await registered(server)
  assertErr(await signIn(customer.phone, 'wrong'), 401, WRONG)
  assertErr(await signIn('+15550000000', 'wrong'), 401, WRONG)
  assertErr(await signIn('no phone', 'wrong'), 401, WRONG)
  await sql`update identity.accounts set is_active = false, disabled_at = now() where id = ${customer.id}`.execute(
    server.shop.db,
  )
  assertErr(await signIn(customer.phone, customer.password), 401, WRONG)
})

test('MP-026 missing keys answer 400', async () => {
  const required = ['This field is required.']
  assertErr(await post(server, 'login', {}), 400, INVALID, { phone: required, password: required })
  assertErr(await post(server, 'login', { phone: ' ', password: 5 }), 400, INVALID, {
    phone: ['This field may not be blank.'],
    password: ['Not a valid string.'],
  })
  assert.equal((await signIn('--', 'x')).status, 400)
})

test('MP-027 MP-009 ASVS 6.3.1 of fifty wrong sign-ins to one phone at once five are let through, then the right one is not', async () => {
  const { phone, password } = await registered(server)
  const called = await Promise.all(Array.from({ length: 50 }, () => signIn(phone, 'wrong')))
  const refused = called.filter(({ status }) => status !== 401)
  assert.equal(called.length - refused.length, 5)
  for (const each of refused) {
    assertErr(each, 429, TOO_MANY)
    assert.ok(Number(each.headers['retry-after']) > 880)
  }
  assertErr(await signIn(phone, password), 429, TOO_MANY)
  server.shop.pass(15 * MINUTE_MS + 1000)
  assert.equal((await signIn(phone, password)).status, 200)
})

test('MP-027 MP-009 of fifty wrong sign-ins from one address at once five are let through, whoever is meant', async () => {
  const from = someAddress()
  const phones = Array.from({ length: 50 }, (_, n) => `+1555777${String(1000 + n)}`)
  const called = await Promise.all(phones.map((phone) => signIn(phone, 'wrong', from)))
  assert.equal(called.filter(({ status }) => status === 401).length, 5)
  assert.equal(called.filter(({ status }) => status === 429).length, 45)
})

test('MP-009 a phone that nobody has is locked like one that somebody has', async () => {
  for (let n = 0; n < 5; n += 1) assert.equal((await signIn('+15558880000', 'wrong')).status, 401)
  assertErr(await signIn('+15558880000', 'wrong'), 429, TOO_MANY)
})

test('MP-025 V1-022 V1-020 ASVS 6.6.1 a phone that was merely typed into a profile of v1 gives no way in', async () => {
  const phone = '+15550107777'
  const user = await signedUp(server)
  const changed = await server.call('PATCH', '/api/v1/users/me/', { token: user.access, body: { phone } })
  assert.equal(changed.status, 200)
  assertErr(await signIn(phone, user.password), 401, WRONG)
  assert.equal((await post(server, 'forgot-password', { phone })).status, 200)
  await server.shop.runJobs()
  assert.deepEqual(
    server.shop.texts.filter(({ to }) => to === phone),
    [],
  )
})

test('MP-030 MP-031 a refresh token is taken from the body or as Bearer, the body wins, and works once', async () => {
  const first = await loggedIn(server)
  const called = await post(server, 'token-refresh', {}, someAddress(), first.refresh)
  assertOk(called, 200, 'Token refreshed successfully.')
  const { access_token, refresh_token, ...terms } = called.body.data
  assert.deepEqual(terms, { token_type: 'Bearer', expires_in: 3600 })
  assert.deepEqual([called.body.access_token, called.body.refresh_token], [access_token, refresh_token])
  assert.equal((await profile(access_token)).status, 200)
  const second = await post(server, 'token-refresh', { refresh_token }, someAddress(), 'nonsense')
  assert.equal(second.status, 200, 'the body wins')
  const both = await post(
    server,
    'token-refresh',
    { refresh_token: 'nonsense' },
    someAddress(),
    second.body.refresh_token,
  )
  assertErr(both, 401, NOT_VALID, {}, { code: 'token_not_valid' })
  assert.equal((await refresh(second.body.refresh_token)).status, 200, 'which was not used up by that')
})

test('MP-030 the lifetime that is told is that of the surface where the session was opened', async () => {
  const { refresh: token } = await signedUp(server)
  const { body } = await refresh(token)
  const { iat, exp } = decodeJwt(body.access_token)
  assert.deepEqual([body.data.expires_in, exp! - iat!], [900, 900])
})

test('MP-031 V1-099 a token that is used again ends its session', async () => {
  const { refresh: old } = await loggedIn(server)
  const { body } = await refresh(old)
  assertErr(await refresh(old), 401, NOT_VALID, {}, { code: 'token_not_valid' })
  assertErr(await profile(body.access_token), 401, TERMINATED)
  assertErr(await refresh(body.refresh_token), 401, NOT_VALID, {}, { code: 'token_not_valid' })
})

test('MP-031 of two who bring one token at once, one wins', async () => {
  const { refresh: token } = await loggedIn(server)
  const statuses = (await Promise.all([refresh(token), refresh(token)])).map(({ status }) => status)
  assert.deepEqual(statuses.sort(), [200, 401])
})

test('MP-031 an access token, an expired one and nonsense answer 401, none at all 400', async () => {
  const { access, refresh: token } = await loggedIn(server)
  for (const bad of [access, 'nonsense', `${token}x`])
    assertErr(await refresh(bad), 401, NOT_VALID, {}, { code: 'token_not_valid' })
  const required = { refresh_token: ['This field is required.'] }
  for (const none of [undefined, null, '']) assertErr(await refresh(none), 400, INVALID, required)
  assertErr(await refresh(5), 400, INVALID, { refresh_token: ['Not a valid string.'] })
  server.shop.pass(7 * DAY_MS + 1000)
  assertErr(await refresh(token), 401, NOT_VALID, {}, { code: 'token_not_valid' })
})

test('MP-009 the sixty-first refresh of an address in a minute is refused', async () => {
  const from = someAddress()
  const called = await Promise.all(Array.from({ length: 61 }, () => refresh('nonsense', from)))
  assert.equal(called.filter(({ status }) => status === 401).length, 60)
  const refused = called.find(({ status }) => status === 429)
  assertErr(refused!, 429, TOO_MANY)
  assert.ok(Number(refused!.headers['retry-after']) <= 60)
})

test('MP-035 logout ends both tokens, without a body or with whatever in it', async () => {
  const customer = await registered(server)
  for (const body of [undefined, {}, { refresh_token: 'own' }, { refresh_token: 7 }, '[]']) {
    const { access, refresh: token } = await logIn(server, customer)
    const sent = typeof body === 'object' && body.refresh_token === 'own' ? { refresh_token: token } : body
    const called = await server.call('POST', '/accounts/logout/', { token: access, body: sent })
    assertOk(called, 200, 'Logged out successfully.')
    assert.deepEqual(called.body.data, {})
    assertErr(await profile(access), 401, TERMINATED)
    assertErr(await refresh(token), 401, NOT_VALID, {}, { code: 'token_not_valid' })
  }
})

test('MP-035 without an access token nobody is logged out', async () => {
  const { refresh: token } = await loggedIn(server)
  assertErr(await post(server, 'logout', { refresh_token: token }), 401, NO_CREDENTIALS)
  assertErr(await post(server, 'logout', {}, someAddress(), token), 401, BAD_TOKEN, {}, { code: 'token_not_valid' })
  assert.equal((await refresh(token)).status, 200)
})

test('V1-022 a phone that has received a code is verified', async () => {
  const { id, phone } = await registered(server)
  const otp = await sentOtp(server, phone)
  const isVerified = async () => {
    const { rows } = await sql<{ verified: boolean }>`
      select phone_verified_at is not null as verified from identity.accounts where id = ${id}`.execute(server.shop.db)
    return rows[0]!.verified
  }
  assert.equal(await isVerified(), false)
  await post(server, 'verify-otp', { phone, otp })
  assert.equal(await isVerified(), true)
})
