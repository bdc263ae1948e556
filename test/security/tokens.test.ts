/** Tokens that are none of ours, though somebody has our key; and tokens where others belong. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { base64url, decodeJwt, exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose'
import { issueOneTimeToken } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import { type SignedUp, signedUp } from '../accounts.ts'
import { loggedIn } from '../marketplace.ts'
import { type CallOptions, openTestServer, type TestServer } from '../server.ts'
import { logIn, registered } from '../storefront.ts'
import { someAddress } from './doors.ts'

// Long enough for other algorithms too.
const SECRET_KEY = 'a key of tests that signs nothing of value '.repeat(2).trim()

let server: TestServer
let user: SignedUp
before(async () => {
  server = await openTestServer({ SECRET_KEY, TRUST_PROXY: 'true', STOREFRONT_ACCESS_MINUTES: '60' })
  user = await signedUp(server, { isStaff: true, isSuperuser: true })
})
after(() => server.close())

const DOORS = ['/api/v1/users/me/', '/api/auth/me/', '/accounts/profile/', '/api/users/user-profile/']
const statuses = async (token: string) =>
  Promise.all(DOORS.map(async (door) => (await server.call('GET', door, { token })).status))
const REFUSED = [401, 401, 401, 401]
const LET_IN = [200, 200, 200, 200]

type Forgery = { claims?: object; header?: Partial<JWTHeaderParameters>; key?: Parameters<SignJWT['sign']>[0] }
/** The access token of the user with something changed, signed with our key. */
const forge = ({ claims = {}, header = {}, key = Buffer.from(SECRET_KEY) }: Forgery) =>
  new SignJWT({ ...decodeJwt(user.access), ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', ...header })
    .sign(key)

test('ASVS 9.1.1 a token with one changed claim or signature is refused, before anything is asked of the database', async () => {
  assert.deepEqual(await statuses(user.access), LET_IN)
  const [head, body, signature] = user.access.split('.') as [string, string, string]
  const claims = decodeJwt(user.access)
  const changed = { sub: '999', exp: claims.exp! + 1, sid: 'c0ffee00-0000-4000-8000-000000000000' }
  const bodies = Object.entries(changed).map(([name, value]) =>
    base64url.encode(JSON.stringify({ ...claims, [name]: value })),
  )
  const turned = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`
  for (const token of [
    ...bodies.map((other) => `${head}.${other}.${signature}`),
    `${head}.${body}.${turned}`,
    `${head}.${body}.`,
  ]) {
    assert.deepEqual(await statuses(token), REFUSED)
    assert.equal((await server.call('GET', DOORS[0]!, { token })).statements, 0)
  }
})

test('ASVS 9.1.2 none, HS384, HS512 and RS256 are refused, though the key is ours', async () => {
  const claims = base64url.encode(JSON.stringify(decodeJwt(user.access)))
  for (const alg of ['none', 'None', 'NONE'])
    assert.deepEqual(await statuses(`${base64url.encode(JSON.stringify({ alg }))}.${claims}.`), REFUSED, alg)
  for (const alg of ['HS384', 'HS512']) assert.deepEqual(await statuses(await forge({ header: { alg } })), REFUSED, alg)
  const { privateKey } = await generateKeyPair('RS256')
  assert.deepEqual(await statuses(await forge({ header: { alg: 'RS256' }, key: privateKey })), REFUSED)
})

test('ASVS 9.1.3 a key or address of keys in the header is not looked at', async () => {
  const asked: string[] = []
  const listener = createServer((request, answer) => {
    asked.push(request.url!)
    answer.end('{"keys":[]}')
  })
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(listener.address() as { port: number }).port}/keys`
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = await exportJWK(publicKey)
  const own = Buffer.from('a key that somebody brings along, and no key of ours')
  for (const header of [
    { jku: url },
    { x5u: url },
    { kid: '../../dev/null' },
    { jwk: { kty: 'oct', k: base64url.encode(own) } },
  ]) {
    assert.deepEqual(await statuses(await forge({ header, key: own })), REFUSED, JSON.stringify(header))
  }
  assert.deepEqual(await statuses(await forge({ header: { alg: 'ES256', jwk }, key: privateKey })), REFUSED)
  assert.deepEqual(asked, [])
  listener.close()
})

test('ASVS 9.2.1 a token is refused from the second it ends, and before it begins', async () => {
  const nowS = () => Math.floor(server.shop.now().getTime() / 1000)
  assert.deepEqual(await statuses(await forge({ claims: { nbf: nowS() + 60 } })), REFUSED)
  assert.deepEqual(await statuses(await forge({ claims: { exp: undefined } })), REFUSED, 'without an end')
  const short = await forge({ claims: { exp: nowS() + 20 } })
  assert.deepEqual(await statuses(short), LET_IN)
  server.shop.pass(20_000)
  assert.deepEqual(await statuses(short), REFUSED)
})

test('ASVS 9.2.3 9.2.4 a token for another service is refused, though the key is ours', async () => {
  assert.equal(decodeJwt(user.access).aud, 'souk')
  assert.deepEqual(await statuses(await forge({})), LET_IN)
  for (const aud of ['another-service', undefined, '', ['another-service']])
    assert.deepEqual(await statuses(await forge({ claims: { aud } })), REFUSED, `${aud}`)
})

test('ASVS 9.2.2 refresh, verification, challenge and mail tokens are no access tokens, nor the other way round', async () => {
  const { shop } = server
  const customer = await loggedIn(server)
  const fresh = await registered(server)
  const limited = (await logIn(server, fresh.username, fresh.password)).body
  const issue = (purpose: 'verify_email' | 'reset_password' | 'second_factor') =>
    inTransaction(shop.db, (tx) => issueOneTimeToken(tx, user.accountId, purpose, shop.now()))
  const [mailed, reset, challenge] = [
    await issue('verify_email'),
    await issue('reset_password'),
    await issue('second_factor'),
  ]
  const { encrypted_verification_token: sealed, verification_token: verification } = limited
  const strangers = { refresh: customer.refresh, sealed, link: fresh.link.token, mailed, reset, challenge }
  for (const [kind, token] of Object.entries(strangers)) assert.deepEqual(await statuses(token), REFUSED, kind)
  assert.deepEqual(await statuses(verification), [403, 403, 403, 403], 'of somebody, who may not come in')
  const others = { access: customer.access, verification, sealed, mailed, reset, challenge }
  for (const [kind, token] of Object.entries(others)) {
    const asked: [string, object][] = [
      ['/api/v1/auth/refresh/', { refresh: token }],
      ['/api/auth/token/refresh/', { refresh: token }],
      ['/accounts/token-refresh/', { refresh_token: token }],
      ['/api/token/refresh/', { refresh: token }],
      ...(kind === 'reset'
        ? []
        : ([['/api/v1/auth/password-reset/confirm/', { token, new_password: 'eleven copper lamps' }]] as [
            string,
            object,
          ][])),
      ...(kind === 'challenge'
        ? []
        : ([['/api/v1/auth/two-factor/', { challenge_token: token, code: '123456' }]] as [string, object][])),
    ]
    for (const [path, body] of asked) {
      const called = await server.call('POST', path, { body, headers: someAddress() })
      assert.ok([400, 401].includes(called.status), `${kind} at ${path}: ${called.status}`)
    }
    if (kind === 'mailed') continue
    const { status } = await server.call('GET', `/api/v1/auth/verify-email/${token}/`, { headers: someAddress() })
    assert.ok([400, 404].includes(status), `${kind} as a link: ${status}`)
  }
})

test('ASVS 7.2.2 no route lets in by anything but a token that was made at a sign-in', async () => {
  const { access } = user
  const basic = Buffer.from(`${user.email}:${user.password}`).toString('base64')
  const others: [string, CallOptions['headers']][] = [
    ['', {}],
    ['', { authorization: `Basic ${basic}` }],
    ['', { authorization: `Token ${access}` }],
    ['', { 'x-api-key': access }],
    ['', { cookie: `access=${access}; access_token=${access}; sessionid=${access}` }],
    [`?token=${access}&access_token=${access}`, {}],
  ]
  const guarded = server.server.routeList.filter(
    ({ method, access: who }) => method === 'GET' && ['user', 'staff'].includes(who),
  )
  assert.ok(guarded.length > 20)
  for (const { url } of guarded) {
    const path = url.replaceAll(/:\w+/g, '1')
    for (const [query, headers] of others) {
      const called = await server.call('GET', `${path}${query}`, headers ? { headers } : {})
      assert.equal(called.status, 401, `${path} by ${JSON.stringify(headers)}${query}`)
    }
  }
})
