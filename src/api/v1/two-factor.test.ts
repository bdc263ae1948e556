/** The second half of a sign-in, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { stockedProduct } from '../../../test/products.ts'
import { codeOf, guarded, passToMidStep } from '../../../test/second-factors.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())
beforeEach(() => passToMidStep(server.shop))

const signIn = (email: string, password: string) =>
  server.call('POST', '/api/v1/auth/login/', { body: { email, password } })
const complete = (body: object) => server.call('POST', '/api/v1/auth/two-factor/', { body })

/** Somebody whose second factor is on, with what he needs to come in. */
async function opened() {
  const { user, secret, recoveryCodes } = await guarded(server.shop)
  const challenge = async () => (await signIn(user.email, user.password)).body.challenge_token
  return { ...user, secret, recoveryCodes, challenge }
}

test('MP-048 sign-in answers 403 with a challenge, and the challenge with a code what sign-in answers', async () => {
  const { email, password, accountId, secret } = await opened()
  const asked = await signIn(email, password)
  const { challenge_token: challengeToken, ...said } = asked.body
  assert.deepEqual(
    [asked.status, said],
    [403, { detail: 'Two-factor authentication is required.', code: 'second_factor_required' }],
  )
  const called = await complete({ challenge_token: challengeToken, code: codeOf(server.shop, secret) })
  assert.equal(called.status, 200)
  assert.ok(called.statements <= 13, `${called.statements} statements`)
  assert.deepEqual(Object.keys(called.body), ['access', 'refresh', 'user'])
  assert.equal(called.body.user.id, accountId)
  assert.equal((await server.call('GET', '/api/v1/users/me/', { token: called.body.access })).status, 200)
  const again = await complete({ challenge_token: challengeToken, code: codeOf(server.shop, secret) })
  assert.deepEqual(
    [again.status, again.body],
    [401, { detail: 'The sign-in has expired. Please sign in again.', code: 'challenge_not_valid' }],
  )
})

test('MP-048 a wrong code answers 400, the sixth 429; without challenge or code the fields are named', async () => {
  const { secret, challenge } = await opened()
  const body = { challenge_token: await challenge(), code: 'wrong' }
  for (let n = 0; n < 5; n += 1) {
    const called = await complete(body)
    assert.deepEqual(
      [called.status, called.body],
      [400, { detail: 'Invalid authentication code.', code: 'second_factor_incorrect' }],
    )
  }
  const called = await complete({ ...body, code: codeOf(server.shop, secret) })
  assert.deepEqual([called.status, called.body], [429, { detail: 'Too many wrong codes. Please try again later.' }])
  assert.ok(Number(called.headers['retry-after']) > 890)
  const empty = await complete({})
  const required = ['This field is required.']
  assert.deepEqual([empty.status, empty.body], [400, { challenge_token: required, code: required }])
})

test('MP-048 an account that is switched off answers as at sign-in', async () => {
  const { accountId, secret, challenge } = await opened()
  const token = await challenge()
  await sql`update identity.accounts set is_active = false, disabled_at = now() where id = ${accountId}`.execute(
    server.shop.db,
  )
  const called = await complete({ challenge_token: token, code: codeOf(server.shop, secret) })
  assert.deepEqual(
    [called.status, called.body],
    [400, { non_field_errors: ['User account is not active. Please verify your email.'] }],
  )
})

test('MP-048 V1-086 the cart of a guest comes along once the sign-in is complete', async () => {
  const { secret, recoveryCodes, challenge } = await opened()
  const product = await stockedProduct(server)
  const guest = await server.call('POST', '/api/v1/cart/items/', { body: { product_id: product.id, quantity: 2 } })
  const answer = { challenge_token: await challenge(), code: codeOf(server.shop, secret) }
  const { access } = (await complete({ ...answer, cart_token: guest.body.cart_token })).body
  const { body: cart } = await server.call('GET', '/api/v1/cart/', { token: access })
  assert.equal(cart.item_count, 2)
  const another = { challenge_token: await challenge(), code: recoveryCodes[0] }
  assert.equal((await complete({ ...another, cart_token: 5 })).status, 200, 'a token that is none keeps nobody out')
})
