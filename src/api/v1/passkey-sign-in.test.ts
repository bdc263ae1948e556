/** Signing in by a passkey, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import { type Mischief, makeAuthenticator } from '../../../test/authenticator.ts'
import {
  addPasskey,
  creationOptions,
  freshAddress,
  PASSKEYS,
  requestOptions,
  show,
  signInBy,
  withPasskey,
} from '../../../test/passkeys.ts'
import { stockedProduct } from '../../../test/products.ts'
import { guarded } from '../../../test/second-factors.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const MINUTE_MS = 60_000
const NOT_ACCEPTED = { detail: 'Passkey not accepted.', code: 'passkey_not_accepted' }

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true', CORS_ALLOWED_ORIGINS: 'https://app.example.com' })
})
after(() => server.close())

type Noted = { attemptType: string; accountId: number | null; identifier: string | null; failureReason: string | null }
/** The last attempt that was noted of an address. */
async function notedOf(ip: string) {
  const { rows } = await sql<Noted>`
    select attempt_type, account_id, identifier, failure_reason from identity.security_attempts
    where ip_address = ${ip} order by id desc limit 1`.execute(server.shop.db)
  return rows[0]!
}

test('Passkey ASVS 6.3.8 who would sign in is asked for whatever passkey his device has; nobody is named', async () => {
  await withPasskey(server)
  const called = await server.call('POST', `${PASSKEYS}sign-in/options/`)
  const { challenge, ...options } = called.body
  assert.deepEqual(
    [called.status, options],
    [200, { rpId: 'localhost', allowCredentials: [], timeout: 300_000, userVerification: 'required' }],
  )
  assert.notEqual(challenge, (await requestOptions(server)).challenge)
})

test('Passkey its owner is let in and gets what every sign-in answers', async () => {
  const { user, device } = await withPasskey(server)
  const ip = freshAddress()
  const called = await signInBy(server, device, {}, ip)
  assert.equal(called.status, 200)
  assert.ok(called.statements <= 10, `${called.statements} statements`)
  assert.deepEqual(Object.keys(called.body), ['access', 'refresh', 'user'])
  assert.deepEqual([called.body.user.id, called.body.user.email], [user.accountId, user.email])
  const { access } = called.body
  const [passkey] = (await server.call('GET', PASSKEYS, { token: access })).body
  assert.ok(Math.abs(Date.parse(passkey.last_used_at) - server.shop.now().getTime()) < MINUTE_MS)
  assert.deepEqual(await notedOf(ip), {
    attemptType: 'login',
    accountId: user.accountId,
    identifier: user.email,
    failureReason: null,
  })
})

test('Passkey one that does not count lets in time and again, from any page that may call', async () => {
  const { device } = await withPasskey(server, makeAuthenticator({ counts: false }))
  for (const origin of ['http://localhost:3000', 'https://app.example.com']) {
    assert.equal((await signInBy(server, device, { origin })).status, 200)
  }
})

test('Passkey ASVS 6.3.3 it is two factors by itself: no code is asked for', async () => {
  const { user } = await guarded(server.shop)
  const device = makeAuthenticator()
  assert.equal((await addPasskey(server, user, device)).status, 201)
  assert.equal((await signInBy(server, device)).status, 200)
})

const mischiefs: [what: string, mischief: Mischief][] = [
  ['a challenge that we did not give', { challenge: 'b3RoZXI' }],
  ['a challenge that is none', { challenge: '\0' }],
  ['another origin', { origin: 'https://evil.example.com' }],
  ['another host', { rpId: 'evil.example.com' }],
  ['a frame', { crossOrigin: true }],
  ['no PIN', { isVerified: false }],
  ['a bad signature', { signature: 'bm8' }],
  ['the handle of somebody else', { userHandle: 'bm9ib2R5' }],
]
for (const [what, mischief] of mischiefs) {
  test(`Passkey ASVS 6.3.8 6.5.1 ${what} is refused as all else is`, async () => {
    const { user, device } = await withPasskey(server)
    const ip = freshAddress()
    const called = await signInBy(server, device, mischief, ip)
    assert.deepEqual([called.status, called.body], [401, NOT_ACCEPTED])
    assert.deepEqual(await notedOf(ip), {
      attemptType: 'login',
      accountId: user.accountId,
      identifier: user.email,
      failureReason: 'passkey_rejected',
    })
    assert.equal((await signInBy(server, device)).status, 200, 'the right one still lets in')
  })
}

test('Passkey ASVS 6.3.8 an unknown one, and that of an account that is switched off, are refused alike', async () => {
  const unknown = makeAuthenticator()
  unknown.create(await creationOptions(server, await signedUp(server)))
  const { user, device } = await withPasskey(server)
  await sql`update identity.accounts set is_active = false, disabled_at = now() where id = ${user.accountId}`.execute(
    server.shop.db,
  )
  const ips = [freshAddress(), freshAddress()] as const
  const called = [await signInBy(server, unknown, {}, ips[0]), await signInBy(server, device, {}, ips[1])]
  for (const { status, body } of called) assert.deepEqual([status, body], [401, NOT_ACCEPTED])
  const noted = [await notedOf(ips[0]), await notedOf(ips[1])]
  assert.deepEqual(
    noted.map(({ accountId, failureReason }) => [accountId, failureReason]),
    [
      [null, 'passkey_rejected'],
      [user.accountId, 'inactive_account'],
    ],
  )
})

test('Passkey the key of one does not sign for another', async () => {
  const [mine, yours] = [await withPasskey(server), await withPasskey(server)]
  const options = await requestOptions(server)
  const { id, rawId } = yours.device.show(options)
  assert.equal((await show(server, { ...mine.device.show(options), id, rawId })).status, 401)
})

test('Passkey one that counts backwards, or not at all any more, was copied: it is refused, and noted as that', async () => {
  const { device } = await withPasskey(server)
  assert.equal((await signInBy(server, device, { signCount: 50 })).status, 200)
  for (const signCount of [49, 50, 0]) {
    const ip = freshAddress()
    const called = await signInBy(server, device, { signCount }, ip)
    assert.deepEqual([called.status, called.body], [401, NOT_ACCEPTED])
    assert.equal((await notedOf(ip)).failureReason, 'passkey_cloned')
  }
  const ip = freshAddress()
  await signInBy(server, device, { signCount: 1, signature: 'bm8' }, ip)
  assert.equal((await notedOf(ip)).failureReason, 'passkey_rejected')
  assert.equal((await signInBy(server, device, { signCount: 51 })).status, 200)
})

test('Passkey ASVS 6.5.1 a challenge that is answered twenty times at once lets in once', async () => {
  const { user, device } = await withPasskey(server, makeAuthenticator({ counts: false }))
  const shown = device.show(await requestOptions(server))
  const called = await Promise.all(Array.from({ length: 20 }, () => show(server, shown)))
  assert.deepEqual(called.map(({ status }) => status).sort(), [200, ...Array.from({ length: 19 }, () => 401)])
  const { rows } = await sql`select from identity.sessions where account_id = ${user.accountId}`.execute(server.shop.db)
  assert.equal(rows.length, 2, 'the one of before, and one more')
})

test('Passkey ASVS 6.5.1 a wrong answer has used the challenge up; that of a new passkey is none to sign in by', async () => {
  const { user, device } = await withPasskey(server)
  const options = await requestOptions(server)
  assert.equal((await show(server, device.show(options, { isVerified: false }))).status, 401)
  assert.equal((await show(server, device.show(options))).status, 401)
  const { challenge, rp } = await creationOptions(server, user)
  assert.equal((await show(server, device.show({ challenge, rpId: rp.id }))).status, 401)
})

test('Passkey ASVS 6.5.5 a challenge lives five minutes', async () => {
  const { device } = await withPasskey(server)
  const [early, late] = [await requestOptions(server), await requestOptions(server)]
  server.shop.pass(5 * MINUTE_MS - 10_000)
  assert.equal((await show(server, device.show(early))).status, 200)
  server.shop.pass(10_000)
  assert.equal((await show(server, device.show(late))).status, 401)
})

test('Passkey ASVS 6.3.1 of fifteen wrong ones at once from an address ten are looked at; right ones do not count', async () => {
  const [wrong, { device }] = [makeAuthenticator(), await withPasskey(server, makeAuthenticator({ counts: false }))]
  const ip = freshAddress()
  const options = await Promise.all(Array.from({ length: 27 }, () => requestOptions(server)))
  const right = await Promise.all(options.slice(0, 11).map((asked) => show(server, device.show(asked), ip)))
  assert.deepEqual(new Set(right.map(({ status }) => status)), new Set([200]))
  const called = await Promise.all(options.slice(11, 26).map((asked) => show(server, wrong.show(asked), ip)))
  const statuses = called.map(({ status }) => status)
  assert.deepEqual(
    [statuses.filter((one) => one === 401).length, statuses.filter((one) => one === 429).length],
    [10, 5],
  )
  const refused = await show(server, device.show(options[26]), ip)
  assert.deepEqual(
    [refused.status, refused.body],
    [429, { detail: 'Too many failed login attempts. Please try again later.' }],
  )
  assert.ok(Number(refused.headers['retry-after']) > 880)
  assert.equal((await notedOf(ip)).failureReason, 'rate_limited')
  server.shop.pass(15 * MINUTE_MS)
  assert.equal((await signInBy(server, device, {}, ip)).status, 200)
})

test('Passkey ASVS 6.3.1 the thirty-first wish for a challenge of an address within 15 minutes is refused', async () => {
  const headers = { 'x-forwarded-for': freshAddress() }
  const ask = () => server.call('POST', `${PASSKEYS}sign-in/options/`, { headers })
  const called = await Promise.all(Array.from({ length: 32 }, ask))
  assert.equal(called.filter(({ status }) => status === 200).length, 30)
  const refused = called.find(({ status }) => status === 429)!
  assert.deepEqual(refused.body, { detail: 'Too many sign-in attempts. Please try again later.' })
  server.shop.pass(15 * MINUTE_MS)
  assert.equal((await ask()).status, 200)
})

test('Passkey ASVS 6.1.1 a lock that wrong passwords brought about lets its owner in, and is lifted', async () => {
  const { user, device } = await withPasskey(server)
  const byPassword = (password: string) =>
    server.call('POST', '/api/v1/auth/login/', {
      body: { email: user.email, password },
      headers: { 'x-forwarded-for': freshAddress() },
    })
  for (let n = 0; n < 4; n += 1) await byPassword('wrong')
  assert.equal((await byPassword(user.password)).status, 429)
  assert.equal((await signInBy(server, device)).status, 200)
  assert.equal((await byPassword(user.password)).status, 200)
})

test('Passkey V1-086 the cart of a guest comes along', async () => {
  const { device } = await withPasskey(server)
  const product = await stockedProduct(server)
  const guest = await server.call('POST', '/api/v1/cart/items/', { body: { product_id: product.id, quantity: 2 } })
  const shown = device.show(await requestOptions(server))
  const { body } = await show(server, shown, freshAddress(), { cart_token: guest.body.cart_token })
  assert.equal((await server.call('GET', '/api/v1/cart/', { token: body.access })).body.item_count, 2)
  const again = device.show(await requestOptions(server))
  const called = await show(server, again, freshAddress(), { cart_token: 5 })
  assert.equal(called.status, 200, 'a token that is none keeps nobody out')
})

test('Passkey what is no credential is told by its field', async () => {
  const called = await show(server, { id: 'a', rawId: 'a', type: 'password', response: {} })
  assert.deepEqual([called.status, Object.keys(called.body)], [400, ['credential']])
})
