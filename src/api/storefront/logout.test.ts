import assert from 'node:assert/strict'
import { request as ask, type IncomingMessage } from 'node:http'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { assertAnswer, BAD_TOKEN, loggedIn, logIn, NO_CREDENTIALS } from '../../../test/storefront.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const LEFT = { message: 'Logout successful, token invalidated.' }
const NOT_VALID = { error: 'Invalid token or token already expired' }
const logOut = (token: string | undefined, body: unknown) =>
  server.call('POST', '/api/users/logout/', { ...(token === undefined ? {} : { token }), body })
const renew = (refresh: string) => server.call('POST', '/api/token/refresh/', { body: { refresh } })

test('SF-110 SF-111 logout ends the session of the refresh token', async () => {
  const { access, refresh, username, password } = await loggedIn(server)
  const elsewhere = (await logIn(server, username, password)).body
  assertAnswer(await logOut(access, { refresh }), 205, LEFT)
  assertAnswer(await renew(refresh), 401, { detail: 'Token is invalid or expired', code: 'token_not_valid' })
  assertAnswer(await server.call('GET', '/api/users/user-profile/', { token: access }), 401, BAD_TOKEN)
  assert.equal((await renew(elsewhere.refresh)).status, 200, 'other sessions stay')
  assertAnswer(await logOut(elsewhere.access, { refresh: elsewhere.refresh }), 205, LEFT)
})

test('SF-110 C-09 the 205 has its JSON body, and says how long it is', async () => {
  const { access, refresh } = await loggedIn(server)
  const address = await server.server.listen({ port: 0, host: '127.0.0.1' })
  const { answer, text } = await new Promise<{ answer: IncomingMessage; text: string }>((resolve, reject) => {
    const headers = { authorization: `Bearer ${access}`, 'content-type': 'application/json' }
    const sent = ask(`${address}/api/users/logout/`, { method: 'POST', headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => {
        text += chunk
      })
      answer.on('end', () => resolve({ answer, text }))
    })
    sent.on('error', reject).end(JSON.stringify({ refresh }))
  })
  assert.equal(answer.statusCode, 205)
  assert.deepEqual(JSON.parse(text), LEFT)
  assert.equal(answer.headers['content-length'], String(Buffer.byteLength(text)))
  assert.match(String(answer.headers['content-type']), /json/)
})

test('SF-112 what is no refresh token of the caller, or was used before, is 400', async () => {
  const { access, refresh, username, password } = await loggedIn(server)
  const other = await loggedIn(server)
  for (const body of [
    {},
    { refresh: '' },
    { refresh: 7 },
    { refresh: 'nonsense' },
    { refresh: access },
    { refresh: other.refresh },
  ])
    assertAnswer(await logOut(access, body), 400, NOT_VALID)
  assert.equal((await renew(other.refresh)).status, 200, 'somebody else stays')
  const again = (await logIn(server, username, password)).body
  assertAnswer(await logOut(again.access, { refresh }), 205, LEFT)
  assertAnswer(await logOut(again.access, { refresh }), 400, NOT_VALID)
  assertAnswer(await logOut(access, { refresh }), 400, NOT_VALID)
  assertAnswer(await logOut(access, { refresh: again.refresh }), 401, BAD_TOKEN)
})

test('SF-112 an expired refresh token is 400', async () => {
  const customer = await loggedIn(server)
  server.shop.pass(7 * 86_400_000 + 1000)
  const { access } = (await logIn(server, customer.username, customer.password)).body
  assertAnswer(await logOut(access, { refresh: customer.refresh }), 400, NOT_VALID)
})

test('SF-112 of ten logouts at once one succeeds', async () => {
  const { access, refresh } = await loggedIn(server)
  const called = await Promise.all(Array.from({ length: 10 }, () => logOut(access, { refresh })))
  assert.deepEqual(called.map(({ status }) => status).sort(), [205, ...Array(9).fill(400)])
})

test('SF-113 without a bearer, or with a bad one, 401', async () => {
  const { refresh } = await loggedIn(server)
  assertAnswer(await logOut(undefined, { refresh }), 401, NO_CREDENTIALS)
  assertAnswer(await logOut(undefined, {}), 401, NO_CREDENTIALS)
  for (const bad of ['nonsense', refresh]) assertAnswer(await logOut(bad, { refresh }), 401, BAD_TOKEN)
  assert.equal((await renew(refresh)).status, 200)
})

test('SF-114 a logout leaves one LOGOUT in the trail', async () => {
  const { access, refresh, email } = await loggedIn(server)
  await logOut(access, { refresh })
  await logOut(access, { refresh })
  await server.shop.runJobs()
  const { rows } = await sql`select activity_type, surface, ip_address from analytics.user_activities
    where account_id = (select id from identity.accounts where email = ${email}) and activity_type = 'LOGOUT'`.execute(
    server.shop.db,
  )
  assert.deepEqual(rows, [{ activityType: 'LOGOUT', surface: 'storefront', ipAddress: '127.0.0.1' }])
})
