import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp } from '../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../test/server.ts'
import { endSessions } from './end-sessions.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const statusOfMe = async (token: string) => (await server.call('GET', '/api/v1/users/me/', { token })).status

/** Runs the command beside the serving shop; returns what it says. */
async function run(...args: string[]): Promise<string> {
  const said: string[] = []
  const { log } = console
  console.log = (line: string) => said.push(line)
  try {
    const { config, databaseUrl } = server.shop
    await endSessions({ ...config, databaseUrl, GEOLOCATION: 'none' }, args)
  } finally {
    console.log = log
  }
  return said.join('\n')
}

test('V1-172 ASVS 7.4.5 end-sessions signs out one account, or everybody, at the next request', async () => {
  const [one, two, three] = [
    await signedUp(server),
    await signedUp(server, { surface: 'nexus' }),
    await signedUp(server),
  ]
  assert.equal(await run('--email', one.email.toUpperCase()), 'Ended 1 session.')
  assert.deepEqual(await Promise.all([one, two, three].map(({ access }) => statusOfMe(access))), [401, 200, 200])
  const refreshed = await server.call('POST', '/api/v1/auth/refresh/', { body: { refresh: one.refresh } })
  assert.equal(refreshed.status, 401)
  assert.equal(await run('--all'), 'Ended 2 sessions.')
  assert.deepEqual(await Promise.all([one, two, three].map(({ access }) => statusOfMe(access))), [401, 401, 401])
  assert.equal(await run('--all'), 'Ended 0 sessions.')
})

test('end-sessions wants to know whose, and says whom it does not know', async () => {
  for (const args of [[], ['--all', '--email', 'a@example.com']])
    await assert.rejects(run(...args), /^Error: Say whose: end-sessions --email/)
  await assert.rejects(run('--email', 'nobody@example.com'), {
    message: 'The sessions of nobody@example.com were not ended: no such account.',
  })
})
