/** How sessions begin and end, whatever they began with; and what a stolen access token is good for. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { decodeJwt } from 'jose'
import { type SignedUp, signedUp } from '../accounts.ts'
import { makeAuthenticator } from '../authenticator.ts'
import { type GoogleDouble, openGoogleDouble, somebody } from '../google.ts'
import { loggedIn } from '../marketplace.ts'
import { addPasskey, withPasskey } from '../passkeys.ts'
import { openTestServer, type TestServer } from '../server.ts'
import { doorsOf, knock, named, someAddress, tokensOf } from './doors.ts'

const DAY_MS = 86_400_000

let double: GoogleDouble
let server: TestServer
before(async () => {
  double = await openGoogleDouble()
  server = await openTestServer({ ...double.settings, TRUST_PROXY: 'true' })
})
after(async () => {
  await server.close()
  await double.close()
})
beforeEach(() => server.shop.pass(3_600_000))

const post = (path: string, body: object, token?: string) =>
  server.call('POST', path, { body, headers: someAddress(), ...(token ? { token } : {}) })
const refresh = (token: string) => post('/api/v1/auth/refresh/', { refresh: token })
const me = async (token: string) => (await server.call('GET', '/api/v1/users/me/', { token })).status
const comeByGoogle = async () => (await post('/api/auth/google/', { id_token: await double.idToken(somebody()) })).body

/** Refreshes every six days; returns after how many days it was over. */
async function daysOf(first: string): Promise<number> {
  let token = first
  for (let days = 6; days < 200; days += 6) {
    server.shop.pass(6 * DAY_MS)
    const called = await refresh(token)
    if (called.status !== 200) return days
    token = called.body.refresh
  }
  return assert.fail('it never ended')
}

test('ASVS 7.2.4 each sign-in has a session of its own, whatever token came with the request', async () => {
  const user = await named(server)
  for (const door of doorsOf(user)) {
    const first = tokensOf(await knock(server, door, user.password)).access!
    const second = tokensOf(await knock(server, door, user.password, first)).access!
    const [one, other] = [decodeJwt(first), decodeJwt(second)]
    assert.notEqual(one.sid, other.sid, door.where)
    assert.notEqual(one.jti, other.jti, door.where)
  }
})

test('ASVS 7.3.2 a session that is used every day ends all the same, after 90 days', async () => {
  for (const surface of ['v1', 'nexus', 'marketplace'] as const)
    assert.equal(await daysOf((await signedUp(server, { surface })).refresh), 90, surface)
})

test('ASVS 7.1.3 7.6.1 a session that began with Google lives and ends by our rules', async () => {
  const { access, refresh: token } = await comeByGoogle()
  const { body: listed } = await server.call('GET', '/api/v1/auth/sessions/', { token: access })
  assert.equal(listed.length, 1)
  assert.equal((await post('/api/auth/logout/', { refresh: token }, access)).status < 300, true)
  assert.deepEqual([await me(access), (await refresh(token)).status], [401, 401])
  assert.equal(await daysOf((await comeByGoogle()).refresh), 90)
  const idle = await comeByGoogle()
  server.shop.pass(31 * DAY_MS)
  assert.equal((await refresh(idle.refresh)).status, 401)
})

test('ASVS 7.5.1 a stolen access token takes no factor off, and opens no way in by another address or phone', async () => {
  const { user, id } = await withPasskey(server)
  const stolen = { ...user, password: 'not known to the thief' }
  assert.equal((await addPasskey(server, stolen, makeAuthenticator())).status, 400)
  const removed = await server.call('DELETE', `/api/v1/auth/passkeys/${id}/`, { token: user.access, body: {} })
  assert.equal(removed.status, 400)
  assert.equal(
    (await post('/accounts/2fa/disable/', { password: 'wrong', code: '123456' }, user.access)).status >= 400,
    true,
  )
  const phone = '+15550109999'
  await server.call('PATCH', '/api/v1/users/me/', { token: user.access, body: { phone } })
  await post('/accounts/forgot-password/', { phone })
  const customer = await loggedIn(server)
  const email = 'thief@example.com'
  const changed = await server.call('PATCH', '/accounts/profile/', { token: customer.access, body: { email } })
  assert.equal(changed.status, 200, JSON.stringify(changed.body))
  await server.shop.runJobs()
  const before = server.shop.letters.filter(({ to }) => to === email).length
  await post('/api/v1/auth/password-reset/', { email })
  await post('/api/auth/password-reset/', { email })
  await post('/api/users/password-reset/', { email })
  await server.shop.runJobs()
  assert.equal(server.shop.letters.filter(({ to }) => to === email).length, before, 'nothing resets by it')
  assert.deepEqual(
    server.shop.texts.filter(({ to }) => to === phone),
    [],
  )
})

test('ASVS 7.4.3 after a passkey was added the other sessions stay, and can be ended', async () => {
  const user = await signedUp(server)
  const other = tokensOf(await knock(server, doorsOf(await named(server, user))[0]!, user.password)).access!
  assert.equal((await addPasskey(server, user as SignedUp, makeAuthenticator())).status, 201)
  assert.equal(await me(other), 200)
  assert.equal((await post('/api/v1/auth/sessions/deactivate-all/', {}, user.access)).status, 200)
  assert.deepEqual([await me(other), await me(user.access)], [401, 200])
})
