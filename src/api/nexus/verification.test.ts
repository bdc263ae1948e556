/** The proof of an e-mail by a code, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import { mailedCode, wrongCode } from '../../../test/mailed-codes.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

const MINUTE_MS = 60_000
const PASSWORD = 'SecurePass123!'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())
/** Each test begins with limits that nobody used. */
beforeEach(() => server.shop.pass(61 * MINUTE_MS))

const post = (path: string, body: unknown, ip = '203.0.113.1') =>
  server.call('POST', `/api/auth/${path}/`, { body, headers: { 'x-forwarded-for': ip } })
const verify = (email: string, otp: string, ip?: string) => post('verify-email', { email, otp }, ip)
const resend = (email: unknown, ip?: string) => post('resend-otp', { email }, ip)
const signIn = (email: string) => post('login', { email, password: PASSWORD })

const VERIFIED = { message: 'Email verified successfully. You can now log in.' }
const RESENT = { message: 'If the account exists and is not verified, a new code has been sent.' }
const INVALID = { detail: 'Invalid or expired OTP.', code: 'invalid_otp' }
const LIMITED = { detail: 'Too many verification attempts. Please try again later.' }

function assertAnswer(called: Called, status: number, body: object) {
  assert.deepEqual([called.status, called.body], [status, body])
}

let count = 0
/** Registers somebody; the code is that of the mail. */
async function registered(): Promise<{ email: string; code: string }> {
  count += 1
  const email = `new-${count}@example.com`
  const names = { first_name: 'Jane', last_name: 'Doe' }
  const called = await post('register', { email, password: PASSWORD, password_confirm: PASSWORD, ...names })
  assert.equal(called.status, 201)
  return { email, code: await mailedCode(server, email) }
}
const lettersTo = (email: string) => server.shop.letters.filter(({ to }) => to === email).length

test('NX-020 NX-021 the code of the mail verifies the address, and then its owner may sign in', async () => {
  const { email, code } = await registered()
  assert.equal((await signIn(email)).status, 403)
  assertAnswer(await verify(email.toUpperCase(), ` ${code} `), 200, VERIFIED)
  const { status, body } = await signIn(email)
  assert.deepEqual([status, body.user.is_email_verified], [200, true])
})

test('NX-020 the code is also read from its other names', async () => {
  for (const name of ['otp_code', 'code']) {
    const { email, code } = await registered()
    assertAnswer(await post('verify-email', { email, [name]: code }), 200, VERIFIED)
  }
})

test('NX-022 wrong, used, unknown and verified look the same; missing keys are named', async () => {
  const { email, code } = await registered()
  assertAnswer(await verify(email, wrongCode(code)), 400, INVALID)
  assertAnswer(await verify('nobody@example.com', code), 400, INVALID)
  assertAnswer(await verify(email, 'not a code'), 400, INVALID)
  assertAnswer(await verify(email, code), 200, VERIFIED)
  assertAnswer(await verify(email, code), 400, INVALID)
  assertAnswer(await post('verify-email', {}), 400, {
    email: ['This field is required.'],
    otp: ['This field is required.'],
  })
  assertAnswer(await post('verify-email', { email: 'nobody', otp: 123456 }), 400, {
    email: ['Enter a valid email address.'],
    otp: ['Not a valid string.'],
  })
})

test('NX-022 ASVS 6.4.1 6.5.5 a code is good for ten minutes', async () => {
  const [early, late] = [await registered(), await registered()]
  server.shop.pass(9 * MINUTE_MS)
  assertAnswer(await verify(early.email, early.code), 200, VERIFIED)
  server.shop.pass(MINUTE_MS)
  assertAnswer(await verify(late.email, late.code), 400, INVALID)
})

test('NX-022 ASVS 6.6.3 five wrong tries burn a code', async () => {
  const [spared, burnt] = [await registered(), await registered()]
  for (let n = 0; n < 4; n += 1)
    assertAnswer(await verify(spared.email, wrongCode(spared.code), `198.51.100.${n}`), 400, INVALID)
  assertAnswer(await verify(spared.email, spared.code), 200, VERIFIED)
  const tries = Array.from({ length: 5 }, (_, n) => verify(burnt.email, wrongCode(burnt.code), `198.51.101.${n}`))
  for (const called of await Promise.all(tries)) assertAnswer(called, 400, INVALID)
  assertAnswer(await verify(burnt.email, burnt.code), 400, INVALID)
  assertAnswer(await resend(burnt.email), 200, RESENT)
  assertAnswer(await verify(burnt.email, await mailedCode(server, burnt.email)), 200, VERIFIED)
})

test('NX-022 ASVS 6.5.1 the same code twenty times at once works once', async () => {
  const { email, code } = await registered()
  const tries = Array.from({ length: 20 }, (_, n) => verify(email, code, `198.51.100.${n}`))
  const statuses = (await Promise.all(tries)).map(({ status }) => status)
  assert.deepEqual(statuses.sort(), [200, ...Array(19).fill(400)])
})

test('NX-023 NX-022 a new code replaces the old one', async () => {
  const { email, code } = await registered()
  assertAnswer(await resend(` ${email.toUpperCase()}`.trim()), 200, RESENT)
  assertAnswer(await verify(email, code), 400, INVALID)
  assertAnswer(await verify(email, await mailedCode(server, email)), 200, VERIFIED)
})

test('NX-023 a resend tells nothing about the account, and nobody else is written to', async () => {
  const { email } = await signedUp(server)
  const sent = server.shop.letters.length
  const called = [await resend(email), await resend('nobody@example.com'), await resend((await registered()).email)]
  for (const answer of called) assertAnswer(answer, 200, RESENT)
  assert.equal(new Set(called.map(({ statements }) => statements)).size, 1, 'as many statements for whomever')
  await server.shop.runJobs()
  assert.equal(server.shop.letters.length, sent + 2, 'the letter of the registration, and its resend')
  assertAnswer(await resend('nobody'), 400, { email: ['Enter a valid email address.'] })
  assertAnswer(await post('resend-otp', {}), 400, { email: ['This field is required.'] })
})

test('NX-023 three codes an hour for an address; then nothing is sent, and the last one stays good', async () => {
  const { email } = await registered()
  let code = ''
  for (let n = 0; n < 3; n += 1) {
    assertAnswer(await resend(email, `198.51.100.${n}`), 200, RESENT)
    code = await mailedCode(server, email)
  }
  assert.equal(lettersTo(email), 4)
  for (let n = 3; n < 5; n += 1) assertAnswer(await resend(email, `198.51.100.${n}`), 200, RESENT)
  await server.shop.runJobs()
  assert.equal(lettersTo(email), 4)
  assertAnswer(await verify(email, code), 200, VERIFIED)
})

test('NX-023 verify and resend share ten tries of an address in 15 minutes', async () => {
  for (let n = 0; n < 10; n += 1)
    await (n % 2
      ? verify('nobody@example.com', '123456', '198.51.100.50')
      : resend(`n${n}@example.com`, '198.51.100.50'))
  const called = await verify('nobody@example.com', '123456', '198.51.100.50')
  assertAnswer(called, 429, LIMITED)
  assert.ok(Number(called.headers['retry-after']) > 800)
  assertAnswer(await resend('nobody@example.com', '198.51.100.50'), 429, LIMITED)
  assert.equal((await resend('nobody@example.com', '198.51.100.51')).status, 200)
  server.shop.pass(15 * MINUTE_MS)
  assert.equal((await resend('nobody@example.com', '198.51.100.50')).status, 200)
})

test('NX-149 a code that is too old when its mail would leave is not sent', async () => {
  const { email } = await registered()
  const sent = lettersTo(email)
  await resend(email)
  // The letter is written while the mail server takes none.
  const { send } = server.shop.mailer
  server.shop.mailer.send = async () => {
    throw new Error('the mail server is down')
  }
  await server.shop.runJobs().catch(() => undefined)
  server.shop.mailer.send = send
  server.shop.pass(11 * MINUTE_MS)
  await server.shop.runJobs()
  assert.equal(lettersTo(email), sent)
})

test('NX-020 the table knows only a keyed hash of the code', async () => {
  const { email, code } = await registered()
  const { rows } = await sql<{ codeHash: string }>`
    select code_hash from identity.one_time_codes code join identity.accounts on id = account_id
    where email = ${email}`.execute(server.shop.db)
  assert.match(rows[0]!.codeHash, /^[0-9a-f]{64}$/)
  assert.ok(!rows[0]!.codeHash.includes(code))
})
