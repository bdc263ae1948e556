/** Another password, wished for by several at once. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp } from '../../../test/accounts.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

const FRESH = 'twelve brass lamps'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const change = (token: string, body: unknown) => server.call('POST', '/api/v1/auth/change-password/', { token, body })
const signIn = (email: string, password: string) =>
  server.call('POST', '/api/v1/auth/login/', { body: { email, password } })
const statusesOf = (called: Called[]) => called.map(({ status }) => status)

test('V1-125 V1-026 of four who change one password at once, one has his; the others hear that theirs is not the present one', async () => {
  const { email, password, access } = await signedUp(server)
  const others = await Promise.all([1, 2, 3].map(() => signIn(email, password)))
  const tokens = [access, ...others.map(({ body }) => body.access)]
  const changed = await Promise.all(
    tokens.map((token, at) => change(token, { current_password: password, new_password: `${FRESH} ${at}` })),
  )
  assert.deepEqual(statusesOf(changed).sort(), [200, 400, 400, 400])
  for (const { body } of changed.filter(({ status }) => status === 400))
    assert.deepEqual(body, { current_password: ['Current password is incorrect.'] })
  const winner = changed.findIndex(({ status }) => status === 200)
  assert.equal((await signIn(email, `${FRESH} ${winner}`)).status, 200)
})
