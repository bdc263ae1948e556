/** What holds on the whole of nexus (sections 1 and 2 of the document). */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { signedUp } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ FRONTEND_URL: 'https://front.example' })
})
after(() => server.close())

const LOGIN = '/api/auth/login/'
const ME = '/api/auth/me/'

test('NX-001 NX-002 V1-009 V1-010 V1-016 JSON and Bearer; errors as on v1', async () => {
  const { access, refresh } = await signedUp(server, { surface: 'nexus' })
  assert.equal((await server.call('GET', ME, { token: access })).status, 200)
  const bad = await server.call('GET', ME, { token: refresh })
  assert.deepEqual(
    [bad.status, bad.body],
    [401, { detail: 'Given token not valid for any token type', code: 'token_not_valid' }],
  )
  assert.equal(bad.headers['www-authenticate'], 'Bearer realm="api"')
  const missing = await server.call('GET', '/api/auth/nothing/')
  assert.deepEqual([missing.status, missing.body], [404, { detail: 'Not found.' }])
  const wrongType = await server.call('POST', LOGIN, { body: '{}', headers: { 'content-type': 'text/plain' } })
  assert.deepEqual([wrongType.status, wrongType.body], [415, { detail: 'Unsupported media type in request.' }])
  const broken = await server.call('POST', LOGIN, { body: '{' })
  assert.deepEqual([broken.status, Object.keys(broken.body)], [400, ['detail']])
  const list = await server.call('POST', LOGIN, { body: [] })
  assert.deepEqual(list.body, { non_field_errors: ['Invalid data. Expected a dictionary.'] })
  const put = await server.call('PUT', LOGIN, { body: {} })
  assert.deepEqual([put.status, put.body], [405, { detail: 'Method "PUT" not allowed.' }])
  assert.equal(put.headers.allow, 'POST, OPTIONS')
  assert.equal((await server.call('GET', '/api/auth/me', { token: access })).status, 200, 'V1-013')
  for (const { headers } of [bad, missing, list]) {
    assert.ok(headers['x-request-id'])
    assert.equal(headers['x-content-type-options'], 'nosniff')
  }
})

test('NX-002 V1-012 odd input is no crash', async () => {
  const odd = ["' or 1=1 --", '\u0000', '\ud800', 'x'.repeat(100_000), 5, true, {}, ['a'], null]
  const routes = ['register', 'verify-email', 'resend-otp', 'login', 'two-factor', 'token/refresh', 'logout']
  for (const route of [...routes, 'password-reset', 'password-reset/confirm']) {
    for (const value of odd) {
      const keys = [
        'email',
        'password',
        'password_confirm',
        'otp',
        'new_password',
        'refresh',
        'challenge_token',
        'code',
      ]
      const body = Object.fromEntries(keys.map((key) => [key, value]))
      const { status } = await server.call('POST', `/api/auth/${route}/`, { body })
      assert.ok(status >= 400 && status < 500, `${route} with ${JSON.stringify(value).slice(0, 30)} answers ${status}`)
    }
  }
})

test('NX-004 NX-005 another origin gets no permission; no cookie is set, and no CSRF token wanted', async () => {
  const { email, password } = await signedUp(server)
  for (const [origin, allowed] of [
    ['https://front.example', 'https://front.example'],
    ['https://evil.example', undefined],
  ]) {
    const called = await server.call('POST', LOGIN, { body: { email, password }, headers: { origin: origin! } })
    assert.equal(called.status, 200)
    assert.equal(called.headers['access-control-allow-origin'], allowed)
    assert.equal(called.headers['set-cookie'], undefined)
  }
})

test('NX-030 MP-012 no answer is to be stored on the way', async () => {
  const { access, email, password } = await signedUp(server)
  for (const { headers } of [
    await server.call('POST', LOGIN, { body: { email, password } }),
    await server.call('POST', LOGIN, { body: {} }),
    await server.call('GET', ME, { token: access }),
    await server.call('GET', ME),
    await server.call('GET', '/api/v1/auth/verify-email/nonsense/'),
  ])
    assert.equal(headers['cache-control'], 'no-store')
  assert.match(String((await server.call('GET', '/api/schema/')).headers['cache-control']), /^public/)
})

test('NX-008 the document of the surface names its routes, and those of others not', async () => {
  const { body } = await server.call('GET', '/api/schema/?format=json&surface=nexus')
  assert.ok(body.paths['/api/auth/login/'] && body.paths['/api/auth/security-claims/{id}/resolve/'])
  assert.equal(body.paths['/api/v1/auth/login/'], undefined)
  const v1 = (await server.call('GET', '/api/schema/?format=json&surface=v1')).body
  assert.equal(v1.paths['/api/auth/login/'], undefined)
  const { properties } = body.components.schemas.NexusUser
  assert.deepEqual(Object.keys(properties), [
    'id',
    'email',
    'first_name',
    'last_name',
    'phone',
    'is_email_verified',
    'is_staff',
    'date_joined',
    'last_login',
  ])
  const fields = body.paths['/api/auth/verify-email/'].post.requestBody.content['application/json'].schema.properties
  assert.deepEqual(Object.keys(fields), ['email', 'otp'], 'the main keys alone')
})

describe('NX-003 the throttle', () => {
  let throttled: TestServer
  before(async () => {
    throttled = await openTestServer({ THROTTLE_ANON: '2/hour', THROTTLE_USER: '3/hour' })
  })
  after(() => throttled.close())

  test('NX-003 who asks too often hears for how long', async () => {
    const { access } = await signedUp(throttled)
    for (const [times, options] of [
      [2, {}],
      [3, { token: access }],
    ] as const) {
      const ask = () => throttled.call('GET', ME, options)
      for (let n = 0; n < times; n += 1) assert.notEqual((await ask()).status, 429)
      const { status, body, headers } = await ask()
      assert.equal(status, 429)
      const seconds = String(headers['retry-after'])
      assert.deepEqual(body, { detail: `Request was throttled. Expected available in ${seconds} seconds.` })
    }
  })
})
