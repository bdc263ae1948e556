import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { cleanUpSessions } from '#commerce/identity'
import { signedUp } from '../../../test/accounts.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'
import { assertAnswer, BAD_TOKEN, linkTo, logIn, NO_CREDENTIALS, registered } from '../../../test/storefront.ts'

const DAY_MS = 86_400_000

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true', SUPPORT_EMAIL: 'support@shop.example.com' })
  toMorning()
})
after(() => server.close())

/** To the next morning, so that no test runs over midnight. */
function toMorning(): void {
  server.shop.pass(DAY_MS + 6 * 3_600_000 - (server.shop.now().getTime() % DAY_MS))
}

let asked = 0
/** Each from an address of its own, unless said otherwise. */
function resend(token?: string, ip = `10.1.${Math.floor(asked / 250)}.${(asked % 250) + 1}`): Promise<Called> {
  asked += 1
  const headers = { 'x-forwarded-for': ip, 'content-type': 'application/json' }
  return server.call('POST', '/api/users/resend-verification-email/', {
    ...(token === undefined ? {} : { token }),
    headers,
  })
}

/** Somebody who may ask for another mail, with the tokens to do it. */
async function unverified() {
  const customer = await registered(server)
  const { body } = await logIn(server, customer.username, customer.password)
  return {
    ...customer,
    token: body.verification_token as string,
    sealed: body.encrypted_verification_token as string,
    refresh: body.refresh_token as string,
  }
}

const mailsTo = (email: string) => server.shop.letters.filter(({ to }) => to === email).length
const sent = (email: string, remaining: number) => ({
  message: `Please verify your email at ${email} before logging in.`,
  detail: 'Please check your email for the verification link',
  stored_email_address: email,
  email_sent: true,
  verification_required: true,
  remaining_attempts: remaining,
})
const USED_UP = {
  error: 'Daily email resend limit exceeded (5 attempts per day)',
  attempts_remaining: 0,
  remaining_attempts: 0,
  support_contact: 'support@shop.example.com',
  message: 'Please contact support if you continue to have issues with email verification',
}

test('SF-090 SF-099 SF-096 SF-100 five mails a day count down, the sixth is refused until midnight UTC', async () => {
  const { token, email } = await unverified()
  assert.equal(mailsTo(email), 1)
  for (const remaining of [4, 3, 2, 1, 0]) assertAnswer(await resend(token), 200, sent(email, remaining))
  const sixth = await resend(token)
  assertAnswer(sixth, 429, USED_UP)
  const toMidnightS = Math.ceil((DAY_MS - (server.shop.now().getTime() % DAY_MS)) / 1000)
  assert.ok(Math.abs(Number(sixth.headers['retry-after']) - toMidnightS) < 5)
  assert.equal(mailsTo(email), 6, 'they left within their requests')
  assertAnswer(await resend((await unverified()).token), 200, sent(server.shop.letters.at(-1)!.to, 4))
  server.shop.pass(toMidnightS * 1000 - 60_000)
  assert.equal((await resend(token)).status, 429, 'a minute to midnight')
  server.shop.pass(61_000)
  assertAnswer(await resend(token), 200, sent(email, 4))
  toMorning()
})

test('SF-091 C-05 a verification token, an access token and the encrypted one are accepted', async () => {
  const { token, sealed, email } = await unverified()
  assertAnswer(await resend(token), 200, sent(email, 4))
  assertAnswer(await resend(sealed), 200, sent(email, 3))
  const shopper = await signedUp(server)
  await sql`update identity.accounts set email_verified_at = null where id = ${shopper.accountId}`.execute(
    server.shop.db,
  )
  assertAnswer(await resend(shopper.access), 200, sent(shopper.email, 4))
})

test('SF-092 SF-093 no credentials, and a token that is none', async () => {
  const { refresh, link, sealed, token } = await unverified()
  assertAnswer(await resend(), 401, NO_CREDENTIALS)
  for (const bad of ['nonsense', refresh, link.token, `${sealed.slice(0, -4)}AAAA`, `${token.slice(0, -4)}AAAA`])
    assertAnswer(await resend(bad), 401, BAD_TOKEN)
  server.shop.pass(DAY_MS + 1000)
  for (const late of [token, sealed]) assertAnswer(await resend(late), 401, BAD_TOKEN)
  toMorning()
})

test('SF-093 a token whose session was ended is none', async () => {
  const { token, refresh } = await unverified()
  const ended = await server.call('POST', '/api/v1/auth/logout/', { body: { refresh } })
  assert.equal(ended.status, 200)
  assertAnswer(await resend(token), 401, BAD_TOKEN)
})

test('SF-094 who is verified is told so, and gets no mail', async () => {
  const { token, sealed, email, link } = await unverified()
  await server.call('GET', `/api/users/email-verify/?uid=${link.uid}&token=${link.token}`)
  const answer = { error: 'Email address is already verified.', stored_email_address: email, email_sent: false }
  for (const known of [token, sealed]) assertAnswer(await resend(known), 400, answer)
  assert.equal(mailsTo(email), 1)
})

test('SF-095 SF-104 who was switched off is told so first, though his sessions have ended', async () => {
  const { token, sealed, email } = await unverified()
  await sql`update identity.accounts set disabled_at = now(), email_verified_at = now() where email = ${email}`.execute(
    server.shop.db,
  )
  await sql`update identity.sessions set ended_at = now(), end_reason = 'account_disabled'
    where account_id = (select id from identity.accounts where email = ${email})`.execute(server.shop.db)
  const answer = { error: 'User account is inactive. Please contact support.', email_sent: false }
  for (const known of [token, sealed]) assertAnswer(await resend(known), 403, answer)
})

test('SF-097 SF-104 the third request of a minute from one address is refused before anything else, and counts for nothing', async () => {
  const { token, email } = await unverified()
  const ip = '198.51.100.1'
  assert.equal((await resend(undefined, ip)).status, 401)
  assertAnswer(await resend(token, ip), 200, sent(email, 4))
  for (const bearer of [token, undefined]) {
    const limited = await resend(bearer, ip)
    assertAnswer(limited, 429, { error: 'Rate limit exceeded. Please try again later.' })
    assert.ok(Number(limited.headers['retry-after']) <= 60)
  }
  server.shop.pass(60_000)
  assertAnswer(await resend(token, ip), 200, sent(email, 3))
})

test('SF-098 SF-099 a mail server that refuses is told in the same request, and counts', async () => {
  const { token, email } = await unverified()
  const { send } = server.shop.mailer
  server.shop.mailer.send = async () => {
    throw new Error('refused')
  }
  try {
    assertAnswer(await resend(token), 500, {
      error: 'Failed to send verification email. Please try again later or contact support.',
      stored_email_address: email,
      email_sent: false,
      action_required: 'contact_support',
      remaining_attempts: 4,
    })
  } finally {
    server.shop.mailer.send = send
  }
  await server.shop.runJobs()
  assert.equal(mailsTo(email), 1, 'it is not sent later')
  assertAnswer(await resend(token), 200, sent(email, 3))
})

test('SF-101 SF-105 each attempt is stored with what became of it, until it is old', async () => {
  const { token, email } = await unverified()
  await resend(token, '198.51.100.2')
  const stored = async () =>
    (
      await sql`select email, succeeded, ip_address from identity.resend_attempts where email = ${email}`.execute(
        server.shop.db,
      )
    ).rows
  assert.deepEqual(await stored(), [{ email, succeeded: true, ipAddress: '198.51.100.2' }])
  server.shop.pass(91 * DAY_MS)
  await cleanUpSessions(server.shop)
  assert.deepEqual(await stored(), [])
  toMorning()
})

test('SF-102 each mail has a link of its own, and the new one verifies', async () => {
  const { token, email, link, username, password } = await unverified()
  await resend(token)
  const fresh = linkTo(server, email)
  assert.notEqual(fresh.token, link.token)
  const verified = await server.call('GET', `/api/users/email-verify/?uid=${fresh.uid}&token=${fresh.token}`)
  assert.equal(verified.status, 200)
  assert.equal((await logIn(server, username, password)).status, 200)
})

test('SF-103 of twenty requests at once five send a mail', async () => {
  const { token, email } = await unverified()
  const called = await Promise.all(Array.from({ length: 20 }, () => resend(token)))
  assert.equal(mailsTo(email), 6)
  assert.equal(called.filter(({ status }) => status === 429).length, 15)
  const remaining = called.filter(({ status }) => status === 200).map(({ body }) => body.remaining_attempts)
  assert.deepEqual(remaining.sort(), [0, 1, 2, 3, 4])
})

test('SF-105 both limits are configurable', async () => {
  const strict = await openTestServer({ EMAIL_RESEND_DAILY_LIMIT: '2', EMAIL_RESEND_PER_MINUTE: '3' })
  try {
    const { username, password, email } = await registered(strict)
    const { verification_token: token } = (await logIn(strict, username, password)).body
    const called = []
    for (let n = 0; n < 4; n += 1)
      called.push(await strict.call('POST', '/api/users/resend-verification-email/', { token }))
    assert.deepEqual(
      called.map(({ status }) => status),
      [200, 200, 429, 429],
    )
    assert.deepEqual(called[1]!.body, sent(email, 0))
    assert.equal(called[2]!.body.error, 'Daily email resend limit exceeded (2 attempts per day)')
    assert.equal(called[3]!.body.error, 'Rate limit exceeded. Please try again later.')
  } finally {
    await strict.close()
  }
})

test('SF-104 an account without an e-mail has nowhere to be written to', async () => {
  const { accountId, access } = await signedUp(server, { phone: '+919812300002' })
  await sql`update identity.accounts set email = null, email_verified_at = null where id = ${accountId}`.execute(
    server.shop.db,
  )
  assertAnswer(await resend(access), 400, { error: 'The account has no email address.', email_sent: false })
})
