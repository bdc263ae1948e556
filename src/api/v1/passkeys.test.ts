/** The passkeys of an account, as their owner adds, names and removes them, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decodeJwt } from 'jose'
import { sql } from 'kysely'
import { type CreatedPasskey, endSession, addPasskey as keepPasskey } from '#commerce/identity'
import { signedUp } from '../../../test/accounts.ts'
import { type Mischief, makeAuthenticator } from '../../../test/authenticator.ts'
import { addPasskey, creationOptions, PASSKEYS, signInBy, withPasskey } from '../../../test/passkeys.ts'
import { refusalOf } from '../../../test/refusals.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const MINUTE_MS = 60_000
const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36'
const TOO_LATE = 'This passkey was not created for this account, or too long ago. Please try again.'

let server: TestServer
before(async () => {
  server = await openTestServer({
    TRUST_PROXY: 'true',
    MAIL_FROM: 'Souk of Tests <shop@example.com>',
    CORS_ALLOWED_ORIGINS: '*,https://app.example.com',
  })
})
after(() => server.close())

const list = async (token: string) => (await server.call('GET', PASSKEYS, { token })).body
const remove = (id: number, token: string, body?: object) =>
  server.call('DELETE', `${PASSKEYS}${id}/`, { token, ...(body ? { body } : {}) })

/** Somebody who has never chosen a password. */
async function withoutPassword() {
  const user = await signedUp(server)
  await sql`update identity.accounts set password_hash = null where id = ${user.accountId}`.execute(server.shop.db)
  return user
}

test('Passkey ASVS 6.3.3 the browser is told to ask for one that its device finds by itself and asks a PIN for', async () => {
  const { user, device } = await withPasskey(server)
  const called = await server.call('POST', `${PASSKEYS}options/`, { token: user.access })
  const { rows } = await sql<{ uuid: string }>`select uuid from identity.accounts where id = ${user.accountId}`.execute(
    server.shop.db,
  )
  const { challenge, pubKeyCredParams, ...options } = called.body
  assert.deepEqual(
    [called.status, options],
    [
      200,
      {
        rp: { id: 'localhost', name: 'Souk of Tests' },
        user: { id: Buffer.from(rows[0]!.uuid).toString('base64url'), name: user.email, displayName: 'Sam Shopper' },
        timeout: 300_000,
        attestation: 'none',
        excludeCredentials: [{ id: device.credentialId, type: 'public-key', transports: ['internal'] }],
        authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
        extensions: { credProps: true },
      },
    ],
  )
  assert.ok(Buffer.from(challenge, 'base64url').length >= 16)
  assert.deepEqual(
    pubKeyCredParams.map(({ alg }: { alg: number }) => alg),
    [-8, -7, -257],
  )
})

test('Passkey one that was added is listed by the name of its device, and its owner is told', async () => {
  const user = await signedUp(server)
  const added = await addPasskey(server, user, makeAuthenticator({ isBackedUp: true }), { userAgent: CHROME })
  assert.equal(added.status, 201)
  const { id, created_at, ...passkey } = added.body
  assert.deepEqual(passkey, { name: 'Chrome 142 on Windows', last_used_at: null, is_backed_up: true })
  assert.deepEqual(await list(user.access), [added.body])
  await server.shop.runJobs()
  assert.ok(server.shop.letters.some(({ to, subject }) => to === user.email && subject === 'A passkey was added'))
  const named = await addPasskey(server, user, makeAuthenticator(), { body: { name: ' My key ' } })
  assert.deepEqual([named.body.name, named.body.is_backed_up], ['My key', false])
  assert.deepEqual(
    (await list(user.access)).map((one: { name: string }) => one.name),
    [passkey.name, 'My key'],
  )
})

test('Passkey ASVS 7.5.1 without the password, or with a wrong one, none is added', async () => {
  const user = await signedUp(server)
  for (const [body, said] of [
    [{ current_password: undefined }, 'This field is required.'],
    [{ current_password: 'wrong' }, 'Current password is incorrect.'],
  ] as const) {
    const called = await addPasskey(server, user, makeAuthenticator(), { body })
    assert.deepEqual([called.status, called.body], [400, { current_password: [said] }])
  }
  for (let n = 0; n < 4; n += 1) {
    await addPasskey(server, user, makeAuthenticator(), { body: { current_password: 'wrong' } })
  }
  assert.equal((await addPasskey(server, user, makeAuthenticator())).status, 429, 'the right one comes too late')
  assert.deepEqual(await list(user.access), [])
})

test('Passkey ASVS 7.5.1 where there is no password, the sign-in has to be of the last 15 minutes', async () => {
  const [user, late] = [await withoutPassword(), await withoutPassword()]
  const added = await addPasskey(server, user, makeAuthenticator(), { body: { current_password: undefined } })
  assert.equal(added.status, 201)
  await sql`update identity.sessions set created_at = created_at - interval '16 minutes'
    where account_id = ${late.accountId}`.execute(server.shop.db)
  const refused = await addPasskey(server, late, makeAuthenticator())
  assert.deepEqual(
    [refused.status, refused.body],
    [403, { detail: 'Please sign in again to do this.', code: 'fresh_sign_in_required' }],
  )
  assert.deepEqual(await list(late.access), [])
})

const mischiefs: [what: string, mischief: Mischief][] = [
  ['another challenge', { challenge: 'b3RoZXI' }],
  ['no challenge', { challenge: '\0' }],
  ['another origin', { origin: 'https://localhost.example.com' }],
  ['any origin that may call', { origin: '*' }],
  ['another host', { rpId: 'example.com' }],
  ['a frame', { crossOrigin: true }],
  ['no PIN', { isVerified: false }],
  ['a format that nobody knows', { attestation: ['unknown', new Map()] }],
  ['certificates', { attestation: ['packed', new Map<string, unknown>([['x5c', [new Uint8Array(8)]]])] }],
]
for (const [what, mischief] of mischiefs) {
  test(`Passkey ASVS 6.5.1 one that was made with ${what} is not kept`, async () => {
    const user = await signedUp(server)
    const called = await addPasskey(server, user, makeAuthenticator(), { mischief })
    assert.deepEqual([called.status, called.body], [400, { credential: [TOO_LATE] }])
    assert.deepEqual(await list(user.access), [])
  })
}

test('Passkey ASVS 6.5.1 6.5.5 a challenge is for its account, for five minutes, and for one answer, whoever asks at once', async () => {
  const [user, other] = [await signedUp(server), await signedUp(server)]
  const bring = (credential: object, { access: token, password } = user) =>
    server.call('POST', PASSKEYS, { token, body: { credential, current_password: password } })
  const options = await creationOptions(server, user)
  assert.equal((await bring(makeAuthenticator().create(options), other)).status, 400, 'of another account')
  const devices = Array.from({ length: 5 }, () => makeAuthenticator())
  const answers = await Promise.all(devices.map((device) => bring(device.create(options))))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 400, 400, 400, 400])
  const late = await creationOptions(server, user)
  server.shop.pass(5 * MINUTE_MS)
  assert.equal((await bring(makeAuthenticator().create(late))).status, 400)
  assert.equal((await list(user.access)).length, 1)
})

test('Passkey one may be made on any page of CORS_ALLOWED_ORIGINS', async () => {
  const user = await signedUp(server)
  const mischief = { origin: 'https://app.example.com' }
  assert.equal((await addPasskey(server, user, makeAuthenticator(), { mischief })).status, 201)
})

test('Passkey the same one is kept once, whoever brings it', async () => {
  const { device } = await withPasskey(server)
  const called = await addPasskey(server, await signedUp(server), device)
  assert.deepEqual(
    [called.status, called.body],
    [409, { detail: 'This passkey is already registered.', code: 'passkey_known' }],
  )
})

test('Passkey an account has at most 20, however many are brought at once', async () => {
  const user = await signedUp(server)
  await sql`insert into identity.passkeys (account_id, credential_id, public_key, name, created_at)
    select ${user.accountId}, 'many-' || n, '', 'one of many', now() from generate_series(1, 18) n`.execute(
    server.shop.db,
  )
  const [wanted, last] = [await Promise.all([1, 2, 3, 4].map(() => creationOptions(server, user))), makeAuthenticator()]
  const brought = await Promise.all(
    wanted.map((options) => {
      const body = { credential: makeAuthenticator().create(options), current_password: user.password }
      return server.call('POST', PASSKEYS, { token: user.access, body })
    }),
  )
  assert.deepEqual(brought.map(({ status }) => status).sort(), [201, 201, 409, 409])
  const said = { detail: 'An account cannot have more passkeys. Remove one first.', code: 'too_many_passkeys' }
  const called = await server.call('POST', `${PASSKEYS}options/`, { token: user.access })
  assert.deepEqual([called.status, called.body], [409, said])
  assert.equal(
    (await remove((await list(user.access))[0].id, user.access, { current_password: user.password })).status,
    204,
  )
  assert.equal((await addPasskey(server, user, last)).status, 201)
})

test('Passkey its owner gives it another name; a blank one, or that of somebody else, is refused', async () => {
  const { user, id } = await withPasskey(server)
  const stranger = await signedUp(server)
  const rename = (name: string, token = user.access) =>
    server.call('PATCH', `${PASSKEYS}${id}/`, { token, body: { name } })
  const called = await rename(' Desk ')
  assert.deepEqual([called.status, called.body], [200, (await list(user.access))[0]])
  assert.equal(called.body.name, 'Desk')
  assert.deepEqual((await rename('  ')).body, { name: ['This field may not be blank.'] })
  assert.equal((await rename('Mine', stranger.access)).status, 404)
  assert.equal((await list(user.access))[0].name, 'Desk')
})

test('Passkey ASVS 7.5.1 one is removed for the password, and does not sign in any more; the owner is told', async () => {
  const { user, device, id } = await withPasskey(server)
  const without = await remove(id, user.access)
  assert.deepEqual([without.status, without.body], [400, { current_password: ['This field is required.'] }])
  assert.equal((await remove(id, user.access, { current_password: 'wrong' })).status, 400)
  assert.equal((await remove(id, (await signedUp(server)).access, { current_password: user.password })).status, 404)
  assert.equal((await signInBy(server, device)).status, 200, 'it is still there')
  assert.equal((await remove(id, user.access, { current_password: user.password })).status, 204)
  assert.equal((await remove(id, user.access, { current_password: user.password })).status, 404)
  assert.equal((await signInBy(server, device)).status, 401)
  await server.shop.runJobs()
  assert.ok(server.shop.letters.some(({ to, subject }) => to === user.email && subject === 'A passkey was removed'))
})

test('Passkey the only way into an account is not removed, nor are the last two at once', async () => {
  const user = await withoutPassword()
  const made = [
    await addPasskey(server, user, makeAuthenticator()),
    await addPasskey(server, user, makeAuthenticator()),
  ]
  const removed = await Promise.all(made.map(({ body }) => remove(body.id, user.access)))
  assert.deepEqual(removed.map(({ status }) => status).sort(), [204, 409])
  const refused = removed.find(({ status }) => status === 409)!
  assert.deepEqual(refused.body, {
    detail: 'This is the only way to sign in to the account. Set a password first.',
    code: 'last_way_in',
  })
  assert.equal((await list(user.access)).length, 1)
})

test('Passkey the last one goes where Google lets its owner in', async () => {
  const shop = await openTestServer({ GOOGLE_CLIENT_ID: 'souk', GOOGLE_CLIENT_SECRET: 'secret' })
  try {
    const { user, id } = await withPasskey(shop)
    await sql`update identity.accounts set password_hash = null where id = ${user.accountId}`.execute(shop.shop.db)
    const go = () => shop.call('DELETE', `${PASSKEYS}${id}/`, { token: user.access })
    assert.equal((await go()).status, 409)
    await sql`insert into identity.google_links (subject, account_id, email, linked_at)
      values ('g-1', ${user.accountId}, ${user.email}, now())`.execute(shop.shop.db)
    assert.equal((await go()).status, 204)
  } finally {
    await shop.close()
  }
})

test('Passkey what is no credential is told by its field; nobody sees or changes anything without signing in', async () => {
  const { access, password } = await signedUp(server)
  const called = await server.call('POST', PASSKEYS, {
    token: access,
    body: { credential: { id: '%' }, current_password: password },
  })
  assert.deepEqual([called.status, Object.keys(called.body)], [400, ['credential']])
  for (const [method, url] of [
    ['GET', PASSKEYS],
    ['POST', PASSKEYS],
    ['POST', `${PASSKEYS}options/`],
    ['PATCH', `${PASSKEYS}1/`],
    ['DELETE', `${PASSKEYS}1/`],
  ] as const) {
    assert.equal((await server.call(method, url, method === 'GET' ? {} : { body: {} })).status, 401, `${method} ${url}`)
  }
})

test('Passkey ASVS 7.5.1 none is added from a session that has ended while it was made', async () => {
  const user = await signedUp(server)
  const device = makeAuthenticator()
  const options = await creationOptions(server, user)
  const sessionId = String(decodeJwt(user.access).sid)
  await endSession(server.shop, user.accountId, sessionId)
  const visit = { surface: 'v1', device: { ip: '192.0.2.1', userAgent: '' } } as const
  const proof = { ...visit, accountId: user.accountId, sessionId, currentPassword: user.password }
  const late = keepPasskey(server.shop, { created: device.create(options) as CreatedPasskey }, proof)
  assert.equal((await refusalOf(late)).code, 'session_terminated')
})
