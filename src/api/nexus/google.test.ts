/** Sign-in with Google on nexus, through HTTP. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { signedUp } from '../../../test/accounts.ts'
import { CLIENT_ID, type GoogleDouble, openGoogleDouble, somebody } from '../../../test/google.ts'
import { codeOf, guarded, passToMidStep } from '../../../test/second-factors.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

const PATH = '/api/auth/google/'
const PUBLIC_URL = 'https://shop.example'
const CALLBACK = `${PUBLIC_URL}${PATH}callback/`
const INVALID = { detail: 'Google sign-in failed. Please try again.', code: 'invalid_google_token' }

let double: GoogleDouble
let server: TestServer
before(async () => {
  double = await openGoogleDouble()
  server = await openTestServer({ ...double.settings, PUBLIC_URL })
})
after(async () => {
  await server.close()
  await double.close()
})

const post = (body: unknown) => server.call('POST', PATH, { body })
const me = (token: string) => server.call('GET', '/api/auth/me/', { token })

function assertAnswer({ status, body }: Called, expectedStatus: number, expected: object) {
  assert.deepEqual([status, body], [expectedStatus, expected])
}

test('NX-077 an id token signs in: tokens, the user, and whether the account is new', async () => {
  const person = somebody()
  const called = await post({ id_token: await double.idToken(person) })
  assert.equal(called.status, 200, JSON.stringify(called.body))
  assert.deepEqual(Object.keys(called.body), ['access', 'refresh', 'user', 'created'])
  const { user, created, access } = called.body
  assert.deepEqual([created, user.email, user.is_email_verified], [true, person.email, true])
  assert.deepEqual([user.first_name, user.last_name], ['Grace', 'Hopper'])
  assert.match(user.last_login, /Z$/)
  assert.equal(called.headers['cache-control'], 'no-store')
  assert.equal((await me(access)).body.email, person.email)
  const again = await post({ id_token: await double.idToken(person) })
  assert.deepEqual([again.body.created, again.body.user.id], [false, user.id])
  assert.ok(again.statements <= 8, `${again.statements} statements for who is known`)
})

const VERIFIER = 'v'.repeat(43)

/** A code that a shop front has asked for, with PKCE or without. */
async function codeFor(person: object, redirectUri: string, verifier?: string): Promise<string> {
  const url = new URL('/authorize', double.url)
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT_ID,
    redirect_uri: redirectUri,
    scope: 'openid email',
    nonce: 'of the shop front',
    ...(verifier ? { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' } : {}),
  }).toString()
  return (await double.signInThere(url.href, person)).searchParams.get('code')!
}
const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

test('NX-077 ASVS 10.2.1 a code signs in, with the verifier that it was asked for with', async () => {
  const person = somebody()
  const redirect_uri = 'http://localhost:3000/signed-in'
  const code = await codeFor(person, redirect_uri)
  const first = await post({ code, redirect_uri })
  assert.deepEqual([first.status, first.body.created, first.body.user.email], [200, true, person.email])
  const proven = await post({
    code: await codeFor(person, redirect_uri, VERIFIER),
    redirect_uri,
    code_verifier: VERIFIER,
  })
  assert.deepEqual([proven.status, proven.body.created], [200, false])
  const wrong = { code: await codeFor(person, redirect_uri, VERIFIER), redirect_uri, code_verifier: 'w'.repeat(43) }
  assertAnswer(await post(wrong), 401, INVALID)
})

test('NX-077 what is missing or malformed is told by field', async () => {
  const required = ['This field is required.']
  assertAnswer(await post({}), 400, { id_token: required })
  assertAnswer(await post({ redirect_uri: 'http://localhost:3000/' }), 400, { id_token: required })
  assertAnswer(await post({ code: 'a code' }), 400, { redirect_uri: required })
  assertAnswer(await post({ id_token: ' ' }), 400, { id_token: ['This field may not be blank.'] })
  const odd = await post({ code: 'a code', redirect_uri: 'x', code_verifier: 'too short' })
  assert.deepEqual([odd.status, Object.keys(odd.body)], [400, ['code_verifier']])
})

test('NX-077 a token that is not good, or an address that is not verified, is answered 401', async () => {
  const nowS = Math.floor(Date.now() / 1000)
  for (const fault of [{ aud: 'another-shop' }, { iss: 'https://elsewhere.example' }, { exp: nowS - 60 }]) {
    assertAnswer(await post({ id_token: await double.idToken({ ...somebody(), ...fault }) }), 401, INVALID)
  }
  const called = await post({ id_token: 'nonsense' })
  assertAnswer(called, 401, INVALID)
  assert.equal(called.headers['www-authenticate'], 'Bearer realm="api"')
  assertAnswer(await post({ id_token: await double.idToken(somebody({ email_verified: false })) }), 401, {
    detail: 'The e-mail address of this Google account is not verified.',
    code: 'invalid_google_token',
  })
})

test('NX-077 an account with a second factor is asked for it, and one that is switched off is closed', async () => {
  passToMidStep(server.shop)
  const { user, secret } = await guarded(server.shop)
  const called = await post({ id_token: await double.idToken(somebody({ email: user.email })) })
  assert.deepEqual([called.status, called.body.code], [403, 'second_factor_required'])
  const answer = { challenge_token: called.body.challenge_token, code: codeOf(server.shop, secret) }
  assert.equal((await server.call('POST', '/api/auth/two-factor/', { body: answer })).status, 200)
  const staff = await signedUp(server, { isStaff: true })
  const known = await signedUp(server)
  const body = { is_active: false }
  await server.call('PATCH', `/api/v1/users/${known.accountId}/`, { token: staff.access, body })
  assertAnswer(await post({ id_token: await double.idToken(somebody({ email: known.email })) }), 403, {
    detail: 'This account is disabled.',
    code: 'account_disabled',
  })
})

/** Goes to Google: the cookie as it was set, and the same as a browser sends it. */
async function begin({ call }: TestServer = server) {
  const { status, headers } = await call('GET', `${PATH}login/`)
  const set = String(headers['set-cookie'])
  return { status, headers, set, cookie: set.split(';')[0]!, url: new URL(String(headers.location)) }
}
const comeBack = (back: URL | string, cookie?: string) =>
  server.call('GET', `${PATH}callback/${new URL(back).search}`, { headers: cookie ? { cookie: `a=b; ${cookie}` } : {} })

test('NX-077 ASVS 10.1.2 the whole way: to Google with state, nonce and PKCE, and back into an account', async () => {
  const person = somebody()
  const { status, headers, set, cookie, url } = await begin()
  assert.deepEqual([status, url.origin, headers['cache-control']], [302, double.url, 'no-store'])
  assert.equal(url.searchParams.get('redirect_uri'), CALLBACK)
  assert.equal(url.searchParams.get('code_challenge_method'), 'S256')
  for (const secret of ['state', 'nonce', 'code_challenge']) {
    assert.match(url.searchParams.get(secret)!, /^[\w-]{43}$/)
    assert.ok(!set.includes(url.searchParams.get(secret)!), 'the cookie can be read by us alone')
  }
  assert.match(
    set,
    /^__Secure-google-sign-in=[\w.-]+; Max-Age=600; Path=\/api\/auth\/google\/; HttpOnly; SameSite=Lax; Secure$/,
  )
  const back = await double.signInThere(url.href, person)
  assert.ok(back.href.startsWith(CALLBACK))
  const called = await comeBack(back, cookie)
  assert.equal(called.status, 200, JSON.stringify(called.body))
  assert.deepEqual([called.body.created, called.body.user.email], [true, person.email])
  assert.deepEqual(
    [called.headers['cache-control'], called.headers['set-cookie']],
    ['no-store', '__Secure-google-sign-in=; Max-Age=0; Path=/api/auth/google/; HttpOnly; SameSite=Lax; Secure'],
  )
  assert.equal((await me(called.body.access)).status, 200)
  const other = await begin()
  assert.notEqual(other.url.searchParams.get('state'), url.searchParams.get('state'))
})

test('NX-077 ASVS 7.6.2 10.2.1 10.5.1 who comes back to another browser, with another state, too late or refused, stays out', async () => {
  const person = somebody()
  const [mine, theirs] = [await begin(), await begin()]
  const back = async () => double.signInThere(mine.url.href, person)
  const refused = async (called: Promise<Called>) => {
    const answered = await called
    assertAnswer(answered, 401, INVALID)
    assert.match(String(answered.headers['set-cookie']), /Max-Age=0/)
  }
  await refused(comeBack(await back()))
  await refused(comeBack(await back(), theirs.cookie))
  await refused(comeBack(await back(), `${mine.cookie.slice(0, -4)}AAAA`))
  await refused(comeBack(`${CALLBACK}?error=access_denied&state=${mine.url.searchParams.get('state')}`, mine.cookie))
  await refused(comeBack(CALLBACK, mine.cookie))
  // The code of another sign-in, under the state of this one: its nonce and its verifier are others.
  const injected = await back()
  injected.searchParams.set('code', (await double.signInThere(theirs.url.href, person)).searchParams.get('code')!)
  await refused(comeBack(injected, mine.cookie))
  await refused(comeBack(await double.signInThere(mine.url.href, { ...person, nonce: 'another' }), mine.cookie))
  const late = await back()
  server.shop.pass(10 * 60_000 + 1000)
  await refused(comeBack(late, mine.cookie))
  const { statements } = await comeBack(CALLBACK)
  assert.ok(statements > 0, 'it is noted')
})

test('NX-077 without a client id nothing of it is offered, and a provider that is down is said to be', async () => {
  const without = await openTestServer()
  const down = await openTestServer({ ...double.settings, GOOGLE_ISSUER: 'http://127.0.0.1:1' })
  const asked = [
    ['POST', PATH],
    ['GET', `${PATH}login/`],
    ['GET', `${PATH}callback/`],
  ] as const
  for (const [method, url] of asked) {
    const body = method === 'POST' ? { body: { id_token: 'x.y.z' } } : {}
    assertAnswer(await without.call(method, url, body), 503, { detail: 'Google sign-in is not configured.' })
    if (url.endsWith('callback/')) continue
    const detail = 'Google cannot be reached at the moment. Please try again later.'
    assertAnswer(await down.call(method, url, body), 503, { detail })
  }
  await without.close()
  await down.close()
  const plain = await openTestServer(double.settings)
  assert.match((await begin(plain)).set, /^google-sign-in=[^;]+; Max-Age=600; Path=[^;]+; HttpOnly; SameSite=Lax$/)
  await plain.close()
})
