/** Claims on nexus, through HTTP; what raises them is in lockout.test.ts. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const HOUR_MS = 3_600_000

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())
beforeEach(() => server.shop.pass(HOUR_MS))

const CLAIMS = '/api/auth/security-claims/'
const list = (token: string) => server.call('GET', CLAIMS, { token })
const resolve = (token: string, id: unknown) => server.call('POST', `${CLAIMS}${id}/resolve/`, { token })

/** Five failures: one claim for three of them, one for the lock. */
async function locked(): Promise<SignedUp> {
  const user = await signedUp(server, { surface: 'nexus' })
  const body = { email: user.email, password: 'WrongPass1!' }
  for (let n = 0; n < 5; n += 1) {
    server.shop.pass(1000)
    await server.call('POST', '/api/auth/login/', { body, headers: { 'x-forwarded-for': '10.1.2.3' } })
    await server.shop.runJobs()
  }
  return user
}

test('NX-075 the unresolved claims, newest first', async () => {
  const { access } = await locked()
  const { status, body } = await list(access)
  assert.equal(status, 200)
  const [{ id, created_at, description, ...claim }, several] = body
  assert.ok(Number.isInteger(id) && created_at.endsWith('Z'))
  assert.match(description, /10\.1\.2\.3.*locked for 15 minutes/)
  assert.deepEqual(claim, {
    claim_type: 'account_lockout',
    ip_address: '10.1.2.3',
    location: 'Local network',
    severity: 'high',
    is_resolved: false,
  })
  assert.deepEqual([body.length, several.claim_type], [2, 'multiple_failed_attempts'])
})

test('NX-076 a claim is resolved, and leaves the list; again is no matter', async () => {
  const { access } = await locked()
  const [first, second] = (await list(access)).body
  for (let n = 0; n < 2; n += 1) {
    const called = await resolve(access, first.id)
    assert.deepEqual([called.status, called.body], [200, { ...first, is_resolved: true }])
  }
  assert.deepEqual((await list(access)).body, [second])
})

test('NX-007 NX-076 claims are their owner’s alone: those of others, and what names none, are 404', async () => {
  const [one, other] = [await locked(), await signedUp(server)]
  const [claim] = (await list(one.access)).body
  assert.deepEqual((await list(other.access)).body, [])
  for (const id of [claim.id, 999_999, 0, -1, 'x', '99999999999999999999', '%00']) {
    const called = await resolve(other.access, id)
    assert.deepEqual([called.status, called.body], [404, { detail: 'Not found.' }], String(id))
  }
  assert.equal((await list(one.access)).body.length, 2)
  assert.equal((await server.call('GET', CLAIMS)).status, 401)
  assert.equal((await server.call('POST', `${CLAIMS}${claim.id}/resolve/`)).status, 401)
})
