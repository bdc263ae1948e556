/** What the shop knows of a person: told to that person, and forgotten (V1-151). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { addWish } from '#commerce/customers'
import { examine } from '#commerce/doctor'
import { issueOneTimeToken } from '#commerce/identity'
import { voteHelpful } from '#commerce/reviews'
import { inTransaction } from '#platform/database'
import { signedUp, staffMember } from '../../../test/accounts.ts'
import { fillCart, stockedArticle } from '../../../test/goods.ts'
import { stockedProduct } from '../../../test/products.ts'
import { deliver, findTraces, NOBODY, ordered, regular, STREET } from '../../../test/regulars.ts'
import { reviewed } from '../../../test/reviews.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { schedules } from '../../commerce/schedules.ts'

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

const close = (token: string, password?: string) =>
  server.call('DELETE', ME, { token, body: password === undefined ? {} : { password } })
const exported = (token: string) => server.call('GET', `${ME}export/`, { token })
const signIn = (email: string, password: string) =>
  server.call('POST', '/api/v1/auth/login/', { body: { email, password } })
const orderSeenBy = async (token: string, number: string) =>
  (await server.call('GET', `/api/v1/orders/${number}/`, { token })).body
const runSchedule = () =>
  schedules(server.shop)
    .find(({ name }) => name === 'forget-buyers')!
    .work()

const NOT_REJECTED = { rejection_reason: '', is_verified_purchase: false, helpful_count: 0 }
const UNKNOWN = { non_field_errors: ['Invalid email or password.'] }

test('V1-151 without the right password nothing is closed', async () => {
  const user = await regular(server)
  assert.deepEqual((await close(user.access, 'WrongPass1!')).body, { password: ['Password is incorrect.'] })
  assert.deepEqual((await close(user.access)).body, { password: ['This field is required.'] })
  assert.equal((await close(user.access, '')).status, 400)
  assert.equal((await server.call('DELETE', ME)).status, 401)
  assert.equal((await server.call('GET', ME, { token: user.access })).status, 200)
})

test('V1-151 V1-128 five wrong passwords, and the sixth is not looked at, right or not', async () => {
  const user = await signedUp(server)
  for (let tries = 0; tries < 5; tries += 1) assert.equal((await close(user.access, `Wrong-${tries}`)).status, 400)
  const { status, body, headers } = await close(user.access, user.password)
  assert.deepEqual([status, body], [429, { detail: 'Too many failed login attempts. Please try again later.' }])
  assert.ok(Number(headers['retry-after']) > 0)
})

test('V1-151 ASVS 7.4.2 a closed account is out everywhere, unknown at the door, and its names are free', async () => {
  const user = await regular(server, { username: 'ada', phone: '+442079460000' })
  const elsewhere = (await signIn(user.email, user.password)).body
  const { status, body } = await close(user.access, user.password)
  assert.equal(status, 204)
  assert.equal(body.length, 0)
  for (const token of [user.access, elsewhere.access]) {
    for (const url of [ME, `${ME}export/`, '/api/v1/orders/', '/api/v1/users/addresses/', '/api/v1/payments/']) {
      assert.equal((await server.call('GET', url, { token })).status, 401, url)
    }
    assert.equal((await close(token, user.password)).status, 401)
  }
  const refreshed = await server.call('POST', '/api/v1/auth/refresh/', { body: { refresh: elsewhere.refresh } })
  assert.equal(refreshed.status, 401)
  const closed = await signIn(user.email, user.password)
  const unknown = await signIn('nobody@example.com', user.password)
  assert.deepEqual([closed.status, closed.body], [400, UNKNOWN])
  assert.deepEqual([unknown.status, unknown.body], [400, UNKNOWN])
  const again = await signedUp(server, { email: user.email, username: 'Ada', phone: '+442079460000' })
  assert.notEqual(again.accountId, user.accountId)
  assert.equal((await signIn(user.email, user.password)).body.user.id, again.accountId)
})

test('V1-151 an order under way keeps its address until it has arrived, and loses it afterwards', async () => {
  const email = 'under-way@example.com'
  const user = await signedUp(server, { email })
  const staff = await staffMember(server)
  const number = await ordered(server, user)
  const cancelled = await ordered(server, user)
  const cancel = { token: user.access, body: { reason: `I have left ${STREET}` } }
  assert.equal((await server.call('POST', `/api/v1/orders/${cancelled}/cancel/`, cancel)).status, 200)
  await server.shop.runJobs()
  assert.equal((await close(user.access, user.password)).status, 204)
  assert.deepEqual((await orderSeenBy(staff.access, cancelled)).shipping_address, NOBODY)
  const { body: history } = await server.call('GET', `/api/v1/orders/${cancelled}/history/`, { token: staff.access })
  assert.deepEqual(
    history.map(({ note }: { note: string }) => note),
    ['Order placed', 'To be paid on delivery', ''],
  )
  for (const hours of [2, 30]) {
    server.shop.pass(hours * HOUR_MS)
    await runSchedule()
    const order = await orderSeenBy((await staffMember(server)).access, number)
    assert.deepEqual([order.shipping_address.address_line1, order.notes], [STREET, `For ${STREET}`])
  }
  await deliver(server, await staffMember(server), number)
  assert.ok(server.shop.letters.some(({ to, subject }) => to === email && subject.includes(number)))
  server.shop.pass(2 * HOUR_MS)
  await runSchedule()
  const order = await orderSeenBy((await staffMember(server)).access, number)
  assert.deepEqual([order.shipping_address, order.billing_address, order.notes], [NOBODY, NOBODY, ''])
  assert.deepEqual(await findTraces(server, email), [])
})

test('V1-151 an account without a password is closed without one', async () => {
  const user = await signedUp(server)
  await sql`update identity.accounts set password_hash = null where id = ${user.accountId}`.execute(server.shop.db)
  assert.equal((await close(user.access)).status, 204)
  assert.equal((await server.call('GET', ME, { token: user.access })).status, 401)
})

test('V1-151 no letter that was under way opens a closed account again', async () => {
  const { shop } = server
  const user = await signedUp(server)
  await sql`update identity.accounts set email_verified_at = null where id = ${user.accountId}`.execute(shop.db)
  const [verification, reset] = await inTransaction(shop.db, async (tx) => [
    await issueOneTimeToken(tx, user.accountId, 'verify_email', shop.now()),
    await issueOneTimeToken(tx, user.accountId, 'reset_password', shop.now()),
  ])
  shop.letters.length = 0
  await server.call('POST', '/api/v1/auth/resend-verification/', { body: { email: user.email } })
  await server.call('POST', '/api/v1/auth/password-reset/', { body: { email: user.email } })
  assert.equal((await close(user.access, user.password)).status, 204)
  await shop.runJobs()
  assert.deepEqual(shop.letters, [], 'none is sent afterwards')
  assert.equal((await server.call('GET', `/api/v1/auth/verify-email/${verification}/`)).status, 400)
  const body = { token: reset, new_password: 'twelve brass lamps' }
  assert.equal((await server.call('POST', '/api/v1/auth/password-reset/confirm/', { body })).status, 400)
  const { rows } = await sql`select is_active from identity.accounts where id = ${user.accountId}`.execute(shop.db)
  assert.deepEqual(rows, [{ isActive: false }])
})

test('V1-151 the export is all that is known of its owner, and no secret', async () => {
  const email = 'export-of-ada@example.com'
  const user = await regular(server, { email, lastName: 'Exportlace' })
  const number = await ordered(server, user)
  const article = await stockedArticle(server.shop)
  await fillCart(server.shop, user.accountId, [article, 3])
  await addWish(server.shop, user.accountId, article.productId)
  const liked = await reviewed(server, await stockedProduct(server))
  await voteHelpful(server.shop, liked.id, user.accountId)
  const { status, body, headers } = await exported(user.access)
  assert.equal(status, 200)
  assert.equal(headers['content-disposition'], `attachment; filename="account-${user.accountId}.json"`)
  assert.equal(headers['cache-control'], 'no-store')
  assert.deepEqual([body.account.email, body.account.last_name], [email, 'Exportlace'])
  assert.deepEqual([body.account.has_password, body.account.has_second_factor], [true, false])
  assert.ok(Array.isArray(body.changes))
  assert.deepEqual(body.profile, {
    date_of_birth: null,
    avatar_url: null,
    language: 'en',
    marketing_opt_in: false,
    wish_alerts: false,
  })
  assert.deepEqual([body.addresses[0].address_line1, body.addresses[0].full_name], [STREET, 'Ada Lovelace'])
  assert.equal(body.sessions[0].surface, 'v1')
  assert.deepEqual(
    body.security_attempts.map((attempt: { failure_reason: string }) => attempt.failure_reason),
    ['invalid_credentials'],
  )
  assert.deepEqual(body.cart.lines, [
    { name: article.name, sku: article.sku, variant_id: article.variantId, quantity: 3, unit_price_minor: 1000 },
  ])
  const [order] = body.orders
  assert.deepEqual([order.number, order.total_minor, order.shipping_address.city], [number, 1680, 'London'])
  assert.equal(order.lines[0].unit_price_minor, 1000)
  assert.deepEqual(
    order.history.map(({ status: at }: { status: string }) => at),
    ['pending', 'processing'],
  )
  assert.match(order.placed_at, /^\d{4}-\d\d-\d\dT.*Z$/)
  assert.deepEqual(
    body.payments.map((payment: { order_number: string }) => payment.order_number),
    [number],
  )
  assert.deepEqual(
    body.reviews.map(({ id: _, created_at: at, product_id: of, ...told }: Record<string, unknown>) => [
      told,
      !at || !of,
    ]),
    [[{ rating: 5, title: '', comment: 'It rings true.', status: 'approved', ...NOT_REJECTED }, false]],
  )
  assert.deepEqual(
    body.review_votes.map(({ review_id }: { review_id: number }) => review_id),
    [liked.id],
  )
  assert.deepEqual(
    body.wishlist.map(({ product_id, name }: { product_id: number; name: string }) => [product_id, name]),
    [[article.productId, article.name]],
  )
  assert.deepEqual(
    body.notices.map(({ type }: { type: string }) => type),
    ['order_placed'],
  )
  const text = JSON.stringify(body)
  const { rows } = await sql<{ passwordHash: string; refreshJti: string; accessJti: string }>`
    select password_hash, refresh_jti, access_jti
    from identity.accounts account join identity.sessions session on session.account_id = account.id
    where account.id = ${user.accountId}`.execute(server.shop.db)
  for (const secret of rows.flatMap((row) => Object.values(row))) assert.ok(!text.includes(secret), secret)
  assert.doesNotMatch(text, /hash|secret|jti|argon2/)
})

test('V1-151 the export knows nothing of others, and runs as many statements for much as for little', async () => {
  const email = 'other-export@example.com'
  await regular(server, { email })
  const user = await signedUp(server)
  const little = await exported(user.access)
  assert.ok(!JSON.stringify(little.body).includes(email))
  for (let count = 0; count < 3; count += 1) await ordered(server, user)
  const much = await exported(user.access)
  assert.equal(much.body.orders.length, 3)
  assert.equal(much.statements, little.statements)
  assert.equal((await server.call('GET', `${ME}export/`)).status, 401)
})
