import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decodeJwt } from 'jose'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import {
  assertAnswer,
  BAD_TOKEN,
  loggedIn,
  logIn,
  NOT_ALLOWED,
  registered,
  verified,
} from '../../../test/storefront.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const PROFILE = '/api/users/user-profile/'
const create = (body: unknown) => server.call('POST', '/api/token/', { body })
const renew = (refresh: unknown) => server.call('POST', '/api/token/refresh/', { body: { refresh } })
const NO_ACCOUNT = {
  error: 'Invalid credentials',
  detail: 'No active account found with the given credentials',
}
const NOT_VALID = { detail: 'Token is invalid or expired', code: 'token_not_valid' }

test('SF-030 SF-034 a name and a password give a pair; the refresh token gives other access tokens, again and again', async () => {
  const { username, password, email } = await verified(server)
  const { status, body } = await create({ username: username.toUpperCase(), password })
  assert.equal(status, 200)
  assert.deepEqual(Object.keys(body).sort(), ['access', 'refresh'])
  assert.equal((await server.call('GET', PROFILE, { token: body.access })).body.email, email)
  for (let n = 0; n < 2; n += 1) {
    const renewed = await renew(body.refresh)
    assert.deepEqual([renewed.status, Object.keys(renewed.body)], [200, ['access']])
    assert.equal((await server.call('GET', PROFILE, { token: renewed.body.access })).status, 200)
  }
})

test('SF-031 SF-032 wrong, unknown, unverified and disabled are all the same 401', async () => {
  const { username, password } = await verified(server)
  assertAnswer(await create({ username, password: 'wrong' }), 401, NO_ACCOUNT)
  assertAnswer(await create({ username: 'nobody-at-all', password }), 401, NO_ACCOUNT)
  const fresh = await registered(server)
  assertAnswer(await create({ username: fresh.username, password: fresh.password }), 401, NO_ACCOUNT)
  await sql`update identity.accounts set disabled_at = now(), is_active = false where username = ${username}`.execute(
    server.shop.db,
  )
  assertAnswer(await create({ username, password }), 401, NO_ACCOUNT)
})

test('SF-033 SF-035 a missing field is 400 with what is missing', async () => {
  const required = ['This field is required.']
  assertAnswer(await create({ username: 'x' }), 400, {
    error: 'Invalid input data',
    details: { password: required },
  })
  assertAnswer(await create({}), 400, {
    error: 'Invalid input data',
    details: { username: required, password: required },
  })
  assertAnswer(await server.call('POST', '/api/token/refresh/'), 400, {
    error: 'Invalid input data',
    details: { refresh: required },
  })
  assert.equal((await renew(7)).status, 400)
})

test('SF-035 SF-036 ASVS 9.2.2 what is no refresh token of the storefront gives no access token; kinds do not mix', async () => {
  const { access, refresh } = await loggedIn(server)
  const fresh = await registered(server)
  const { verification_token: verification } = (await logIn(server, fresh.username, fresh.password)).body
  const elsewhere = await signedUp(server, { surface: 'v1' })
  for (const token of ['nonsense', access, verification, `${refresh.slice(0, -4)}AAAA`, elsewhere.refresh])
    assertAnswer(await renew(token), 401, NOT_VALID)
  assertAnswer(await server.call('GET', PROFILE, { token: refresh }), 401, BAD_TOKEN)
  server.shop.pass(7 * 86_400_000 + 1000)
  assertAnswer(await renew(refresh), 401, NOT_VALID)
})

test('SF-037 the refresh token of who is not verified gives no more than a verification token, and a real one later', async () => {
  const { username, password, link } = await registered(server)
  const { refresh_token: refresh } = (await logIn(server, username, password)).body
  const before = (await renew(refresh)).body.access
  assertAnswer(await server.call('GET', PROFILE, { token: before }), 403, NOT_ALLOWED)
  assert.equal((await server.call('POST', '/api/users/resend-verification-email/', { token: before })).status, 200)
  await server.call('GET', `/api/users/email-verify/?uid=${link.uid}&token=${link.token}`)
  const renewed = (await renew(refresh)).body.access
  assert.equal((await server.call('GET', PROFILE, { token: renewed })).status, 200)
})

test('SF-038 tokens are JWTs with an end: 60 minutes, 7 days, 24 hours, unless configured otherwise', async () => {
  const { access, refresh } = await loggedIn(server)
  const fresh = await registered(server)
  const { verification_token: verification } = (await logIn(server, fresh.username, fresh.password)).body
  const lifetime = (token: string) => {
    const { exp, iat } = decodeJwt(token)
    return exp! - iat!
  }
  assert.deepEqual([access, refresh, verification].map(lifetime), [3600, 7 * 86_400, 86_400])
  const hasty = await openTestServer({ STOREFRONT_ACCESS_MINUTES: '1', STOREFRONT_REFRESH_DAYS: '1' })
  try {
    const pair = await loggedIn(hasty)
    assert.deepEqual([pair.access, pair.refresh].map(lifetime), [60, 86_400])
  } finally {
    await hasty.close()
  }
})
