import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose'
import { openLog } from '#platform/log'
import { CLIENT_ID, type GoogleDouble, openGoogleDouble, somebody } from '../../../test/google.ts'
import { refusalOf } from '../../../test/refusals.ts'
import { openOpenIdClient } from './index.ts'

const log = openLog('silent')
const HOUR_S = 3600
const nowS = () => Math.floor(Date.now() / 1000)

let double: GoogleDouble
before(async () => {
  double = await openGoogleDouble()
})
after(() => double.close())

const clientOf = (issuer = double.url) =>
  openOpenIdClient({ name: 'google', issuer, clientId: CLIENT_ID, clientSecret: 'a secret', log })

async function assertRefused(deed: Promise<unknown>, what?: string) {
  const { kind, code } = await refusalOf(deed)
  assert.deepEqual([kind, code], ['unauthenticated', 'google_token_not_valid'], what)
}
async function assertUnavailable(deed: Promise<unknown>) {
  const { kind, code } = await refusalOf(deed)
  assert.deepEqual([kind, code], ['unavailable', 'google_unavailable'])
}

test('NX-077 an id token says who somebody is, whichever of the two algorithms it is signed with', async () => {
  const client = clientOf()
  const person = somebody()
  const { sub: subject, email } = person
  const expected = { subject, email, emailVerified: true, firstName: 'Grace', lastName: 'Hopper' }
  assert.deepEqual(await client.verifyIdToken(await double.idToken(person)), expected)
  const other = await openGoogleDouble('ES256')
  assert.deepEqual(await clientOf(other.url).verifyIdToken(await other.idToken(person)), expected)
  await other.close()
  const odd = { sub: 'odd', email: 7, email_verified: 'true', given_name: `A\u0000da${'x'.repeat(200)}` }
  assert.deepEqual(await client.verifyIdToken(await double.idToken(odd)), {
    subject: 'odd',
    email: undefined,
    emailVerified: false,
    firstName: `Ada${'x'.repeat(147)}`,
    lastName: '',
  })
})

test('NX-077 ASVS 10.5.4 an id token must be for this client, of this issuer, and of now', async () => {
  const client = clientOf()
  const faults: Record<string, object> = {
    'another audience': { aud: 'another-shop' },
    'no audience': { aud: undefined },
    'two audiences without a party': { aud: [CLIENT_ID, 'another-shop'], azp: undefined },
    'two audiences, another party': { aud: [CLIENT_ID, 'another-shop'], azp: 'another-shop' },
    'another issuer': { iss: 'https://accounts.example' },
    expired: { iat: nowS() - 2 * HOUR_S, exp: nowS() - 60 },
    'without an end': { exp: undefined },
    'not yet': { nbf: nowS() + 300 },
    'about nobody': { sub: undefined },
  }
  for (const [what, fault] of Object.entries(faults)) {
    await assertRefused(client.verifyIdToken(await double.idToken({ ...somebody(), ...fault })), what)
  }
  const ours = { aud: [CLIENT_ID, 'another-shop'], azp: CLIENT_ID }
  await client.verifyIdToken(await double.idToken({ ...somebody(), ...ours }))
  await client.verifyIdToken(await double.idToken({ ...somebody(), azp: 'app-of-the-shop' }))
})

test('NX-077 ASVS 6.8.2 9.1.1 9.1.2 an id token must be signed by the provider: not by others, not with a public key, not at all', async () => {
  const client = clientOf()
  const { kid } = double.provider.issuer.keys.get()!
  const claims = { iss: double.url, aud: CLIENT_ID, ...somebody(), iat: nowS(), exp: nowS() + HOUR_S }
  const { privateKey } = await generateKeyPair('RS256')
  const foreign = (header: { kid?: string }) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...header }).sign(privateKey)
  const publicKey = JSON.stringify(double.provider.issuer.keys.toJSON().find((key) => key.kid === kid))
  const shared = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid }).sign(Buffer.from(publicKey))
  const good = await double.idToken(claims)
  const [head, , signature] = good.split('.')
  const tampered = [head, Buffer.from(JSON.stringify({ ...claims, sub: 'root' })).toString('base64url'), signature]
  const forged = {
    'another key under the same name': foreign({ kid }),
    'another key without a name': foreign({}),
    'another key of another name': foreign({ kid: 'another' }),
    'the public key as a secret': shared,
    'no signature': Promise.resolve(new UnsecuredJWT(claims).encode()),
    'other claims': Promise.resolve(tampered.join('.')),
    'no token': Promise.resolve('nonsense'),
  }
  await client.verifyIdToken(good)
  for (const [what, token] of Object.entries(forged)) await assertRefused(client.verifyIdToken(await token), what)
  const unexpected = await openGoogleDouble('PS256')
  await assertRefused(clientOf(unexpected.url).verifyIdToken(await unexpected.idToken(somebody())), 'an odd algorithm')
  await unexpected.close()
})

const VERIFIER = 'v'.repeat(64)
const codeChallenge = createHash('sha256').update(VERIFIER).digest('base64url')
const redirectUri = 'https://shop.example/back/?a=b'

async function codeFor(person: object, nonce = 'a-nonce') {
  const url = await clientOf().authorizationUrl({ redirectUri, state: 'a-state', nonce, codeChallenge })
  const back = await double.signInThere(url, person)
  return { url: new URL(url), code: back.searchParams.get('code')!, redirectUri, codeVerifier: VERIFIER }
}

test('NX-077 ASVS 10.2.1 10.5.1 a code is exchanged with the verifier and the nonce that it was asked for with', async () => {
  const client = clientOf()
  const person = somebody()
  const { url, ...granted } = await codeFor(person)
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    client_id: CLIENT_ID,
    response_type: 'code',
    scope: 'openid email profile',
    redirect_uri: redirectUri,
    state: 'a-state',
    nonce: 'a-nonce',
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
  })
  const sent: Record<string, unknown>[] = []
  double.provider.service.once('beforeResponse', (_answer, request) => sent.push({ ...request.body }))
  assert.equal((await client.exchangeCode({ ...granted, nonce: 'a-nonce' })).subject, person.sub)
  assert.deepEqual(
    [sent[0]?.redirect_uri, sent[0]?.client_id, sent[0]?.client_secret],
    [redirectUri, CLIENT_ID, 'a secret'],
  )
  await assertRefused(client.exchangeCode({ ...(await codeFor(person)), nonce: 'another' }), 'another nonce')
  await assertRefused(client.exchangeCode({ ...(await codeFor(person)), codeVerifier: 'w'.repeat(64) }), 'verifier')
  await assertRefused(
    client.exchangeCode({ ...(await codeFor({ ...person, aud: 'x' })), nonce: 'a-nonce' }),
    'audience',
  )
  await assertRefused(client.exchangeCode(await codeFor({ ...person, exp: nowS() - 60 })), 'expired')
})

test('NX-077 what the provider answers to a code tells whose fault it is', async () => {
  const client = clientOf()
  const answers: [number, string, (deed: Promise<unknown>) => Promise<void>][] = [
    [400, 'invalid_grant', assertRefused],
    [400, 'redirect_uri_mismatch', assertRefused],
    [400, 'unauthorized_client', assertUnavailable],
    [401, 'invalid_client', assertUnavailable],
    [503, 'temporarily_unavailable', assertUnavailable],
  ]
  for (const [status, error, assertKind] of answers) {
    double.provider.service.once('beforeResponse', (answer) => {
      Object.assign(answer, { statusCode: status, body: { error } })
    })
    await assertKind(client.exchangeCode(await codeFor(somebody())))
  }
  double.provider.service.once('beforeResponse', ({ body }) => {
    if (body) delete body.id_token
  })
  await assertRefused(client.exchangeCode(await codeFor(somebody())), 'no id token')
  const other = await exportJWK((await generateKeyPair('RS256', { extractable: true })).privateKey)
  const foreign = new SignJWT({ iss: double.url, aud: CLIENT_ID, ...somebody(), iat: nowS(), exp: nowS() + HOUR_S })
  const signed = await foreign.setProtectedHeader({ alg: 'RS256' }).sign((await importJWK(other, 'RS256')) as never)
  double.provider.service.once('beforeResponse', ({ body }) => {
    if (body) body.id_token = signed
  })
  await assertRefused(client.exchangeCode(await codeFor(somebody())), 'signed by somebody else')
})

test('NX-077 a provider that does not answer is asked again by the next, and one that answered is known', async () => {
  const pages = new Map<string, (issuer: string) => object>()
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    const page = pages.get(request.url!)
    const { port } = server.address() as AddressInfo
    response.writeHead(page ? 200 : 500, { 'content-type': 'application/json' })
    response.end(JSON.stringify(page?.(`http://127.0.0.1:${port}`) ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const client = clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    assert.equal(asked, 0, 'nobody is asked before somebody comes')
    await assertUnavailable(client.verifyIdToken('x.y.z'))
    await assertUnavailable(client.verifyIdToken('x.y.z'))
    assert.equal(asked, 2)
    const asking = { redirectUri, state: 's', nonce: 'n', codeChallenge }
    const described = (issuer: string) => ({
      issuer,
      authorization_endpoint: `${issuer}/a`,
      jwks_uri: `${issuer}/keys`,
    })
    pages.set('/.well-known/openid-configuration', (issuer) => described(`${issuer}/of-another`))
    await assertUnavailable(client.authorizationUrl(asking))
    pages.set('/.well-known/openid-configuration', described)
    await client.authorizationUrl(asking)
    await client.authorizationUrl(asking)
    assert.equal(asked, 4)
    const token = await double.idToken(somebody())
    await assertUnavailable(client.verifyIdToken(token))
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
  await assertUnavailable(clientOf('http://127.0.0.1:1').verifyIdToken('x.y.z'))
})

test('ASVS 10.5.3 12.2.1 a provider is asked by TLS, save on this machine', () => {
  assert.throws(() => clientOf('http://accounts.example'), /must be one of https/)
  assert.throws(() => clientOf('http://127.0.0.1.example'), /must be one of https/)
  for (const fine of ['https://accounts.example', 'http://localhost:1', 'http://[::1]:1']) clientOf(fine)
})
