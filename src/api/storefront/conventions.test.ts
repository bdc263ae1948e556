/** What holds for every route of the storefront (SF-001…SF-022). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { signedUp } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import {
  assertAnswer,
  BAD_TOKEN,
  loggedIn,
  logIn,
  NO_CREDENTIALS,
  NOT_ALLOWED,
  registered,
  registration,
} from '../../../test/storefront.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true', LOG_LEVEL: 'silent' })
})
after(() => server.close())

const PROFILE = '/api/users/user-profile/'

test('SF-002 each path answers with and without its slash, directly', async () => {
  const { access: token } = await loggedIn(server)
  const routes = server.server.routeList.filter(({ operationId }) => operationId?.startsWith('storefront'))
  assert.ok(routes.length >= 20)
  for (const { method, url } of routes) {
    const path = url.replace(/\/$/, '').replaceAll(/:\w+/g, '999999')
    const ask = (address: string, ip: string) =>
      server.call(method as 'GET', address, {
        token,
        ...(method === 'GET' ? {} : { body: { city: 7 } }),
        headers: { 'x-forwarded-for': ip },
      })
    const [bare, slashed] = [await ask(path, '192.0.2.1'), await ask(`${path}/`, '192.0.2.2')]
    assert.deepEqual([slashed.status, slashed.body], [bare.status, bare.body], `${method} ${path}`)
    assert.ok(![301, 302, 307, 308, 405].includes(bare.status), `${method} ${path} ${bare.status}`)
  }
})

test('SF-006 SF-007 without credentials 401; another scheme is none', async () => {
  assertAnswer(await server.call('GET', PROFILE), 401, NO_CREDENTIALS)
  assertAnswer(await server.call('GET', PROFILE, { headers: { authorization: 'Basic YTpi' } }), 401, NO_CREDENTIALS)
})

test('SF-008 a malformed, foreign, expired or revoked token is 401', async () => {
  const { access, refresh } = await loggedIn(server)
  const foreign = `${access.slice(0, -6)}AAAAAA`
  for (const token of ['', 'nonsense', foreign])
    assertAnswer(await server.call('GET', PROFILE, { token }), 401, BAD_TOKEN)
  await server.call('POST', '/api/users/logout/', { token: access, body: { refresh } })
  assertAnswer(await server.call('GET', PROFILE, { token: access }), 401, BAD_TOKEN)
  const other = await loggedIn(server)
  server.shop.pass(61 * 60_000)
  assertAnswer(await server.call('GET', PROFILE, { token: other.access }), 401, BAD_TOKEN)
})

test('SF-009 SF-010 a verification token opens nothing else, on any surface', async () => {
  const { username, password } = await registered(server)
  const { verification_token: token } = (await logIn(server, username, password)).body
  assertAnswer(await server.call('GET', PROFILE, { token }), 403, NOT_ALLOWED)
  assertAnswer(await server.call('GET', '/api/users/addresses/', { token }), 403, NOT_ALLOWED)
  assertAnswer(await server.call('POST', '/api/users/logout/', { token, body: { refresh: 'x' } }), 403, NOT_ALLOWED)
  assertAnswer(await server.call('GET', '/api/v1/users/me/', { token }), 403, NOT_ALLOWED)
})

test('SF-012 SF-013 whatever a body holds, the answer is 4xx with an error', async () => {
  const { access: token } = await loggedIn(server)
  const bodies = ['{', '[]', '"text"', '7', 'null', '{"username":"a\\u0000b","login":"\\u0000","email":"\\u0000"}']
  const long = JSON.stringify({
    username: 'x'.repeat(100_000),
    email: 'x'.repeat(100_000),
    first_name: 'x'.repeat(999),
  })
  const odd = JSON.stringify({
    username: {},
    password: [],
    login: 1,
    email: true,
    refresh: {},
    first_name: [],
    uid: [],
  })
  const routes = server.server.routeList.filter(
    ({ operationId, method }) => operationId?.startsWith('storefront') && method === 'POST',
  )
  for (const { url } of routes) {
    // Another address each time: limits are not what is looked at.
    for (const [index, body] of [...bodies, long, odd].entries()) {
      const headers = { 'x-forwarded-for': `10.0.${index}.${routes.findIndex((route) => route.url === url)}` }
      const called = await server.call('POST', url.replaceAll(/:\w+/g, 'x'), { token, body, headers })
      assert.ok(called.status >= 400 && called.status < 500, `${url} ${body.slice(0, 40)} ${called.status}`)
      assert.equal(typeof (called.body.error ?? called.body.detail), 'string', `${url} ${body.slice(0, 40)}`)
    }
  }
  const invalid = await server.call('PUT', PROFILE, { token, body: { first_name: 7 } })
  assertAnswer(invalid, 400, { error: 'Invalid input data', details: { first_name: ['Not a valid string.'] } })
})

test('SF-014 an empty JSON body, and none at all, count as {}', async () => {
  const empty = { headers: { 'content-type': 'application/json' } }
  const faults = { error: 'Invalid registration data' }
  for (const options of [empty, {}, { body: '' }]) {
    const { status, body } = await server.call('POST', '/api/users/register/', options)
    assert.deepEqual([status, body.error, Object.keys(body.details).length], [400, faults.error, 7])
  }
})

test('SF-015 an unknown path is 404, another method 405, both JSON; the surfaces beside it keep their words', async () => {
  for (const path of ['/api/nothing/', '/api/users/nothing/', '/api/users/addresses/1/more/'])
    assertAnswer(await server.call('GET', path), 404, { detail: 'Not found.' })
  assertAnswer(await server.call('DELETE', '/api/users/login/'), 405, { detail: 'Method "DELETE" not allowed.' })
  assertAnswer(await server.call('GET', '/api/users/register/'), 405, { detail: 'Method "GET" not allowed.' })
  assertAnswer(await server.call('GET', '/api/v1/users/me/'), 401, NO_CREDENTIALS)
  assertAnswer(await server.call('GET', '/api/v1/nothing/'), 404, { detail: 'Not found.' })
})

test('SF-018 SF-500 a bug is told with an error, and nothing more', async () => {
  await sql`alter table customers.profiles rename to profiles_away`.execute(server.shop.db)
  try {
    const { access: token } = await signedUp(server)
    const called = await server.call('GET', PROFILE, { token })
    assertAnswer(called, 500, { detail: 'Internal server error.', error: 'Internal server error.' })
  } finally {
    await sql`alter table customers.profiles_away rename to profiles`.execute(server.shop.db)
  }
})

test('SF-021 the address that counts is the last one of X-Forwarded-For', async () => {
  const ask = (forwarded: string) =>
    server.call('POST', '/api/users/resend-verification-email/', { headers: { 'x-forwarded-for': forwarded } })
  const asked = []
  for (const first of ['1.1.1.1', '2.2.2.2', '3.3.3.3']) asked.push((await ask(`${first}, 198.51.100.77`)).status)
  assert.deepEqual(asked, [401, 401, 429])
})

test('SF-022 a 429 says when to come again', async () => {
  const headers = { 'x-forwarded-for': '198.51.100.78' }
  const body = { uid: 'x', token: 'x', new_password1: 'a', new_password2: 'b' }
  for (let n = 0; n < 2; n += 1) await server.call('POST', '/api/users/password-reset/confirm/', { body, headers })
  const third = await server.call('POST', '/api/users/password-reset/confirm/', { body, headers })
  assert.equal(third.status, 429)
  assert.match(String(third.headers['retry-after']), /^[1-9]\d?$/)
})

test('V1-029 SF-164 powers can neither be registered nor given to oneself', async () => {
  const powers = {
    is_staff: true,
    is_superuser: true,
    is_active: true,
    email_verified_at: '2020-01-01T00:00:00Z',
    id: 1,
  }
  const body = registration(powers)
  assert.equal((await server.call('POST', '/api/users/register/', { body })).status, 201)
  assert.equal((await logIn(server, body.username, body.password)).status, 403)
  const { access: token, username } = await loggedIn(server)
  assert.equal((await server.call('PUT', PROFILE, { token, body: powers })).status, 200)
  const { rows } = await sql`select is_staff, is_superuser from identity.accounts
    where lower(username) in (${body.username}, ${username})`.execute(server.shop.db)
  assert.deepEqual(rows, Array(2).fill({ isStaff: false, isSuperuser: false }))
})
