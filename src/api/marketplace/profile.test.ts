/** The profile on the marketplace, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { assertErr, assertOk, INVALID, loggedIn, NO_CREDENTIALS } from '../../../test/marketplace.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())

const PROFILE = '/accounts/profile/'
const change = (token: string, body: unknown, method: 'PUT' | 'PATCH' = 'PATCH') =>
  server.call(method, PROFILE, { token, body })
const mailedTo = async (email: string) => {
  await server.shop.runJobs()
  return server.shop.letters.filter(({ to }) => to === email).length
}

test('MP-046 GET tells who I am', async () => {
  const { id, phone, access } = await loggedIn(server, { date_of_birth: '1990-04-05' })
  const called = await server.call('GET', PROFILE, { token: access })
  assertOk(called, 200, 'Profile retrieved successfully.')
  const { date_joined, last_login, ...user } = called.body.data
  assert.ok(date_joined < last_login)
  assert.deepEqual(user, {
    id,
    phone,
    email: null,
    first_name: 'Mira',
    last_name: 'Keeper',
    date_of_birth: '1990-04-05',
    user_type: 'CUSTOMER',
    is_active: true,
  })
  assertErr(await server.call('GET', PROFILE), 401, NO_CREDENTIALS)
})

test('MP-007 whoever works for the shop is an ADMIN, who came by another surface without a role a CUSTOMER', async () => {
  const typeOf = async ({ access }: { access: string }) =>
    (await server.call('GET', PROFILE, { token: access })).body.data.user_type
  assert.equal(await typeOf(await staffMember(server)), 'ADMIN')
  assert.equal(await typeOf(await signedUp(server)), 'CUSTOMER')
  assert.equal(await typeOf(await signedUp(server, { isSeller: true })), 'SELLER')
})

test('MP-046 V1-029 PUT and PATCH change what is named; phone, type and powers stay', async () => {
  const { phone, access } = await loggedIn(server, { date_of_birth: '1990-04-05' })
  for (const method of ['PUT', 'PATCH'] as const) {
    const asked = { first_name: method, phone: '+15550000001', user_type: 'ADMIN', is_staff: true, is_active: false }
    const called = await change(access, asked, method)
    assertOk(called, 200, 'Profile updated successfully.')
    const { first_name, last_name, date_of_birth, phone: kept, user_type, is_active } = called.body.data
    assert.deepEqual(
      { first_name, last_name, date_of_birth, kept, user_type, is_active },
      {
        first_name: method,
        last_name: 'Keeper',
        date_of_birth: '1990-04-05',
        kept: phone,
        user_type: 'CUSTOMER',
        is_active: true,
      },
    )
  }
  assert.equal((await change(access, { date_of_birth: null })).body.data.date_of_birth, null)
})

test('MP-046 what was got can be put back, though there is no e-mail', async () => {
  const { access } = await loggedIn(server)
  const { body } = await server.call('GET', PROFILE, { token: access })
  const called = await change(access, body.data, 'PUT')
  assert.deepEqual([called.status, called.body.data], [200, body.data])
})

test('MP-046 V1-005 all faults are told together', async () => {
  await signedUp(server, { email: 'taken@example.com' })
  const { access } = await loggedIn(server)
  const wrong = { first_name: ' ', last_name: null, date_of_birth: '2999-01-01', email: 'Taken@example.com' }
  assertErr(await change(access, wrong), 400, INVALID, {
    first_name: ['This field may not be blank.'],
    last_name: ['This field may not be null.'],
    date_of_birth: ['This date lies in the future.'],
    email: ['A user with this email already exists.'],
  })
})

test('MP-046 an e-mail has yet to be proven and is written to once; it may go again, unless it was proven', async () => {
  const { id, access } = await loggedIn(server)
  const email = 'mira@example.com'
  assert.equal((await change(access, { email: 'Mira@Example.com' })).body.data.email, email)
  assert.equal(await mailedTo(email), 1)
  assert.equal((await change(access, { email, first_name: 'Mi' })).status, 200)
  assert.equal(await mailedTo(email), 1, 'not again: it is the same')
  assert.equal((await change(access, { email: null })).body.data.email, null)
  await change(access, { email })
  await sql`update identity.accounts set email_verified_at = now() where id = ${id}`.execute(server.shop.db)
  for (const other of ['else@example.com', null]) {
    assertErr(await change(access, { email: other }), 400, INVALID, {
      email: ['A verified email address cannot be changed here.'],
    })
  }
  assert.equal((await change(access, { email })).status, 200)
})
