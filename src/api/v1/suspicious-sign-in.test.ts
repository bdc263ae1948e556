/** Sign-ins from too many addresses at once, through HTTP. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { emailName, signIn as signInOn } from '#commerce/identity'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const MINUTE_MS = 60_000
const MAILED = 'Suspicious activity on your account'

const opened: TestServer[] = []
after(() => Promise.all(opened.map((server) => server.close())))

async function open(settings: Record<string, string> = {}): Promise<TestServer> {
  const server = await openTestServer({ TRUST_PROXY: 'true', ...settings })
  opened.push(server)
  return server
}

/** Signs in from an address; returns the access token. */
async function signIn(server: TestServer, { email, password }: SignedUp, ip: string): Promise<string> {
  const headers = { 'x-forwarded-for': ip, 'user-agent': 'curl/8.9.1' }
  const called = await server.call('POST', '/api/v1/auth/login/', { body: { email, password }, headers })
  assert.equal(called.status, 200)
  return called.body.access
}

const statusOf = async (server: TestServer, token: string) =>
  (await server.call('GET', '/api/v1/users/me/', { token })).status
const statusesOf = (server: TestServer, tokens: string[]) => Promise.all(tokens.map((token) => statusOf(server, token)))

async function suspicions({ shop }: TestServer, { accountId }: SignedUp) {
  const { rows } = await sql`select ip_address, user_agent, succeeded, failure_reason from identity.security_attempts
    where account_id = ${accountId} and attempt_type = 'suspicious_activity' order by id`.execute(shop.db)
  return rows
}

async function toldTo({ shop }: TestServer, { accountId, email }: SignedUp) {
  await shop.runJobs()
  const { rows } = await sql<{ type: string }>`select type from notifications.notices
    where account_id = ${accountId} and type = 'suspicious_activity'`.execute(shop.db)
  return {
    mails: shop.letters.filter(({ to, subject }) => to === email && subject === MAILED).length,
    notices: rows.length,
  }
}

const FOUR = ['198.51.100.1', '198.51.100.2', '198.51.100.3', '198.51.100.4']

test('V1-084 V1-085 sign-in from a fourth address within the hour: noted, told, and all other v1 sessions end', async () => {
  const server = await open()
  const user = await signedUp(server, { surface: 'nexus', ip: '192.0.2.1' })
  const tokens: string[] = []
  for (const ip of FOUR.slice(0, 3)) tokens.push(await signIn(server, user, ip))
  tokens.push(await signIn(server, user, FOUR[0]!))
  assert.deepEqual(await suspicions(server, user), [], 'three addresses are none too many')
  assert.deepEqual(await statusesOf(server, tokens), [200, 200, 200, 200])
  const newest = await signIn(server, user, FOUR[3]!)
  assert.deepEqual(await statusesOf(server, tokens), [401, 401, 401, 401])
  assert.deepEqual(await statusesOf(server, [newest, user.access]), [200, 200], 'nexus and the new one stay')
  const why = { userAgent: 'curl/8.9.1', succeeded: false, failureReason: 'too_many_addresses' }
  assert.deepEqual(await suspicions(server, user), [{ ipAddress: FOUR[3], ...why }])
  assert.deepEqual(await toldTo(server, user), { mails: 1, notices: 1 })
  const { rows } = await sql`select end_reason, count(*)::int from identity.sessions
    where account_id = ${user.accountId} and ended_at is not null group by 1`.execute(server.shop.db)
  assert.deepEqual(rows, [{ endReason: 'suspicious_activity', count: 4 }])
})

test('V1-084 sessions that were opened more than an hour ago do not count, nor do those of other surfaces', async () => {
  const server = await open()
  const user = await signedUp(server, { ip: '192.0.2.1' })
  for (const ip of FOUR.slice(0, 2)) await signIn(server, user, ip)
  const name = emailName(user.email)
  for (const ip of ['192.0.2.7', '192.0.2.8'])
    await signInOn(server.shop, { name, password: user.password }, { surface: 'nexus', device: { ip, userAgent: '' } })
  server.shop.pass(60 * MINUTE_MS)
  await signIn(server, user, FOUR[2]!)
  await signIn(server, user, FOUR[3]!)
  assert.deepEqual(await suspicions(server, user), [])
})

test('V1-084 V1-083 an address counts though its session had to make room', async () => {
  const server = await open({ MAX_SESSIONS_PER_USER: '1' })
  const user = await signedUp(server, { surface: 'nexus' })
  for (const ip of FOUR) await signIn(server, user, ip)
  assert.equal((await suspicions(server, user)).length, 1)
})

test('V1-085 V1-165 without FORCE_LOGOUT_ON_SUSPICIOUS_ACTIVITY it is noted and told, and nobody is thrown out', async () => {
  const server = await open({ FORCE_LOGOUT_ON_SUSPICIOUS_ACTIVITY: 'false' })
  const user = await signedUp(server, { surface: 'nexus' })
  const tokens: string[] = []
  for (const ip of FOUR) tokens.push(await signIn(server, user, ip))
  assert.deepEqual(await statusesOf(server, tokens), [200, 200, 200, 200])
  assert.equal((await suspicions(server, user)).length, 1)
  assert.deepEqual(await toldTo(server, user), { mails: 1, notices: 1 })
  assert.ok(!server.shop.letters.at(-1)!.text.includes('ended'), 'the mail claims nothing that did not happen')
})

test('V1-084 SUSPICIOUS_DISTINCT_IPS and SUSPICIOUS_WINDOW_MINUTES are the bounds', async () => {
  const server = await open({ SUSPICIOUS_DISTINCT_IPS: '1', SUSPICIOUS_WINDOW_MINUTES: '5' })
  const user = await signedUp(server, { surface: 'nexus' })
  await signIn(server, user, FOUR[0]!)
  server.shop.pass(5 * MINUTE_MS)
  await signIn(server, user, FOUR[1]!)
  assert.equal((await suspicions(server, user)).length, 0)
  await signIn(server, user, FOUR[2]!)
  assert.equal((await suspicions(server, user)).length, 1)
})
