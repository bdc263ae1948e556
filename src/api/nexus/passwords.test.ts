/** Another password on nexus, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import { mailedCode, wrongCode } from '../../../test/mailed-codes.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

const MINUTE_MS = 60_000
const FRESH = 'twelve brass lamps'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())
/** Each test begins with limits that nobody used. */
beforeEach(async () => {
  server.shop.pass(61 * MINUTE_MS)
  await server.shop.runJobs()
})

const post = (path: string, body: unknown, ip = '203.0.113.1') =>
  server.call('POST', `/api/auth/${path}/`, { body, headers: { 'x-forwarded-for': ip } })
const ask = (email: unknown, ip?: string) => post('password-reset', { email }, ip)
const confirm = (email: string, otp: string, fresh = FRESH, again = fresh) =>
  post('password-reset/confirm', { email, otp, new_password: fresh, new_password_confirm: again })
const signIn = (email: string, password: string) => post('login', { email, password })
const me = (token: string) => server.call('GET', '/api/auth/me/', { token })
const change = (token: string, body: unknown) => server.call('POST', '/api/auth/change-password/', { token, body })
const lettersTo = (email: string) => server.shop.letters.filter(({ to }) => to === email).length

const REQUESTED = { message: 'If an account with this email exists, a password reset code has been sent.' }
const RESET = { message: 'Password has been reset successfully.' }
const INVALID = { detail: 'Invalid or expired OTP.', code: 'invalid_otp' }
const LIMITED = { detail: 'Too many password reset attempts. Please try again later.' }

function assertAnswer(called: Called, status: number, body: object) {
  assert.deepEqual([called.status, called.body], [status, body])
}

/** Somebody who has asked for a code, and has it. */
async function asked() {
  const user = await signedUp(server, { surface: 'nexus' })
  assertAnswer(await ask(user.email), 200, REQUESTED)
  return { ...user, code: await mailedCode(server, user.email) }
}

test('NX-060 NX-061 NX-145 a code is mailed by a worker if there is an account; the answer does not tell', async () => {
  const { email } = await signedUp(server)
  const called = [await ask(email), await ask('nobody@example.com')]
  for (const answer of called) assertAnswer(answer, 200, REQUESTED)
  assert.equal(called[0]!.statements, called[1]!.statements)
  assert.equal(lettersTo(email), 0)
  assert.match(await mailedCode(server, email), /^\d{6}$/)
  assert.deepEqual([lettersTo(email), lettersTo('nobody@example.com')], [1, 0])
  assertAnswer(await ask('nobody'), 400, { email: ['Enter a valid email address.'] })
  assertAnswer(await post('password-reset', {}), 400, { email: ['This field is required.'] })
})

test('NX-061 five requests of an address an hour, three letters to one, silently', async () => {
  const { email } = await signedUp(server)
  for (let n = 0; n < 5; n += 1) assertAnswer(await ask(email, `198.51.100.${n}`), 200, REQUESTED)
  await server.shop.runJobs()
  assert.equal(lettersTo(email), 3)
  for (let n = 0; n < 5; n += 1) assertAnswer(await ask(`n${n}@example.com`, '198.51.100.20'), 200, REQUESTED)
  const limited = await ask('another@example.com', '198.51.100.20')
  assertAnswer(limited, 429, LIMITED)
  assert.ok(Number(limited.headers['retry-after']) > 3500)
  assert.equal((await ask('another@example.com', '198.51.100.21')).status, 200)
})

test('NX-065 NX-067 V1-026 the code replaces the password; all sessions end, and the owner is told', async () => {
  const { email, password, access, code } = await asked()
  const { body: other } = await signIn(email, password)
  assertAnswer(await confirm(email.toUpperCase(), code), 200, RESET)
  for (const token of [access, other.access]) assert.equal((await me(token)).status, 401)
  assert.deepEqual([(await signIn(email, password)).status, (await signIn(email, FRESH)).status], [401, 200])
  await server.shop.runJobs()
  assert.equal(server.shop.letters.findLast(({ to }) => to === email)?.subject, 'Your password was reset')
})

test('NX-065 the code and the confirmation are also read from their other names', async () => {
  const names = [
    ['otp_code', 'confirm_password'],
    ['code', 'password_confirm'],
    ['otp', 'new_password_confirmation'],
    ['otp', 'new_password2'],
  ] as const
  for (const [otp, again] of names) {
    const { email, code } = await asked()
    server.shop.pass(1000)
    const body = { email, [otp]: code, new_password: FRESH, [again]: FRESH }
    assertAnswer(await post('password-reset/confirm', { ...body, [again]: 'other' }), 400, {
      new_password_confirm: ['Passwords do not match.'],
    })
    assertAnswer(await post('password-reset/confirm', body), 200, RESET)
  }
})

test('NX-066 faults of the new password are told together, and leave the code unused; it works once', async () => {
  const { email, code } = await asked()
  assertAnswer(await confirm(email, code, FRESH, 'other'), 400, { new_password_confirm: ['Passwords do not match.'] })
  assertAnswer(await confirm(email, code, '1234567', 'x'), 400, {
    new_password: [
      'This password is too short. It must contain at least 8 characters.',
      'This password is too common.',
      'This password is entirely numeric.',
    ],
    new_password_confirm: ['Passwords do not match.'],
  })
  assertAnswer(await confirm(email, code, email), 400, {
    new_password: ['The password is too similar to the email.'],
  })
  assertAnswer(await post('password-reset/confirm', { new_password: '1234567' }), 400, {
    email: ['This field is required.'],
    otp: ['This field is required.'],
    new_password: [
      'This password is too short. It must contain at least 8 characters.',
      'This password is too common.',
      'This password is entirely numeric.',
    ],
    new_password_confirm: ['This field is required.'],
  })
  assertAnswer(await confirm(email, code), 200, RESET)
  assertAnswer(await confirm(email, code, 'another brass lamp'), 400, INVALID)
})

test('NX-066 a wrong code, one for somebody else, an unknown address and one that is too old look the same', async () => {
  const [one, other] = [await asked(), await asked()]
  assertAnswer(await confirm(one.email, wrongCode(one.code)), 400, INVALID)
  if (one.code !== other.code) assertAnswer(await confirm(one.email, other.code), 400, INVALID)
  assertAnswer(await confirm('nobody@example.com', one.code), 400, INVALID)
  server.shop.pass(10 * MINUTE_MS + 1000)
  assertAnswer(await confirm(one.email, one.code), 400, INVALID)
  assert.equal((await signIn(one.email, one.password)).status, 200, 'nothing happened')
})

test('NX-066 five wrong codes burn it', async () => {
  const { email, code } = await asked()
  for (let n = 0; n < 5; n += 1) assertAnswer(await confirm(email, wrongCode(code)), 400, INVALID)
  assertAnswer(await confirm(email, code), 400, INVALID)
})

test('NX-066 the same code twenty times at once works once', async () => {
  const { email, code } = await asked()
  const tries = Array.from({ length: 20 }, (_, n) => confirm(email, code, `${FRESH} ${n}`))
  const statuses = (await Promise.all(tries)).map(({ status }) => status)
  assert.deepEqual(statuses.sort(), [200, ...Array(19).fill(400)])
})

/** Registered, not verified. */
async function newcomer(email: string) {
  const names = { first_name: 'Jane', last_name: 'Doe' }
  await post('register', { email, password: 'SecurePass123!', password_confirm: 'SecurePass123!', ...names })
  return mailedCode(server, email)
}

test('NX-067 an unverified account becomes verified by the code', async () => {
  const email = 'newcomer@example.com'
  await newcomer(email)
  await ask(email)
  assertAnswer(await confirm(email, await mailedCode(server, email)), 200, RESET)
  const { status, body } = await signIn(email, FRESH)
  assert.deepEqual([status, body.user.is_email_verified], [200, true])
})

test('NX-068 ASVS 6.6.2 a code is for its purpose alone', async () => {
  const email = 'purposes@example.com'
  const toVerify = await newcomer(email)
  await ask(email)
  const toReset = await mailedCode(server, email)
  if (toVerify === toReset) return
  assertAnswer(await confirm(email, toVerify), 400, INVALID)
  assertAnswer(await post('verify-email', { email, otp: toReset }), 400, INVALID)
  assert.equal((await post('verify-email', { email, otp: toVerify })).status, 200)
  assertAnswer(await confirm(email, toReset), 200, RESET)
})

test('NX-060 a disabled account is written to no more', async () => {
  const { email, accountId, code } = await asked()
  await sql`update identity.accounts set is_active = false, disabled_at = now()
    where id = ${accountId}`.execute(server.shop.db)
  assertAnswer(await confirm(email, code), 400, INVALID)
  assertAnswer(await ask(email), 200, REQUESTED)
  await server.shop.runJobs()
  assert.equal(lettersTo(email), 1)
})

test('NX-078 V1-026 ASVS 6.2.2 a changed password ends all sessions but this one', async () => {
  const { email, password, access } = await signedUp(server, { surface: 'nexus' })
  const { body: other } = await signIn(email, password)
  const body = { current_password: password, new_password: FRESH, new_password_confirm: FRESH }
  assertAnswer(await change(access, body), 200, { message: 'Password changed successfully.' })
  assert.deepEqual([(await me(access)).status, (await me(other.access)).status], [200, 401])
  assert.equal((await signIn(email, FRESH)).status, 200)
})

test('NX-078 what is wrong is told by field; without sign-in it is 401', async () => {
  const { access, password } = await signedUp(server)
  assertAnswer(await change(access, { current_password: 'wrong', new_password: FRESH }), 400, {
    current_password: ['Current password is incorrect.'],
  })
  assertAnswer(await change(access, { new_password: 'password123', new_password_confirm: 'x' }), 400, {
    current_password: ['This field is required.'],
    new_password: ['This password is too common.'],
    new_password_confirm: ['Passwords do not match.'],
  })
  assert.equal((await server.call('POST', '/api/auth/change-password/', { body: {} })).status, 401)
  for (let n = 0; n < 4; n += 1) await change(access, { current_password: 'wrong', new_password: FRESH })
  const limited = await change(access, { current_password: password, new_password: FRESH })
  assertAnswer(limited, 429, { detail: 'Too many failed login attempts. Please try again later.' })
  assert.ok(Number(limited.headers['retry-after']) > 800)
})
