/** The users through HTTP, as staff sees and changes them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { issueOneTimeToken } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

const USERS = '/api/v1/users/'

let server: TestServer
let staff: SignedUp
let root: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await staffMember(server, { firstName: 'Stella' })
  root = await staffMember(server, { firstName: 'Ruth', isSuperuser: true })
})
after(() => server.close())

const list = (query: string, token = staff.access) => server.call('GET', `${USERS}${query}`, { token })
const get = (id: number | string, token = staff.access) => server.call('GET', `${USERS}${id}/`, { token })
const change = (id: number, body: unknown, token = staff.access) =>
  server.call('PATCH', `${USERS}${id}/`, { token, body })
const endSessions = (id: number, token = staff.access) => server.call('POST', `${USERS}${id}/end-sessions/`, { token })
const resetTwoFactor = (id: number, token = root.access) =>
  server.call('POST', `${USERS}${id}/reset-two-factor/`, { token })
const signIn = ({ email, password }: SignedUp) =>
  server.call('POST', '/api/v1/auth/login/', { body: { email, password } })
const statusOfMe = async (token: string) => (await server.call('GET', '/api/v1/users/me/', { token })).status

const DENIED = { detail: 'You do not have permission to perform this action.' }
const OWN = ['You cannot change this of your own account.']

function assertAnswer(called: Called, status: number, body: object) {
  assert.deepEqual([called.status, called.body], [status, body])
}
const idsOf = ({ body }: Called): number[] => body.results.map(({ id }: { id: number }) => id)

test('V1-152 V1-010 only staff sees and changes users, and what is not there is not found', async () => {
  const user = await signedUp(server)
  const calls = [
    (token?: string) => server.call('GET', USERS, token ? { token } : {}),
    (token?: string) => server.call('GET', `${USERS}${user.accountId}/`, token ? { token } : {}),
    (token?: string) =>
      server.call('PATCH', `${USERS}${user.accountId}/`, { body: { is_active: false }, ...(token && { token }) }),
    (token?: string) => server.call('POST', `${USERS}${user.accountId}/end-sessions/`, token ? { token } : {}),
    (token?: string) => server.call('POST', `${USERS}${user.accountId}/reset-two-factor/`, token ? { token } : {}),
  ]
  for (const call of calls) {
    assert.equal((await call()).status, 401)
    assertAnswer(await call(user.access), 403, DENIED)
  }
  assert.equal(await statusOfMe(user.access), 200)
  const missing = 999_999
  const sent = [await get(missing), await get('nonsense'), await change(missing, {}), await endSessions(missing)]
  for (const called of [...sent, await resetTwoFactor(missing)]) assertAnswer(called, 404, { detail: 'Not found.' })
})

test('V1-152 V1-006 the list is a page of users, the newest first or the oldest', async () => {
  const user = await signedUp(server)
  const called = await list('?page_size=2')
  assert.equal(called.status, 200)
  assert.equal(called.statements, 3)
  assert.equal(idsOf(called)[0], user.accountId)
  assert.deepEqual(called.body.results[0], (await get(user.accountId)).body)
  assert.deepEqual(Object.keys(called.body.results[0]), [
    'id',
    'email',
    'username',
    'first_name',
    'last_name',
    'phone',
    'is_active',
    'is_staff',
    'email_verified',
    'email_verified_at',
    'date_joined',
  ])
  assert.ok(called.body.count >= 3 && called.body.next)
  assert.equal(idsOf(await list('?ordering=date_joined'))[0], staff.accountId)
  assert.equal(idsOf(await list('?ordering=nonsense&color=red'))[0], user.accountId)
  assert.equal((await list('?page=99')).status, 404)
})

test('V1-152 V1-008 a search looks in e-mail, username, names and phone; flags filter; what is no flag is told', async () => {
  const ada = await signedUp(server, {
    email: 'countess@lace.example',
    username: 'ada_100%',
    firstName: 'Ada',
    lastName: 'Lovelace',
    phone: '+442071234567',
  })
  for (const search of [
    'COUNTESS@',
    'ada_100%',
    'lovel',
    'ada love',
    '  ada   lovelace ',
    '+44 (20) 7123-4567',
    '071234',
  ])
    assert.deepEqual(idsOf(await list(`?search=${encodeURIComponent(search)}`)), [ada.accountId], search)
  for (const search of ['adax100', 'a_a', '%%%%', 'lovelace ada', '\\']) {
    assert.deepEqual(idsOf(await list(`?search=${encodeURIComponent(search)}`)), [], search)
  }
  assert.deepEqual(idsOf(await list('?is_staff=true&ordering=date_joined')), [staff.accountId, root.accountId])
  assert.deepEqual(idsOf(await list('?is_staff=false&search=lovelace')), [ada.accountId])
  assert.deepEqual(idsOf(await list('?is_active=false&search=lovelace')), [])
  assertAnswer(await list('?is_active=perhaps&is_staff=2'), 400, {
    is_active: ['Must be a valid boolean.'],
    is_staff: ['Must be a valid boolean.'],
  })
  assert.equal((await list('?search=%00')).status, 400)
})

test('V1-152 names are changed, the rest stays; what is wrong is told by field', async () => {
  const { accountId } = await signedUp(server, { lastName: 'Old' })
  const { body: before } = await get(accountId)
  const wish = { first_name: ' Grace ', email: 'new@example.com', is_superuser: true, id: 1 }
  const called = await change(accountId, wish)
  assertAnswer(called, 200, { ...before, first_name: 'Grace' })
  assertAnswer(await change(accountId, { first_name: ' ', last_name: null, is_active: 'no', is_staff: 1 }), 400, {
    first_name: ['This field may not be blank.'],
    last_name: ['This field may not be null.'],
    is_active: ['Must be a valid boolean.'],
    is_staff: ['Must be a valid boolean.'],
  })
  assert.equal((await change(accountId, { last_name: 'x'.repeat(151) })).status, 400)
  assert.deepEqual((await get(accountId)).body, called.body)
})

test('V1-152 V1-101 ASVS 7.4.2 a deactivated user is out at once, on every surface, and comes in again only when activated', async () => {
  const user = await signedUp(server)
  const inNexus = await signIn(user)
  await sql`update identity.sessions set surface = 'nexus' where account_id = ${user.accountId}
    and id <> (select id from identity.sessions where account_id = ${user.accountId} order by created_at limit 1)`.execute(
    server.shop.db,
  )
  const called = await change(user.accountId, { is_active: false })
  assert.deepEqual([called.status, called.body.is_active], [200, false])
  for (const token of [user.access, inNexus.body.access]) assert.equal(await statusOfMe(token), 401)
  const refreshed = await server.call('POST', '/api/v1/auth/refresh/', { body: { refresh: user.refresh } })
  assert.equal(refreshed.status, 401)
  const { rows } =
    await sql`select distinct end_reason from identity.sessions where account_id = ${user.accountId}`.execute(
      server.shop.db,
    )
  assert.deepEqual(rows, [{ endReason: 'account_disabled' }])
  assertAnswer(await signIn(user), 400, {
    non_field_errors: ['User account is not active. Please verify your email.'],
  })
  assert.equal((await change(user.accountId, { is_active: true })).body.is_active, true)
  assert.equal(await statusOfMe(user.access), 401, 'old sessions stay ended')
  assert.equal((await signIn(user)).status, 200)
})

test('V1-152 V1-051 no verification link from before brings a deactivated user back', async () => {
  const { accountId } = await signedUp(server)
  await sql`update identity.accounts set is_active = false, email_verified_at = null where id = ${accountId}`.execute(
    server.shop.db,
  )
  const issue = () =>
    inTransaction(server.shop.db, (tx) => issueOneTimeToken(tx, accountId, 'verify_email', server.shop.now()))
  const verify = (token: string) => server.call('GET', `/api/v1/auth/verify-email/${token}/`)
  const before = await issue()
  assert.equal((await change(accountId, { is_active: false })).status, 200)
  assert.equal((await verify(before)).status, 400)
  assert.equal((await verify(await issue())).status, 400, 'nor one that was made at the same moment')
  assert.equal((await get(accountId)).body.is_active, false)
  const { email } = (await get(accountId)).body
  await server.call('POST', '/api/v1/auth/password-reset/', { body: { email } })
  await server.call('POST', '/api/v1/auth/resend-verification/', { body: { email } })
  await server.shop.runJobs()
  assert.deepEqual(
    server.shop.letters.filter(({ to }) => to === email),
    [],
  )
  assert.equal((await change(accountId, { is_active: true })).status, 200)
  assert.equal((await verify(before)).status, 400, 'once more active, the old link is still void')
})

test('V1-152 only a superuser grants and takes is_staff; it counts at the next request', async () => {
  const user = await signedUp(server)
  assertAnswer(await change(user.accountId, { is_staff: true, first_name: 'Eve' }), 403, DENIED)
  assert.deepEqual(
    [(await get(user.accountId)).body.is_staff, (await get(user.accountId)).body.first_name],
    [false, 'Sam'],
  )
  assert.equal((await change(user.accountId, { is_staff: false })).status, 200, 'what stays is no change')
  assert.equal((await change(user.accountId, { is_staff: true }, root.access)).body.is_staff, true)
  assert.equal((await list('', user.access)).status, 200)
  assertAnswer(await change(user.accountId, { is_staff: false }), 403, DENIED)
  assert.equal((await change(user.accountId, { is_staff: false }, root.access)).body.is_staff, false)
  assertAnswer(await list('', user.access), 403, DENIED)
})

test('V1-152 nobody changes himself out, and a superuser is changed by superusers alone', async () => {
  for (const { accountId, access } of [staff, root]) {
    assertAnswer(await change(accountId, { is_active: false, is_staff: false }, access), 400, {
      is_active: OWN,
      is_staff: OWN,
    })
    assert.equal((await change(accountId, { is_active: true, is_staff: true, first_name: 'Me' }, access)).status, 200)
  }
  assertAnswer(await change(root.accountId, { first_name: 'Eve' }), 403, DENIED)
  assertAnswer(await change(root.accountId, { is_active: false }), 403, DENIED)
  assertAnswer(await endSessions(root.accountId), 403, DENIED)
  assert.equal(await statusOfMe(root.access), 200)
  const other = await staffMember(server, { isSuperuser: true })
  assert.equal((await change(other.accountId, { is_active: false }, root.access)).status, 200)
})

test('V1-152 of two superusers who shut each other out at the same moment one stays', async () => {
  for (let round = 0; round < 5; round += 1) {
    const one = await staffMember(server, { isSuperuser: true })
    const two = await staffMember(server, { isSuperuser: true })
    const called = await Promise.all([
      change(two.accountId, { is_active: false }, one.access),
      change(one.accountId, { is_active: false }, two.access),
    ])
    const statuses = called.map(({ status }) => status)
    assert.equal(statuses.filter((status) => status === 200).length, 1, String(statuses))
    assert.equal(
      (await Promise.all([one, two].map(({ access }) => statusOfMe(access)))).filter((s) => s === 200).length,
      1,
    )
  }
})

test('V1-152 ASVS 7.4.5 staff ends all sessions of a user', async () => {
  const user = await signedUp(server)
  await signIn(user)
  assertAnswer(await endSessions(user.accountId), 200, { message: '2 sessions deactivated.', deactivated_count: 2 })
  assert.equal(await statusOfMe(user.access), 401)
  assertAnswer(await endSessions(user.accountId), 200, { message: '0 sessions deactivated.', deactivated_count: 0 })
  assert.equal((await signIn(user)).status, 200)
})

test('V1-152 ASVS 6.4.4 a superuser takes away a lost second factor: sessions end, and the owner is told', async () => {
  const user = await signedUp(server)
  const { db } = server.shop
  await sql`insert into identity.second_factors (account_id, sealed_secret, created_at, enabled_at)
    values (${user.accountId}, 'sealed', now(), now())`.execute(db)
  await sql`insert into identity.recovery_codes (account_id, code_hash) values (${user.accountId}, 'hash')`.execute(db)
  assert.equal((await signIn(user)).status, 403)
  assertAnswer(await resetTwoFactor(user.accountId, staff.access), 403, DENIED)
  assert.equal((await signIn(user)).status, 403)
  assert.equal((await resetTwoFactor(user.accountId)).status, 204)
  assert.equal(await statusOfMe(user.access), 401)
  assert.equal((await signIn(user)).status, 200)
  const { rows } = await sql`select from identity.recovery_codes where account_id = ${user.accountId}`.execute(db)
  assert.equal(rows.length, 0)
  assert.equal((await resetTwoFactor(user.accountId)).status, 204, 'again is no matter')
  await server.shop.runJobs()
  const subjects = server.shop.letters.filter(({ to }) => to === user.email).map(({ subject }) => subject)
  assert.deepEqual(subjects, ['Two-factor sign-in is off'])
})

test('V1-152 V1-151 an account that its owner has closed is not there', async () => {
  const { accountId, email } = await signedUp(server)
  await sql`update identity.accounts set is_active = false, closed_at = now() where id = ${accountId}`.execute(
    server.shop.db,
  )
  for (const called of [await get(accountId), await change(accountId, { is_active: true })])
    assertAnswer(called, 404, { detail: 'Not found.' })
  assert.deepEqual(idsOf(await list(`?search=${email}`)), [])
})
