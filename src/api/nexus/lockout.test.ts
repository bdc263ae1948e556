/** Locks and alerts, through HTTP (section 4 of the document). */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type Overrides, type SignedUp, signedUp } from '../../../test/accounts.ts'
import { mailedCode } from '../../../test/mailed-codes.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const PARIS = { country: 'FR', region: 'Ile-de-France', city: 'Paris', label: 'Paris, FR' }
const LYON = { ...PARIS, region: 'Rhone', city: 'Lyon', label: 'Lyon, FR' }

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())
/** Each test begins with limits that nobody used. */
beforeEach(async () => {
  server.shop.pass(61 * MINUTE_MS)
  server.shop.places.clear()
  await server.shop.runJobs()
  server.shop.letters.length = 0
})

const signIn = (email: string, password: string, ip = '203.0.113.1', url = '/api/auth/login/') =>
  server.call('POST', url, { body: { email, password }, headers: { 'x-forwarded-for': ip } })
const onV1 = (email: string, password: string, ip?: string) => signIn(email, password, ip, '/api/v1/auth/login/')
const fail = async (email: string, times: number) => {
  for (let n = 0; n < times; n += 1) assertAnswer(await signIn(email, 'WrongPass1!', `198.51.100.${n}`), 401, WRONG)
}
const joined = (overrides: Overrides = {}): Promise<SignedUp> => signedUp(server, { surface: 'nexus', ...overrides })

async function claimsOf({ access }: SignedUp) {
  await server.shop.runJobs()
  return (await server.call('GET', '/api/auth/security-claims/', { token: access })).body
}
const typesOf = (claims: { claim_type: string }[]) => claims.map(({ claim_type }) => claim_type)
const alertsTo = ({ email }: SignedUp) => server.shop.letters.filter(({ to }) => to === email)

const WRONG = { detail: 'Invalid email or password.', code: 'invalid_credentials' }
const LOCKED = {
  detail: 'Account temporarily locked due to too many failed login attempts. Try again later.',
  code: 'account_locked',
}
const LIMITED_ON_V1 = { detail: 'Too many failed login attempts. Please try again later.' }

function assertAnswer(called: Called, status: number, body: object) {
  assert.deepEqual([called.status, called.body], [status, body])
}

test('NX-050 five failures lock for 15 minutes, from whatever addresses; what comes meanwhile does not prolong it', async () => {
  const { email, password } = await joined()
  await fail(email, 5)
  const locked = await signIn(email, password, '203.0.113.9')
  assertAnswer(locked, 429, LOCKED)
  assert.ok(Number(locked.headers['retry-after']) > 890 && Number(locked.headers['retry-after']) <= 900)
  server.shop.pass(14 * MINUTE_MS)
  const late = await signIn(email, password)
  assertAnswer(late, 429, LOCKED)
  assert.ok(Number(late.headers['retry-after']) <= 60)
  server.shop.pass(MINUTE_MS + 1000)
  await fail(email, 1)
  assert.equal((await signIn(email, password)).status, 200)
})

test('NX-050 NX-051 the lock lasts its whole time, though the first failure leaves the window before', async () => {
  const { email, password } = await joined()
  await fail(email, 1)
  server.shop.pass(14 * MINUTE_MS)
  await fail(email, 4)
  server.shop.pass(14 * MINUTE_MS)
  assertAnswer(await signIn(email, password), 429, LOCKED)
})

test('NX-050 ASVS 6.3.1 of fifty wrong sign-ins at once five are let through', async () => {
  const { email } = await joined()
  for (const name of [email, 'never-there@example.com']) {
    const tries = Array.from({ length: 50 }, (_, n) => signIn(name, 'WrongPass1!', `198.51.100.${n}`))
    const called = await Promise.all(tries)
    const statuses = called.map(({ status }) => status)
    assert.deepEqual(statuses.sort(), [...Array(5).fill(401), ...Array(45).fill(429)], name)
    for (const { status, body } of called) assert.deepEqual(body, status === 401 ? WRONG : LOCKED)
  }
})

test('NX-051 an address that nobody has is locked alike; what is no address is not counted', async () => {
  for (let n = 0; n < 5; n += 1) assertAnswer(await signIn('nobody@example.com', 'x'), 401, WRONG)
  assertAnswer(await signIn('Nobody@Example.com', 'x'), 429, LOCKED)
  for (let n = 0; n < 7; n += 1) assertAnswer(await signIn('nobody at all', 'x'), 401, WRONG)
})

test('NX-050 V1-025 a lock holds on v1 too, also for an address that nobody has', async () => {
  const { email, password } = await joined()
  await fail(email, 5)
  await fail('ghost@example.com', 5)
  for (const [name, ip] of [
    [email, '203.0.113.20'],
    ['ghost@example.com', '203.0.113.21'],
  ] as const) {
    const called = await onV1(name, password, ip)
    assertAnswer(called, 429, LIMITED_ON_V1)
    assert.ok(Number(called.headers['retry-after']) > 800)
  }
})

test('NX-051 V1-025 failures on v1 count here', async () => {
  const { email, password } = await joined()
  for (let n = 0; n < 3; n += 1) assert.equal((await onV1(email, 'WrongPass1!', `203.0.113.3${n}`)).status, 400)
  await fail(email, 2)
  assertAnswer(await signIn(email, password), 429, LOCKED)
})

test('NX-051 a success clears the count', async () => {
  const { email, password } = await joined()
  for (let round = 0; round < 3; round += 1) {
    await fail(email, 4)
    assert.equal((await signIn(email, password)).status, 200)
  }
})

test('NX-051 a completed password reset lifts the lock', async () => {
  const { email, password } = await joined()
  await fail(email, 5)
  await server.shop.runJobs()
  await server.call('POST', '/api/auth/password-reset/', { body: { email } })
  const body = { email, otp: await mailedCode(server, email), new_password: password, new_password_confirm: password }
  assert.equal((await server.call('POST', '/api/auth/password-reset/confirm/', { body })).status, 200)
  assert.equal((await signIn(email, password)).status, 200)
})

test('NX-052 NX-055 NX-145 three failures raise one claim, a lock another with an alert by mail', async () => {
  const user = await joined()
  await fail(user.email, 2)
  assert.deepEqual(await claimsOf(user), [])
  await fail(user.email, 1)
  const [several] = await claimsOf(user)
  assert.deepEqual([several.claim_type, several.severity], ['multiple_failed_attempts', 'low'])
  assert.equal(alertsTo(user).length, 0)
  await fail(user.email, 2)
  const claims = await claimsOf(user)
  assert.deepEqual(typesOf(claims), ['account_lockout', 'multiple_failed_attempts'])
  assert.equal(claims[0].severity, 'high')
  assert.deepEqual(
    alertsTo(user).map(({ subject }) => subject),
    ['Your account was locked for a while'],
  )
  assert.equal((await signIn(user.email, 'x')).status, 429)
  assert.equal((await claimsOf(user)).length, 2)
})

test('NX-055 several failures are told at most once an hour', async () => {
  const user = await joined()
  const counts: number[] = []
  for (const minutes of [0, 20, 45]) {
    server.shop.pass(minutes * MINUTE_MS)
    await fail(user.email, 3)
    const { body } = await signIn(user.email, user.password)
    const claims = await claimsOf({ ...user, access: body.access })
    counts.push(typesOf(claims).filter((type) => type === 'multiple_failed_attempts').length)
  }
  assert.deepEqual(counts, [1, 1, 2])
})

test('NX-052 NX-055 failures at other accounts from the same address are not held against one', async () => {
  const [one, another] = [await joined(), await joined()]
  const ip = '203.0.113.40'
  for (let n = 0; n < 2; n += 1) assert.equal((await onV1(one.email, 'WrongPass1!', ip)).status, 400)
  for (let n = 0; n < 3; n += 1) assert.equal((await onV1(another.email, 'WrongPass1!', ip)).status, 400)
  assert.deepEqual(await claimsOf(one), [])
  assert.deepEqual(typesOf(await claimsOf(another)), ['multiple_failed_attempts'])
})

test('NX-053 NX-148 NX-159 a sign-in from another country or region is told by a claim and by mail, once', async () => {
  const user = await joined()
  const { places } = server.shop
  places.set('198.51.100.1', PARIS)
  places.set('198.51.100.2', LYON)
  places.set('192.0.2.1', { ...PARIS, city: 'Versailles', label: 'Versailles, FR' })
  for (const ip of ['198.51.100.1', '192.0.2.1'])
    assert.equal((await signIn(user.email, user.password, ip)).status, 200)
  assert.deepEqual(await claimsOf(user), [], 'neither the first one, nor one from the same region')
  assert.equal((await signIn(user.email, user.password, '198.51.100.2')).status, 200)
  const claims = await claimsOf(user)
  assert.deepEqual(typesOf(claims), ['unusual_location'])
  assert.deepEqual(
    [claims[0].location, claims[0].ip_address, claims[0].severity, claims[0].is_resolved],
    ['Lyon, FR', '198.51.100.2', 'medium', false],
  )
  assert.deepEqual(
    alertsTo(user).map(({ subject }) => subject),
    ['Sign-in from an unusual location'],
  )
  assert.equal((await signIn(user.email, user.password, '198.51.100.2')).status, 200)
  assert.equal((await claimsOf(user)).length, 1)
  server.shop.pass(91 * DAY_MS)
  const later = await signIn(user.email, user.password, '203.0.113.1')
  assert.equal((await claimsOf({ ...user, access: later.body.access })).length, 1, 'what was long ago is forgotten')
})

test('NX-053 where a place is unknown the network decides', async () => {
  const user = await joined()
  for (const ip of ['203.0.113.1', '203.0.200.7', '2001:db8:7::1', '2001:db8:7:9::2'])
    assert.equal((await signIn(user.email, user.password, ip)).status, 200)
  const claims = await claimsOf(user)
  assert.deepEqual([typesOf(claims), claims[0].ip_address], [['unusual_location'], '2001:db8:7::1'])
})

test('NX-054 NX-034 a provider that fails keeps nobody out', async () => {
  const user = await joined()
  const { locate } = server.shop.locator
  server.shop.locator.locate = () => Promise.reject(new Error('no answer'))
  const called = await signIn(user.email, user.password)
  assert.equal(called.status, 200)
  await server.shop.runJobs().catch(() => undefined)
  server.shop.locator.locate = locate
})
