/** All ways in, each with the same nos: for who has a second factor, who is locked, who was switched off, who has reset. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { type GoogleDouble, openGoogleDouble, somebody } from '../google.ts'
import { mailedCode } from '../mailed-codes.ts'
import { sentOtp } from '../marketplace.ts'
import { codeOf, guarded, passToMidStep } from '../second-factors.ts'
import { openTestServer, type TestServer } from '../server.ts'
import { linkTo } from '../storefront.ts'
import { challengeIn, doorsOf, knock, type Named, named, someAddress, tokensOf } from './doors.ts'

const FRESH = 'eleven copper lamps'

let double: GoogleDouble
let server: TestServer
before(async () => {
  double = await openGoogleDouble()
  server = await openTestServer({ ...double.settings, TRUST_PROXY: 'true' })
})
after(async () => {
  await server.close()
  await double.close()
})
beforeEach(() => {
  server.shop.pass(3_600_000)
  passToMidStep(server.shop)
})

const post = (path: string, body: object) => server.call('POST', path, { body, headers: someAddress() })
const byGoogle = async ({ email }: Named, claims: object = {}) =>
  post('/api/auth/google/', { id_token: await double.idToken({ ...somebody({ email }), ...claims }) })

/** Somebody with a second factor and all names. */
async function guardedByAll() {
  const { user, secret } = await guarded(server.shop)
  return { user: await named(server, user), secret }
}

const openSessionsOf = async ({ accountId }: Named): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from identity.sessions
    where account_id = ${accountId} and ended_at is null`.execute(server.shop.db)
  return rows[0]!.count
}

test('ASVS 6.3.3 who has a second factor is let in by no way without it', async () => {
  const { user, secret } = await guardedByAll()
  const before = await openSessionsOf(user)
  let challenge: unknown
  for (const door of doorsOf(user)) {
    const called = await knock(server, door, user.password)
    assert.deepEqual(tokensOf(called), {}, door.where)
    challenge = challengeIn(called)
    assert.ok(challenge, door.where)
  }
  assert.equal(await openSessionsOf(user), before, 'no session was opened')
  const called = await post('/api/v1/auth/two-factor/', {
    challenge_token: challenge,
    code: codeOf(server.shop, secret),
  })
  assert.ok(tokensOf(called).access)
})

test('ASVS 6.8.4 Google counts as one factor: the second is asked for, whatever Google says of its own check', async () => {
  const { user } = await guardedByAll()
  for (const claims of [{}, { amr: ['mfa', 'hwk'], acr: 'urn:mace:incommon:iap:gold' }]) {
    const called = await byGoogle(user, claims)
    assert.deepEqual([called.status, tokensOf(called)], [403, {}])
    assert.ok(challengeIn(called))
  }
})

test('ASVS 6.3.4 a switched-off and a locked account get the same no on every way in', async () => {
  const user = await named(server)
  for (const door of doorsOf(user)) assert.ok(tokensOf(await knock(server, door, user.password)).access, door.where)
  for (let n = 0; n < 5; n += 1) await knock(server, doorsOf(user)[1]!, 'wrong')
  for (const door of doorsOf(user)) {
    const [right, wrong] = [await knock(server, door, user.password), await knock(server, door, 'wrong')]
    assert.deepEqual([right.status, tokensOf(right)], [429, {}], door.where)
    assert.equal(wrong.status, 429, `${door.where}: a lock does not tell the right password`)
  }
  server.shop.pass(16 * 60_000)
  await sql`update identity.accounts set disabled_at = now(), is_active = false where id = ${user.accountId}`.execute(
    server.shop.db,
  )
  for (const door of doorsOf(user)) {
    const called = await knock(server, door, user.password)
    assert.ok(called.status >= 400 && called.status < 429, `${door.where} ${called.status}`)
    assert.deepEqual([tokensOf(called), challengeIn(called)], [{}, undefined], door.where)
  }
  const google = await byGoogle(user)
  assert.deepEqual([google.status, tokensOf(google)], [403, {}])
})

/** The ways to another password: each sets one, and answers what it answers. */
const resets: Record<string, (user: Named) => Promise<object>> = {
  'mail of v1': async ({ email }) => {
    await post('/api/v1/auth/password-reset/', { email })
    await server.shop.runJobs()
    const { text } = server.shop.letters.findLast((letter) => letter.to === email)!
    const token = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(text)![0]
    return post('/api/v1/auth/password-reset/confirm/', { token, new_password: FRESH })
  },
  'code of nexus': async ({ email }) => {
    await post('/api/auth/password-reset/', { email })
    const otp = await mailedCode(server, email)
    const fresh = { new_password: FRESH, new_password_confirm: FRESH }
    return post('/api/auth/password-reset/confirm/', { email, otp, ...fresh })
  },
  'SMS of the marketplace': async ({ phone }) => {
    const { body } = await post('/accounts/verify-otp/', { phone, otp: await sentOtp(server, phone) })
    return post('/accounts/reset-password/', { phone, password: FRESH, reset_token: body.data.reset_token })
  },
  'link of the storefront': async ({ email }) => {
    await post('/api/users/password-reset/', { email })
    await server.shop.runJobs()
    const fresh = { new_password1: FRESH, new_password2: FRESH }
    return post('/api/users/password-reset/confirm/', { ...linkTo(server, email), ...fresh })
  },
}

for (const [way, reset] of Object.entries(resets)) {
  test(`ASVS 6.4.3 after a reset by the ${way} the second factor is still asked for`, async () => {
    const { user } = await guardedByAll()
    // What else was to be told goes first: the newest letter is that of the reset.
    await server.shop.runJobs()
    const called = (await reset(user)) as Awaited<ReturnType<typeof post>>
    assert.ok(called.status < 300, JSON.stringify(called.body))
    assert.deepEqual([tokensOf(called), tokensOf({ ...called, body: called.body.data ?? {} })], [{}, {}])
    assert.equal(await openSessionsOf(user), 0, 'it has ended all sessions, and opened none')
    for (const door of doorsOf(user)) {
      const asked = await knock(server, door, FRESH)
      assert.deepEqual(tokensOf(asked), {}, door.where)
      assert.ok(challengeIn(asked), door.where)
    }
  })
}

test('ASVS 6.3.2 a fresh shop has no account that a password opens', async () => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from identity.accounts`.execute(
    (await fresh()).shop.db,
  )
  assert.equal(rows[0]!.count, 0)
})

/** A shop that nobody was in yet; closed with the file. */
async function fresh(): Promise<TestServer> {
  const opened = await openTestServer()
  after(() => opened.close())
  return opened
}

test('ASVS 6.4.2 no route takes or shows a hint or a secret question', () => {
  const document = readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')
  const names = [...document.matchAll(/"([\w-]+)":/g)].map(([, name]) => name!)
  assert.ok(names.includes('current_password'))
  const bad = names.filter((name) => /hint|secret_?question|security_?(question|answer)|mother/i.test(name))
  assert.deepEqual(bad, [])
})
