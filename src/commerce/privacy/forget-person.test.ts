/** Of who has closed the account nothing personal stays, whatever happens at the same time. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { examine } from '#commerce/doctor'
import { updateAccount } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { refusalOf } from '../../../test/refusals.ts'
import { deliver, findTraces, NOBODY, ordered, regular } from '../../../test/regulars.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { schedules } from '../schedules.ts'

const HOUR_MS = 3_600_000
const ME = '/api/v1/users/me/'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

const close = (token: string, password: string) => server.call('DELETE', ME, { token, body: { password } })
const signIn = (email: string, password: string) =>
  server.call('POST', '/api/v1/auth/login/', { body: { email, password } })
const orderSeenBy = async (token: string, number: string) =>
  (await server.call('GET', `/api/v1/orders/${number}/`, { token })).body
const runSchedule = () =>
  schedules(server.shop)
    .find(({ name }) => name === 'forget-buyers')!
    .work()

test('V1-151 of who has closed the account no table holds a trace; a review stays, and belongs to nobody', async () => {
  const email = 'trace-of-ada@example.com'
  const user = await regular(server, { email, username: 'trace-ada', lastName: 'Tracelace', userAgent: 'Tracebrowser' })
  const number = await ordered(server, user)
  const staff = await staffMember(server)
  await deliver(server, staff, number)
  await fillCart(server.shop, user.accountId, [await stockedArticle(server.shop), 2])
  await server.call('POST', '/api/v1/auth/password-reset/', { body: { email } })
  await server.shop.runJobs()
  const words = [email, 'trace-ada', 'Tracelace', 'Tracebrowser']
  assert.ok((await findTraces(server, ...words)).length > 5)
  assert.equal((await close(user.access, user.password)).status, 204)
  assert.deepEqual(await findTraces(server, ...words), [])
  const { rows } = await sql`
    select account.first_name, account.last_name, review.rating, review.comment
    from reviews.reviews review join identity.accounts account on account.id = review.account_id
    where account.id = ${user.accountId}`.execute(server.shop.db)
  assert.deepEqual(rows, [{ firstName: '', lastName: '', rating: 5, comment: 'It rings true.' }])
  const order = await orderSeenBy(staff.access, number)
  assert.deepEqual([order.shipping_address, order.billing_address, order.notes], [NOBODY, NOBODY, ''])
  assert.deepEqual([order.total, order.items.length], ['16.80', 1])
  const invoice = await server.call('GET', `/api/v1/orders/${number}/invoice/`, { token: staff.access })
  assert.equal(invoice.body.subarray(0, 5).toString(), '%PDF-')
})

test('V1-151 every way into a closed account is gone, and what was written to its owner', async () => {
  const email = 'ways-in@example.com'
  const { accountId, access, password } = await signedUp(server, { email })
  const { shop } = server
  await server.call('POST', '/api/v1/auth/password-reset/', { body: { email } })
  await shop.runJobs()
  const at = shop.now()
  await sql`
    with factor as (insert into identity.second_factors (account_id, sealed_secret, created_at) values (${accountId}, 's', ${at})),
      recovery as (insert into identity.recovery_codes (account_id, code_hash) values (${accountId}, 'h')),
      code as (insert into identity.one_time_codes (account_id, purpose, code_hash, created_at, expires_at)
        values (${accountId}, 'verify_email', 'h', ${at}, ${at})),
      passkey as (insert into identity.passkeys (account_id, credential_id, public_key, name, created_at)
        values (${accountId}, 'c', '', 'Key', ${at})),
      challenge as (insert into identity.passkey_challenges values ('c', ${accountId}, ${at})),
      claim as (insert into identity.security_claims (account_id, attempt_id, claim_type, severity, description, created_at)
        values (${accountId}, 0, 'account_lockout', 'high', '', ${at}))
    insert into identity.google_links values ('g', ${accountId}, ${email}, ${at})`.execute(shop.db)
  assert.equal((await close(access, password)).status, 204)
  const { rows } = await sql<{ left: number }>`
    select count(*)::int as left from (
      select account_id from identity.one_time_tokens union all select account_id from identity.one_time_codes
      union all select account_id from identity.second_factors union all select account_id from identity.recovery_codes
      union all select account_id from identity.passkeys union all select account_id from identity.passkey_challenges
      union all select account_id from identity.google_links union all select account_id from identity.security_claims
    ) ways where account_id = ${accountId}`.execute(shop.db)
  assert.deepEqual(rows, [{ left: 0 }])
  assert.deepEqual(await findTraces(server, email), [])
})

test('V1-151 a change that waited until the account was closed finds none', async () => {
  const { accountId, access, password } = await signedUp(server)
  assert.equal((await close(access, password)).status, 204)
  const late = inTransaction(server.shop.db, (tx) => updateAccount(tx, accountId, { username: 'late-comer' }))
  assert.equal((await refusalOf(late)).code, 'account_not_found')
})

test('V1-151 whatever comes in while an account is closed, no order is left behind and nothing personal stays', async () => {
  const email = 'race-of-ada@example.com'
  const user = await signedUp(server, { email, lastName: 'Racelace' })
  const { shop } = server
  const article = await stockedArticle(shop)
  await fillCart(shop, user.accountId, [article, 1])
  const token = user.access
  const address = { address_line1: 'Racelace Road', city: 'London', postal_code: 'N1', country: 'GB' }
  const order = { shipping_address: { ...ADDRESS, full_name: 'Ada Racelace' }, payment_method: 'cod' }
  const called = await Promise.all([
    server.call('PATCH', ME, { token, body: { last_name: 'Racelace-King', username: 'racelace' } }),
    server.call('POST', '/api/v1/orders/', { token, body: order }),
    server.call('POST', '/api/v1/users/addresses/', { token, body: address }),
    close(token, user.password),
    close(token, user.password),
    ...Array.from({ length: 4 }, () => server.call('POST', '/api/v1/users/addresses/', { token, body: address })),
    ...Array.from({ length: 4 }, () => signIn(email, user.password)),
  ])
  assert.ok(called.every(({ status }) => status < 500))
  assert.ok(called.slice(3, 5).some(({ status }) => status === 204))
  await shop.runJobs()
  await runSchedule()
  if (called[1]!.status === 201) {
    await deliver(server, await staffMember(server), called[1]!.body.order_number)
    shop.pass(2 * HOUR_MS)
    await runSchedule()
  }
  const traces = await findTraces(server, 'racelace', email)
  assert.deepEqual(
    traces.filter((trace) => !trace.startsWith('identity.security_attempts')),
    [],
  )
  const { rows } = await sql<{ sessions: number; isActive: boolean }>`
    select (select count(*)::int from identity.sessions where account_id = account.id and ended_at is null) as sessions, is_active
    from identity.accounts account where id = ${user.accountId}`.execute(shop.db)
  assert.deepEqual(rows, [{ sessions: 0, isActive: false }])
})

test('V1-151 of the last two superusers, who both close their accounts at once, one has to stay', async () => {
  const rank = { isStaff: true, isSuperuser: true }
  const both = [await signedUp(server, rank), await signedUp(server, rank)]
  const called = await Promise.all(both.map(({ access, password }) => close(access, password)))
  assert.deepEqual(called.map(({ status }) => status).toSorted(), [204, 409])
  const refused = called.find(({ status }) => status === 409)!
  assert.deepEqual(refused.body, { detail: 'The last superuser cannot close the account.' })
})
