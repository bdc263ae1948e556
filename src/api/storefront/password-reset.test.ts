import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { inTransaction } from '#platform/database'
import { purgeLimits } from '#platform/limits'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'
import { assertAnswer, type Link, linkTo, loggedIn, logIn, registered, verified } from '../../../test/storefront.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true', FRONTEND_URL: 'https://shop.example.com' })
})
after(() => server.close())

const REQUEST = '/api/users/password_reset/'
const CONFIRM = '/api/users/password-reset/confirm/'
const FRESH = 'Fresh-Harbour-72'
const DONE = { message: 'Password has been reset successfully' }
const BAD_LINK = { error: 'Invalid or expired reset token' }

const request = (body: unknown, path = REQUEST) => server.call('POST', path, { body })

let asked = 0
/** Each from an address of its own, unless said otherwise. */
function confirm(
  body: unknown,
  path = CONFIRM,
  ip = `10.2.${Math.floor(asked / 250)}.${(asked % 250) + 1}`,
): Promise<Called> {
  asked += 1
  return server.call('POST', path, { body, headers: { 'x-forwarded-for': ip } })
}
const passwords = (fresh = FRESH, again = fresh) => ({ new_password1: fresh, new_password2: again })

/** Has a mail sent and reads its link. */
async function resetLink({ email }: { email: string }): Promise<Link> {
  assert.equal((await request({ email })).status, 200)
  await server.shop.runJobs()
  return linkTo(server, email)
}

test('SF-115 SF-119 a mail goes to a known address, verified or not, in any letter case', async () => {
  for (const customer of [await verified(server), await registered(server)]) {
    assertAnswer(await request({ email: customer.email.toUpperCase() }), 200, {
      message: 'Password reset e-mail has been sent.',
    })
    await server.shop.runJobs()
    const { to, text } = server.shop.letters.at(-1)!
    assert.equal(to, customer.email)
    const [, uid] = /https:\/\/shop\.example\.com\/reset-password\?uid=([\w-]+)&token=[\w.-]+/.exec(text) ?? []
    assert.match(Buffer.from(uid!, 'base64url').toString(), /^u\d+$/)
  }
})

test('SF-116 SF-117 an unknown address is 404, one that is missing or malformed 400', async () => {
  assertAnswer(await request({ email: 'nobody@example.com' }), 404, { error: 'Email address not found.' })
  for (const body of [{}, { email: '' }, { email: 'plain' }, { email: 7 }, { email: null }]) {
    const { status, body: answer } = await request(body)
    assert.deepEqual([status, typeof answer.error, Object.keys(answer.details)], [400, 'string', ['email']])
  }
})

test('SF-118 C-10 both spellings lead to both deeds', async () => {
  const customer = await verified(server)
  for (const spelling of ['password_reset', 'password-reset']) {
    assert.equal((await request({ email: customer.email }, `/api/users/${spelling}/`)).status, 200)
    await server.shop.runJobs()
    const link = linkTo(server, customer.email)
    assertAnswer(await confirm({ ...link, ...passwords() }, `/api/users/${spelling}/confirm/`), 200, DONE)
    const { uid, token } = await resetLink(customer)
    assertAnswer(await confirm(passwords(), `/api/users/${spelling}/confirm/${uid}/${token}/`), 200, DONE)
  }
})

test('SF-120 SF-133 SF-137 a reset: the new password lets in, the old one does not, all sessions have ended', async () => {
  const customer = await loggedIn(server)
  const link = await resetLink(customer)
  assertAnswer(await confirm({ ...link, ...passwords() }), 200, DONE)
  assert.equal((await logIn(server, customer.username, customer.password)).status, 400)
  assert.equal((await logIn(server, customer.username, FRESH)).status, 200)
  const renewed = await server.call('POST', '/api/token/refresh/', { body: { refresh: customer.refresh } })
  assert.equal(renewed.status, 401)
  assert.equal((await server.call('GET', '/api/users/user-profile/', { token: customer.access })).status, 401)
})

test('SF-121 SF-083 uid and token in the body, the query or the path; the uid of the bare number, too', async () => {
  const customer = await verified(server)
  const query = async () => `${CONFIRM}?${new URLSearchParams(await resetLink(customer))}`
  assertAnswer(await confirm(passwords(), await query()), 200, DONE)
  const { uid, token } = await resetLink(customer)
  assertAnswer(await confirm({ uid, ...passwords() }, `${CONFIRM}?token=${token}`), 200, DONE)
  const bare = Buffer.from(Buffer.from(uid, 'base64url').toString().slice(1)).toString('base64url')
  const next = await resetLink(customer)
  assertAnswer(await confirm(passwords(), `${CONFIRM}${bare}/${next.token}`), 200, DONE)
})

test('SF-122 SF-123 SF-136 a link that is not whole, or names nobody, is told before anything else', async () => {
  const { uid, token } = await resetLink(await verified(server))
  for (const body of [{}, { uid }, { token }, { uid: '', token }, { uid: null, token: null }, { new_password1: 7 }])
    assertAnswer(await confirm(body), 400, { error: 'Missing reset parameters' })
  for (const unknown of [
    '%%%',
    'x',
    Buffer.from('u999999999').toString('base64url'),
    Buffer.from('u0').toString('base64url'),
  ])
    assertAnswer(await confirm({ uid: unknown, token }), 400, { error: 'Invalid user ID' })
})

test('SF-124 SF-125 an account that was switched off, or is not verified, keeps its password', async () => {
  const fresh = await registered(server)
  assertAnswer(await confirm({ ...(await resetLink(fresh)), ...passwords('x') }), 400, {
    error:
      'Please verify your email before resetting your password. Check your inbox for the verification link or contact support if you need assistance.',
  })
  const customer = await verified(server)
  const link = await resetLink(customer)
  await sql`update identity.accounts set disabled_at = now(), is_active = false, email_verified_at = null
    where email = ${customer.email}`.execute(server.shop.db)
  assertAnswer(await confirm({ ...link, ...passwords('x') }), 400, { error: 'User account is inactive' })
})

test('SF-126 SF-127 SF-128 SF-129 SF-135 SF-136 the passwords are looked at in this order, before the token', async () => {
  const { uid } = await resetLink(await verified(server, { username: 'ravishankar' }))
  const wrong = { uid, token: 'nonsense' }
  const required = ['This field is required.']
  const both = 'Both password fields are required'
  assertAnswer(await confirm(wrong), 400, {
    error: both,
    details: { new_password1: required, new_password2: required },
  })
  assertAnswer(await confirm({ ...wrong, new_password1: '1' }), 400, {
    error: both,
    details: { new_password2: required },
  })
  assertAnswer(await confirm({ ...wrong, new_password1: '', new_password2: '1' }), 400, {
    error: both,
    details: { new_password1: required },
  })
  assertAnswer(await confirm({ ...wrong, ...passwords('1', '2') }), 400, {
    error: 'Password confirmation does not match',
  })
  assertAnswer(await confirm({ ...wrong, ...passwords('1234567') }), 400, {
    error: 'Password validation failed',
    details: [
      'This password is too short. It must contain at least 8 characters.',
      'This password is too common.',
      'This password is entirely numeric.',
    ],
  })
  const similar = await confirm({ ...wrong, ...passwords('ravishankar1') })
  assertAnswer(similar, 400, {
    error: 'Password validation failed',
    details: ['The password is too similar to the username.'],
  })
  assertAnswer(await confirm({ ...wrong, ...passwords() }), 400, BAD_LINK)
})

test('SF-129 a token of somebody else, one that verifies, and a forged one are refused, and the link stays good', async () => {
  const customer = await verified(server)
  const verification = linkTo(server, customer.email)
  const link = await resetLink(customer)
  const other = await resetLink(await verified(server))
  for (const token of [other.token, verification.token, `${link.token.slice(0, -3)}AAA`])
    assertAnswer(await confirm({ uid: link.uid, token, ...passwords() }), 400, BAD_LINK)
  assertAnswer(await confirm({ ...link, ...passwords('1234567') }), 400, {
    error: 'Password validation failed',
    details: [
      'This password is too short. It must contain at least 8 characters.',
      'This password is too common.',
      'This password is entirely numeric.',
    ],
  })
  assertAnswer(await confirm({ ...link, ...passwords() }), 200, DONE)
})

test('SF-130 SF-136 values of the wrong type are told where their field would be looked at', async () => {
  const { uid, token } = await resetLink(await verified(server))
  const failed = 'Password reset failed'
  const text = ['Not a valid string.']
  assertAnswer(await confirm({ uid: 7, token, ...passwords() }), 400, { error: failed, details: { uid: text } })
  assertAnswer(await confirm({ uid, token: {}, new_password1: 7 }), 400, { error: failed, details: { token: text } })
  assertAnswer(await confirm({ uid, token, new_password1: 7, new_password2: [] }), 400, {
    error: failed,
    details: { new_password1: text, new_password2: text },
  })
  assertAnswer(await confirm({ uid: 'x', token, new_password1: 7 }), 400, { error: 'Invalid user ID' })
})

test('SF-131 SF-138 the third request of a minute from one address is refused; what was counted is cleaned up', async () => {
  const link = await resetLink(await verified(server))
  const ip = '198.51.100.9'
  const called = []
  for (const body of [{}, link, { ...link, ...passwords() }]) called.push(await confirm(body, CONFIRM, ip))
  assert.deepEqual(
    called.map(({ status }) => status),
    [400, 400, 429],
  )
  assert.deepEqual(called[2]!.body, { error: 'Rate limit exceeded. Please try again later.' })
  assert.ok(Number(called[2]!.headers['retry-after']) <= 60)
  server.shop.pass(61_000)
  await inTransaction(server.shop.db, (tx) => purgeLimits(tx, server.shop.now()))
  const { rows } = await sql`select from platform.limits where key like ${`%${ip}`}`.execute(server.shop.db)
  assert.equal(rows.length, 0)
  assertAnswer(await confirm({ ...link, ...passwords() }, CONFIRM, ip), 200, DONE)
})

test('SF-132 a link is good once and for 24 hours, and a reset voids all others', async () => {
  const customer = await verified(server)
  const [first, second] = [await resetLink(customer), await resetLink(customer)]
  assert.notEqual(first.token, second.token)
  assert.match(first.token, /^[\w.~-]+$/)
  assertAnswer(await confirm({ ...first, ...passwords() }), 200, DONE)
  for (const used of [first, second]) assertAnswer(await confirm({ ...used, ...passwords() }), 400, BAD_LINK)
  const third = await resetLink(customer)
  server.shop.pass(24 * 3_600_000 + 1000)
  assertAnswer(await confirm({ ...third, ...passwords() }), 400, BAD_LINK)
})

test('SF-132 of twenty who use a link at once one succeeds, and of several links of one account as well', async () => {
  const customer = await verified(server)
  const links = [await resetLink(customer), await resetLink(customer)]
  const called = await Promise.all(
    Array.from({ length: 20 }, (_, n) => confirm({ ...links[n % 2], ...passwords(`Fresh-Harbour-${n}x`) })),
  )
  assert.deepEqual(called.map(({ status }) => status).sort(), [200, ...Array(19).fill(400)])
  const winner = called.findIndex(({ status }) => status === 200)
  assert.equal((await logIn(server, customer.username, `Fresh-Harbour-${winner}x`)).status, 200)
})

test('NX-051 SF-133 a reset lifts the lock of too many failures', async () => {
  const customer = await verified(server)
  for (let n = 0; n < 5; n += 1) await logIn(server, customer.username, 'wrong')
  assert.equal((await logIn(server, customer.username, customer.password)).status, 429)
  assertAnswer(await confirm({ ...(await resetLink(customer)), ...passwords() }), 200, DONE)
  assert.equal((await logIn(server, customer.username, FRESH)).status, 200)
})
