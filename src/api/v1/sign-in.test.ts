/** Sign-in through HTTP. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { decodeJwt } from 'jose'
import { sql } from 'kysely'
import { emailName, signIn as signInOn } from '#commerce/identity'
import { signedUp } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

const MINUTE_MS = 60_000
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())
/** Each test begins with limits that nobody used. */
beforeEach(() => server.shop.pass(16 * MINUTE_MS))

const signIn = (email: unknown, password: unknown, ip = '203.0.113.1', more: object = {}) =>
  server.call('POST', '/api/v1/auth/login/', {
    body: { email, password, ...more },
    headers: { 'x-forwarded-for': ip, 'user-agent': CHROME },
  })
const sessionsOf = (token: string) => server.call('GET', '/api/v1/auth/sessions/', { token })

const WRONG = { non_field_errors: ['Invalid email or password.'] }
const LIMITED = { detail: 'Too many failed login attempts. Please try again later.' }

function assertAnswer(called: Called, status: number, body: object) {
  assert.deepEqual([called.status, called.body], [status, body])
}
const statusesOf = (called: Called[]) => called.map(({ status }) => status)

test('V1-070 V1-071 V1-080 sign-in answers tokens of 15 minutes and 7 days and the user, and opens a session', async () => {
  const { email, password, accountId } = await signedUp(server)
  const called = await signIn(` ${email.toUpperCase()} `, password)
  assert.equal(called.status, 200)
  assert.ok(called.statements <= 8, `${called.statements} statements`)
  assert.deepEqual(Object.keys(called.body), ['access', 'refresh', 'user'])
  assert.equal(called.body.user.id, accountId)
  for (const [token, type, lifetimeS] of [
    [called.body.access, 'access', 900],
    [called.body.refresh, 'refresh', 604_800],
  ] as const) {
    const { exp, iat, sub, jti, sid, token_type, surface } = decodeJwt(token)
    assert.deepEqual([exp! - iat!, sub, token_type, surface], [lifetimeS, String(accountId), type, 'v1'])
    assert.ok(jti && sid)
  }
  const [session] = (await sessionsOf(called.body.access)).body
  assert.equal(session.device_info, 'Chrome 142 on Windows')
  assert.equal(session.ip_address, '203.0.113.1')
})

test('V1-072 a wrong password and an unknown e-mail look the same', async () => {
  const { email } = await signedUp(server)
  assertAnswer(await signIn(email, 'WrongPass123!'), 400, WRONG)
  assertAnswer(await signIn('nobody@example.com', 'WrongPass123!'), 400, WRONG)
  assertAnswer(await signIn('x'.repeat(5000), 'y'.repeat(5000)), 400, WRONG)
})

test('V1-073 an unverified user with the right password is told so, with a wrong one not', async () => {
  const { email, password, accountId } = await signedUp(server)
  await sql`update identity.accounts set is_active = false where id = ${accountId}`.execute(server.shop.db)
  assertAnswer(await signIn(email, 'WrongPass123!'), 400, WRONG)
  for (let n = 0; n < 6; n += 1) {
    const called = await signIn(email, password)
    assertAnswer(called, 400, { non_field_errors: ['User account is not active. Please verify your email.'] })
  }
})

test('V1-074 without e-mail or password it is no attempt, and does not count', async () => {
  const bodies = [
    {},
    { email: 'a@example.com' },
    { password: 'x' },
    { email: '', password: '' },
    { email: null, password: 5 },
  ]
  const before = (await attempts()).length
  for (const body of [...bodies, ...bodies]) {
    const called = await server.call('POST', '/api/v1/auth/login/', { body })
    assertAnswer(called, 400, { non_field_errors: ['Must include email and password.'] })
  }
  assert.equal((await attempts()).length, before)
})

test('V1-075 V1-077 V1-078 of one address five failures answer 400, the sixth 429; what is blocked does not prolong it', async () => {
  const { email, password } = await signedUp(server)
  const called: Called[] = []
  for (let n = 0; n < 6; n += 1) called.push(await signIn('nobody@example.com', 'WrongPass123!', '198.51.100.7'))
  assert.deepEqual(statusesOf(called), [400, 400, 400, 400, 400, 429])
  assertAnswer(called[5]!, 429, LIMITED)
  assert.ok(Number(called[5]!.headers['retry-after']) > 890, String(called[5]!.headers['retry-after']))
  server.shop.pass(14 * MINUTE_MS)
  assert.equal((await signIn(email, password, '198.51.100.7')).status, 429)
  assert.equal((await signIn(email, password, '198.51.100.8')).status, 200, 'other addresses are free')
  server.shop.pass(MINUTE_MS)
  assert.equal((await signIn(email, password, '198.51.100.7')).status, 200)
})

test('V1-076 three failures of one user from whatever addresses block the fourth attempt, even a right one', async () => {
  const { email, password } = await signedUp(server)
  for (const ip of ['198.51.100.1', '198.51.100.2', '198.51.100.3'])
    assertAnswer(await signIn(email, 'WrongPass1!', ip), 400, WRONG)
  for (let n = 0; n < 2; n += 1) assertAnswer(await signIn(email, password, '198.51.100.4'), 429, LIMITED)
  const other = await signedUp(server)
  for (let n = 0; n < 3; n += 1) assert.equal((await signIn(other.email, 'WrongPass1!', '198.51.100.4')).status, 400)
  assert.equal(
    (await signIn('nobody@example.com', 'x', '198.51.100.4')).status,
    400,
    'the blocked tries were not counted for the address',
  )
  server.shop.pass(15 * MINUTE_MS)
  assert.equal((await signIn(email, password, '198.51.100.4')).status, 200)
})

test('V1-078 a success clears the failures of the user, not those of the address', async () => {
  const { email, password } = await signedUp(server)
  for (let round = 0; round < 2; round += 1) {
    for (let n = 0; n < 2; n += 1) assertAnswer(await signIn(email, 'WrongPass1!', '198.51.100.9'), 400, WRONG)
    assert.equal((await signIn(email, password, '198.51.100.9')).status, 200)
  }
  assert.equal((await signIn('nobody@example.com', 'x', '198.51.100.9')).status, 400)
  assert.equal((await signIn(email, password, '198.51.100.9')).status, 429)
})

test('V1-075 ASVS 6.3.1 of fifty wrong sign-ins at once five are let through', async () => {
  const called = await Promise.all(Array.from({ length: 50 }, () => signIn('nobody@example.com', 'x', '198.51.100.20')))
  assert.equal(statusesOf(called).filter((status) => status === 400).length, 5)
  assert.equal(statusesOf(called).filter((status) => status === 429).length, 45)
})

test('V1-075 V1-083 twenty right sign-ins of one user at once all get in, and five sessions stay', async () => {
  const { email, password } = await signedUp(server)
  const called = await Promise.all(Array.from({ length: 20 }, () => signIn(email, password, '198.51.100.21')))
  assert.deepEqual(statusesOf(called), Array(20).fill(200))
  const usable = await Promise.all(called.map(({ body }) => sessionsOf(body.access)))
  assert.equal(statusesOf(usable).filter((status) => status === 200).length, 5)
})

test('V1-083 the sixth session ends the oldest; V1-024 those of other surfaces are not counted', async () => {
  const { email, password, access } = await signedUp(server)
  const opened = []
  for (let n = 0; n < 5; n += 1) {
    server.shop.pass(1000)
    opened.push((await signIn(email, password)).body.access)
  }
  assert.equal((await sessionsOf(access)).status, 401)
  assert.equal((await sessionsOf(opened[0])).body.length, 5)
  const shopper = await signedUp(server, { surface: 'nexus' })
  const device = { ip: '203.0.113.1', userAgent: '' }
  for (let n = 0; n < 5; n += 1)
    await signInOn(
      server.shop,
      { name: emailName(shopper.email), password: shopper.password },
      { surface: 'nexus', device },
    )
  for (let n = 0; n < 5; n += 1) await signIn(shopper.email, shopper.password)
  assert.equal((await sessionsOf(shopper.access)).body.length, 11)
})

test('V1-079 every attempt is logged with its reason', async () => {
  const { email, password, accountId } = await signedUp(server)
  const before = (await attempts()).length
  await signIn(email, password, '192.0.2.1')
  for (let n = 0; n < 4; n += 1) await signIn(email, 'WrongPass1!', '192.0.2.1')
  await signIn('Nobody@example.com', 'x', '192.0.2.2')
  const one = { accountId, identifier: email, ipAddress: '192.0.2.1', userAgent: CHROME }
  const failed = { ...one, succeeded: false, failureReason: 'invalid_credentials' }
  assert.deepEqual((await attempts()).slice(before), [
    { ...one, succeeded: true, failureReason: null },
    failed,
    failed,
    failed,
    { ...failed, failureReason: 'rate_limited' },
    { ...failed, accountId: null, identifier: 'nobody@example.com', ipAddress: '192.0.2.2' },
  ])
})

async function attempts() {
  const { rows } = await sql`select account_id, identifier, ip_address, user_agent, succeeded, failure_reason
    from identity.security_attempts where attempt_type = 'login' order by id`.execute(server.shop.db)
  return rows
}

test('V1-086 the cart of a guest comes along, by body or by header', async () => {
  const { email, password } = await signedUp(server)
  const product = await stockedProduct(server)
  const guest = () => server.call('POST', '/api/v1/cart/items/', { body: { product_id: product.id, quantity: 2 } })
  const byBody = await signIn(email, password, '192.0.2.4', { cart_token: (await guest()).body.cart_token })
  const byHeader = await server.call('POST', '/api/v1/auth/login/', {
    body: { email, password },
    headers: { 'x-cart-token': (await guest()).body.cart_token },
  })
  assert.deepEqual([byBody.status, byHeader.status], [200, 200])
  const { body: cart } = await server.call('GET', '/api/v1/cart/', { token: byHeader.body.access })
  assert.deepEqual([cart.items.length, cart.item_count], [1, 4])
})

test('V1-086 a cart token that is none does not keep anybody from signing in', async () => {
  const { email, password } = await signedUp(server)
  for (const cart_token of ['nonsense', 5, '', null])
    assert.equal((await signIn(email, password, '192.0.2.3', { cart_token })).status, 200)
})
