/** The history of sign-ins on nexus, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())

const AGENT = 'Mozilla/5.0 (test)'
const signIn = (email: string, password: string, ip: string, url = '/api/auth/login/') =>
  server.call('POST', url, { body: { email, password }, headers: { 'x-forwarded-for': ip, 'user-agent': AGENT } })
const historyOf = async (token: string) => (await server.call('GET', '/api/auth/login-history/', { token })).body
const pass = () => server.shop.pass(1000)

test('NX-072 NX-034 every sign-in is there, good or bad, newest first; the place comes afterwards', async () => {
  const user = await signedUp(server, { surface: 'nexus' })
  server.shop.places.set('203.0.113.5', { country: 'FR', region: 'Bretagne', city: 'Brest', label: 'Brest, FR' })
  await signIn(user.email, 'WrongPass1!', '203.0.113.5')
  pass()
  const { body: mine } = await signIn(user.email, user.password, '203.0.113.5')
  pass()
  await signIn(user.email, user.password, '10.0.0.7', '/api/v1/auth/login/')
  const [onV1, good, bad, ...others] = await historyOf(mine.access)
  assert.deepEqual(others, [])
  const { id, timestamp, ...shown } = bad
  assert.ok(Number.isInteger(id) && timestamp.endsWith('Z'))
  const unknown = { user_agent: AGENT, location: 'Unknown', city: null, country: null }
  assert.deepEqual(shown, {
    ip_address: '203.0.113.5',
    ...unknown,
    success: false,
    failure_reason: 'invalid_credentials',
  })
  assert.deepEqual([good.success, good.failure_reason, onV1.success], [true, null, true])
  await server.shop.runJobs()
  const located = await historyOf(mine.access)
  assert.deepEqual(
    located.map(({ location, city, country }: Record<string, string>) => [location, city, country]),
    [
      ['Local network', null, null],
      ['Brest, FR', 'Brest', 'FR'],
      ['Brest, FR', 'Brest', 'FR'],
    ],
  )
})

test('NX-072 the last fifty, a bare array', async () => {
  const user = await signedUp(server)
  for (let n = 0; n < 52; n += 1) {
    pass()
    await signIn(user.email, user.password, `203.0.113.${n}`)
  }
  const history = await historyOf(user.access)
  assert.equal(history.length, 50)
  assert.deepEqual([history[0].ip_address, history[49].ip_address], ['203.0.113.51', '203.0.113.2'])
})

test('NX-007 NX-072 the history is its owner’s alone', async () => {
  const [one, other] = [await signedUp(server), await signedUp(server)]
  await signIn(one.email, one.password, '203.0.113.1')
  assert.deepEqual(await historyOf(other.access), [])
  const nobody = await server.call('GET', '/api/auth/login-history/')
  assert.deepEqual([nobody.status, nobody.body], [401, { detail: 'Authentication credentials were not provided.' }])
})
