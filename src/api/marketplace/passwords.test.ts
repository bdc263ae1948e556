/** Other passwords on the marketplace, through HTTP: a code by SMS, then a grant, then the password. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import {
  assertErr,
  assertOk,
  INVALID,
  loggedIn,
  logIn,
  post,
  registered,
  sentOtp,
  someAddress,
  TOO_MANY,
} from '../../../test/marketplace.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const MINUTE_MS = 60_000
const FRESH = 'newpassword123'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())
beforeEach(() => server.shop.pass(61 * MINUTE_MS))

const forgot = (phone: unknown, headers?: Record<string, string>) => post(server, 'forgot-password', { phone }, headers)
const verify = (phone: string, otp: unknown, headers?: Record<string, string>) =>
  post(server, 'verify-otp', { phone, otp }, headers)
const reset = (phone: string, password: string, reset_token?: string, headers?: Record<string, string>) =>
  post(server, 'reset-password', { phone, password, reset_token }, headers)
const other = (otp: string) => String((Number(otp) + 1) % 1_000_000).padStart(6, '0')

const SENT = 'If an account with this phone number exists, an OTP has been sent.'
const BAD_OTP = 'Invalid or expired OTP.'
const UNVERIFIED = 'OTP verification required.'

/** Somebody who has verified a code, from `from`. */
async function verified(overrides: object = {}) {
  const customer = await loggedIn(server, overrides)
  const from = someAddress()
  const { body } = await verify(customer.phone, await sentOtp(server, customer.phone), from)
  return { ...customer, from, grant: body.data.reset_token as string }
}

test('MP-040 a code is sent, and it is answered alike for a phone that nobody has', async () => {
  const { phone } = await registered(server)
  for (const asked of [phone, '+15559990000']) {
    const called = await forgot(asked)
    assertOk(called, 200, SENT)
    assert.deepEqual(called.body.data, { expires_in: 600 })
  }
  await server.shop.runJobs()
  assert.deepEqual(
    server.shop.texts.map(({ to }) => to),
    [phone],
  )
  assertErr(await forgot(undefined), 400, INVALID, { phone: ['This field is required.'] })
  assertErr(await forgot(' '), 400, INVALID, { phone: ['This field may not be blank.'] })
})

test('MP-041 the SMS has one group of six digits; a verified e-mail gets the same code, an unverified one nothing', async () => {
  const { phone, accountId, email } = { phone: '+15550103333', ...(await signedUp(server, { phone: '+15550103333' })) }
  const { texts, letters, db } = server.shop
  await sql`update identity.accounts set phone_verified_at = now() where id = ${accountId}`.execute(db)
  const otp = await sentOtp(server, phone)
  assert.deepEqual(texts.at(-1)!.body.match(/\d{6}/g), [otp])
  assert.doesNotMatch(texts.at(-1)!.body.replace(otp, ''), /\d/)
  assert.deepEqual([letters.at(-1)!.to, letters.at(-1)!.text.includes(otp)], [email, true])
  const { rows } = await sql<{ codeHash: string }>`
    select code_hash from identity.one_time_codes where account_id = ${accountId}`.execute(db)
  assert.equal(rows.length, 1)
  assert.ok(!rows[0]!.codeHash.includes(otp), 'stored hashed')
  const unproven = await registered(server, { email: 'not-proven@example.com' })
  await server.shop.runJobs()
  const before = letters.length
  await sentOtp(server, unproven.phone)
  assert.equal(letters.length, before)
})

test('MP-041 a new code replaces the old one, and is good for ten minutes', async () => {
  const { phone } = await registered(server)
  const old = await sentOtp(server, phone)
  let otp = await sentOtp(server, phone)
  if (otp === old) otp = await sentOtp(server, phone)
  assertErr(await verify(phone, old), 400, BAD_OTP)
  assert.equal((await verify(phone, otp)).status, 200)
  const late = await sentOtp(server, phone)
  server.shop.pass(10 * MINUTE_MS + 1000)
  assertErr(await verify(phone, late), 400, BAD_OTP)
})

test('MP-042 a right code answers with a reset token; wrong, used and for an unknown phone it is 400 alike', async () => {
  const { phone } = await registered(server)
  const otp = await sentOtp(server, phone)
  assertErr(await verify(phone, other(otp)), 400, BAD_OTP)
  const called = await verify(phone, ` ${otp}`)
  assertOk(called, 200, 'OTP verified successfully.')
  assert.match(called.body.data.reset_token, /^[\w-]{20,}$/)
  assertErr(await verify(phone, otp), 400, BAD_OTP)
  assertErr(await verify('+15559990001', otp), 400, BAD_OTP)
  assertErr(await post(server, 'verify-otp', { phone }), 400, INVALID, { otp: ['This field is required.'] })
})

test('MP-043 ASVS 6.6.3 five wrong tries burn the code', async () => {
  const { phone } = await registered(server)
  const otp = await sentOtp(server, phone)
  for (let n = 0; n < 5; n += 1) assertErr(await verify(phone, other(otp)), 400, BAD_OTP)
  assertErr(await verify(phone, otp), 400, BAD_OTP)
})

test('MP-043 ASVS 6.5.1 a code that is used twenty times at once works once', async () => {
  const { phone } = await registered(server)
  const otp = await sentOtp(server, phone)
  const called = await Promise.all(Array.from({ length: 20 }, () => verify(phone, otp)))
  assert.equal(called.filter(({ status }) => status === 200).length, 1)
  for (const each of called.filter(({ status }) => status !== 200)) assertErr(each, 400, BAD_OTP)
})

test('MP-044 V1-026 a reset is answered without data, ends all sessions, and the new password is the one', async () => {
  const { phone, password, access, grant } = await verified()
  const called = await reset(phone, FRESH, grant)
  assertOk(called, 200, 'Password reset successfully.')
  assert.deepEqual(called.body.data, {})
  assert.equal((await server.call('GET', '/accounts/profile/', { token: access })).status, 401)
  assert.equal((await post(server, 'login', { phone, password })).status, 401)
  await logIn(server, { phone, password: FRESH })
  assertErr(await reset(phone, 'anotherpassword123', grant), 400, UNVERIFIED)
})

test('MP-044 without a verified code, and with a grant of somebody else, nothing is reset', async () => {
  const { phone } = await registered(server)
  const thief = await verified()
  assertErr(await reset(phone, FRESH), 400, UNVERIFIED)
  assertErr(await reset(phone, FRESH, thief.grant, thief.from), 400, UNVERIFIED)
  assertErr(await reset(phone, FRESH, 'nonsense'), 400, UNVERIFIED)
  assertErr(await reset('+15559990002', FRESH), 400, UNVERIFIED)
})

test('MP-044 a weak password is told under password, and the verification stays usable', async () => {
  const { phone, from, grant } = await verified()
  for (const [password, text] of [
    ['short', 'This password is too short. It must contain at least 8 characters.'],
    ['password', 'This password is too common.'],
    ['MiraKeeper', 'The password is too similar to the last name.'],
  ] as const) {
    const { status, body } = await reset(phone, password, grant)
    assert.deepEqual([status, body.error, Object.keys(body.details)], [400, INVALID, ['password']])
    if (password !== 'MiraKeeper') assert.ok(body.details.password.includes(text), JSON.stringify(body))
  }
  assertErr(await post(server, 'reset-password', { phone }), 400, INVALID, { password: ['This field is required.'] })
  assert.equal((await reset(phone, FRESH, undefined, from)).status, 200)
})

test('MP-045 without the reset token only the address that has verified may reset, once, within ten minutes', async () => {
  const { phone, from } = await verified()
  assertErr(await reset(phone, FRESH), 400, UNVERIFIED)
  assert.equal((await reset(phone, FRESH, undefined, from)).status, 200)
  assertErr(await reset(phone, 'anotherpassword123', undefined, from), 400, UNVERIFIED)
  const late = await verified()
  server.shop.pass(10 * MINUTE_MS + 1000)
  assertErr(await reset(late.phone, FRESH, undefined, late.from), 400, UNVERIFIED)
  assertErr(await reset(late.phone, FRESH, late.grant, late.from), 400, UNVERIFIED)
})

test('MP-045 of twenty resets at once by one verification, one is done', async () => {
  const { phone, from, grant } = await verified()
  const called = await Promise.all(
    Array.from({ length: 20 }, (_, n) => reset(phone, `newpassword${n}xyz`, n % 2 ? grant : undefined, from)),
  )
  assert.equal(called.filter(({ status }) => status === 200).length, 1)
})

test('MP-009 the sixth request of an address within an hour is refused; one for a phone is silent beyond three', async () => {
  const from = someAddress()
  for (let n = 0; n < 5; n += 1) assert.equal((await forgot(`+1555666000${n}`, from)).status, 200)
  assertErr(await forgot('+15556660009', from), 429, TOO_MANY)
  const { phone } = await registered(server)
  for (let n = 0; n < 5; n += 1) assertOk(await forgot(phone), 200, SENT)
  await server.shop.runJobs()
  assert.equal(server.shop.texts.filter(({ to }) => to === phone).length, 3)
})

test('MP-009 the eleventh code of an address in 15 minutes is refused', async () => {
  const from = someAddress()
  for (let n = 0; n < 10; n += 1) assert.equal((await verify('+15559990003', '123456', from)).status, 400)
  const refused = await verify('+15559990003', '123456', from)
  assertErr(refused, 429, TOO_MANY)
  assert.ok(Number(refused.headers['retry-after']) > 800)
})

test('MP-047 V1-026 ASVS 6.2.2 a password is changed by who knows it, and his other sessions end', async () => {
  const { phone, password, access } = await loggedIn(server)
  const elsewhere = await logIn(server, { phone, password })
  const change = (body: object) => post(server, 'change-password', body, someAddress(), access)
  assertErr(await change({ current_password: 'wrong', new_password: FRESH }), 400, INVALID, {
    current_password: ['Current password is incorrect.'],
  })
  assertErr(await change({ new_password: 'Mira-Keeper' }), 400, INVALID, {
    current_password: ['This field is required.'],
    new_password: ['The password is too similar to the last name.'],
  })
  const called = await change({ current_password: password, new_password: FRESH })
  assertOk(called, 200, 'Password changed successfully.')
  const profileOf = (token: string) => server.call('GET', '/accounts/profile/', { token })
  assert.deepEqual([(await profileOf(access)).status, (await profileOf(elsewhere.access)).status], [200, 401])
  await logIn(server, { phone, password: FRESH })
})

test('MP-045 a reset token that comes with the phone of somebody else is not used up by it', async () => {
  const { phone, grant } = await verified()
  const other = await verified()
  assertErr(await reset(other.phone, FRESH, grant), 400, UNVERIFIED)
  assert.equal((await reset(phone, FRESH, grant)).status, 200)
})
