/** The tokens that need no table, through the ways in of the storefront (SF-089, SF-134). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { openTestServer, type TestServer } from '../../../../test/server.ts'
import { logIn, registered, verified } from '../../../../test/storefront.ts'
import { findCredentialsById } from '../sign-in/credentials.queries.ts'
import { makeClassicToken } from './classic-tokens.ts'
import { toUid } from './mail-links.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())

const FRESH = 'Fresh-Harbour-72'

async function accountOf(email: string) {
  const { rows } = await sql<{ id: number }>`select id from identity.accounts where email = ${email}`.execute(
    server.shop.db,
  )
  return (await findCredentialsById(server.shop.db, rows[0]!.id))!
}

/** As another program with the same key would make it for this account as it is. */
async function classicLink(email: string, purpose: 'verify_email' | 'reset_password') {
  const account = await accountOf(email)
  return { uid: toUid(account.id), token: makeClassicToken(account, purpose, server.shop.now(), server.shop.config) }
}

type Link = { uid: string; token: string }
const verify = async ({ uid, token }: Link) =>
  (await server.call('GET', `/api/users/email-verify/?uid=${uid}&token=${token}`)).status
let asked = 0
async function reset(link: Link): Promise<number> {
  asked += 1
  const body = { ...link, new_password1: FRESH, new_password2: FRESH }
  const headers = { 'x-forwarded-for': `10.3.0.${asked}` }
  return (await server.call('POST', '/api/users/password-reset/confirm/', { body, headers })).status
}

test('SF-089 SF-086 a classic token verifies once, whoever uses it at the same moment', async () => {
  const { email, username, password } = await registered(server)
  const link = await classicLink(email, 'verify_email')
  assert.match(link.token, /^[0-9a-z]+-[0-9a-f]+$/)
  const called = await Promise.all(Array.from({ length: 10 }, () => verify(link)))
  assert.deepEqual(called.sort(), [200, ...Array(9).fill(400)])
  assert.equal((await logIn(server, username, password)).status, 200)
})

test('SF-134 SF-132 a classic token resets once, whoever uses it at the same moment', async () => {
  const { email, username } = await verified(server)
  const link = await classicLink(email, 'reset_password')
  const called = await Promise.all(Array.from({ length: 10 }, () => reset(link)))
  assert.deepEqual(called.sort(), [200, ...Array(9).fill(400)])
  assert.equal((await logIn(server, username, FRESH)).status, 200)
})

test('SF-089 SF-087 it is bound to the user, the purpose, the state of the account, and 24 hours', async () => {
  const customer = await verified(server)
  const other = await verified(server)
  const fresh = await registered(server)
  const link = await classicLink(customer.email, 'reset_password')
  assert.equal(await reset({ ...link, uid: (await classicLink(other.email, 'reset_password')).uid }), 400)
  assert.equal(await reset(await classicLink(other.email, 'verify_email')), 400)
  assert.equal(await verify(await classicLink(fresh.email, 'reset_password')), 400)
  const [time, mac] = link.token.split('-')
  const later = (Number.parseInt(time!, 36) + 1).toString(36)
  for (const token of [`${later}-${mac}`, `${time}-${'0'.repeat(64)}`, `${time}-${mac}0`, `-${mac}`])
    assert.equal(await reset({ ...link, token }), 400)
  const before = await classicLink(other.email, 'reset_password')
  await logIn(server, other.email, other.password)
  assert.equal(await reset(before), 400, 'who has signed in since does not need it')
  server.shop.pass(24 * 3_600_000 + 2000)
  assert.equal(await reset(link), 400)
  assert.equal(await reset(await classicLink(customer.email, 'reset_password')), 200)
})
