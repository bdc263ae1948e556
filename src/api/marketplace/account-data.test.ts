/** Export and deletion of an account on the marketplace, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  assertErr,
  assertOk,
  INVALID,
  loggedIn,
  NO_CREDENTIALS,
  post,
  registration,
  someAddress,
} from '../../../test/marketplace.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())

const remove = (body: unknown, token?: string) => post(server, 'delete', body, someAddress(), token)

test('MP-049 V1-151 the export has what is known of its owner, and no secret', async () => {
  const { phone, password, access, refresh } = await loggedIn(server, { last_name: 'Exportlace' })
  const called = await server.call('GET', '/accounts/export/', { token: access })
  assertOk(called, 200, 'Account data exported successfully.')
  const { account, sessions } = called.body.data
  assert.deepEqual([account.phone, account.last_name, sessions.length], [phone, 'Exportlace', 1])
  for (const secret of [password, access, refresh, '$argon2'])
    assert.ok(!JSON.stringify(called.body).includes(secret), secret)
  assertErr(await server.call('GET', '/accounts/export/'), 401, NO_CREDENTIALS)
})

test('MP-049 who knows the password closes the account; a later sign-in is 401, and the phone is free', async () => {
  const { phone, password, access } = await loggedIn(server)
  assertErr(await remove({ password: 'wrong' }, access), 400, INVALID, { password: ['Password is incorrect.'] })
  assertErr(await remove({}, access), 400, INVALID, { password: ['This field is required.'] })
  assertErr(await remove({ password }), 401, NO_CREDENTIALS)
  const called = await remove({ password }, access)
  assertOk(called, 200, 'Account deleted successfully.')
  assert.deepEqual(called.body.data, {})
  assert.equal((await server.call('GET', '/accounts/profile/', { token: access })).status, 401)
  assertErr(await post(server, 'login', { phone, password }), 401, 'Invalid phone number or password.')
  assert.equal((await post(server, 'register', registration({ phone }))).status, 201)
})
