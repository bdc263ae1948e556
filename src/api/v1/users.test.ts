import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signedUp } from '../../../test/accounts.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const ME = '/api/v1/users/me/'
const change = (token: string, body: unknown, method: 'PATCH' | 'PUT' = 'PATCH') =>
  server.call(method, ME, { token, body })
const blankProfile = { date_of_birth: null, avatar_url: null, language: 'en', marketing_opt_in: false }

test('V1-145 V1-146 V1-164 me is my account with a profile, and no more', async () => {
  const {
    access: token,
    accountId,
    email,
  } = await signedUp(server, { username: 'Ada', firstName: 'Ada', lastName: 'L' })
  const { status, body, statements } = await server.call('GET', ME, { token })
  assert.equal(status, 200)
  const { date_joined, email_verified_at, ...rest } = body
  assert.match(date_joined, /Z$/)
  assert.match(email_verified_at, /Z$/)
  const names = { email, username: 'Ada', first_name: 'Ada', last_name: 'L', phone: null }
  const standing = { is_active: true, is_staff: false, email_verified: true }
  assert.deepEqual(rest, { id: accountId, ...names, ...standing, profile: blankProfile })
  assert.ok(statements <= 4, `${statements} statements`)
})

test('V1-145 PATCH and PUT change what is sent and leave the rest', async () => {
  const { access: token } = await signedUp(server)
  const profile = { date_of_birth: '1990-02-28', avatar_url: 'https://example.com/a.png' }
  const first = await change(token, { first_name: ' Grace ', phone: '+44 (20) 555-0101', profile })
  assert.equal(first.status, 200)
  assert.deepEqual([first.body.first_name, first.body.phone], ['Grace', '+44205550101'])
  assert.deepEqual(first.body.profile, { ...blankProfile, ...profile })
  assert.ok(first.statements <= 8, `${first.statements} statements`)
  const second = await change(token, { username: 'grace', profile: { language: 'de', avatar_url: null } }, 'PUT')
  assert.equal(second.status, 200)
  assert.deepEqual([second.body.first_name, second.body.username], ['Grace', 'grace'])
  assert.deepEqual(second.body.profile, { ...blankProfile, date_of_birth: '1990-02-28', language: 'de' })
  assert.deepEqual((await server.call('GET', ME, { token })).body, second.body)
  assert.equal((await change(token, { phone: null })).body.phone, null)
})

test('V1-029 V1-145 e-mail, rank and unknown keys are not changed', async () => {
  const { access: token } = await signedUp(server)
  const { body: before } = await server.call('GET', ME, { token })
  const wish = { email: 'new@example.com', is_staff: true, is_superuser: true, is_active: false, id: 1, role: 'admin' }
  const { status, body } = await change(token, { ...wish, email_verified_at: null, profile: { role: 'admin' } })
  assert.deepEqual([status, body], [200, before])
})

test('V1-005 V1-015 faults of the schema and taken names are told together', async () => {
  await signedUp(server, { username: 'taken', phone: '+15550100' })
  const { access: token } = await signedUp(server)
  const { status, body } = await change(token, {
    first_name: ' ',
    last_name: null,
    username: 'TAKEN',
    phone: '+1 555-0100',
    profile: { date_of_birth: '1990-02-30' },
  })
  assert.equal(status, 400)
  assert.deepEqual(body, {
    first_name: ['This field may not be blank.'],
    last_name: ['This field may not be null.'],
    username: ['A user with this username already exists.'],
    phone: ['A user with this phone number already exists.'],
    profile: ['date_of_birth: Date has wrong format. Use YYYY-MM-DD.'],
  })
})

test('V1-145 malformed values answer 400', async () => {
  const { access: token } = await signedUp(server)
  const cases: [object, string][] = [
    [{ username: 'with space' }, 'username'],
    [{ username: '' }, 'username'],
    [{ phone: '12' }, 'phone'],
    [{ phone: 5 }, 'phone'],
    [{ first_name: 'x'.repeat(151) }, 'first_name'],
    [{ profile: [] }, 'profile'],
    [{ profile: null }, 'profile'],
    [{ profile: { date_of_birth: '0000-01-01' } }, 'profile'],
    [{ profile: { date_of_birth: '2999-01-01' } }, 'profile'],
    [{ profile: { avatar_url: 'javascript:alert(1)' } }, 'profile'],
    [{ profile: { language: 'not a language' } }, 'profile'],
    [{ profile: { marketing_opt_in: 'yes' } }, 'profile'],
  ]
  for (const [body, field] of cases) {
    const answer = await change(token, body)
    assert.deepEqual([answer.status, Object.keys(answer.body)], [400, [field]], JSON.stringify(body))
  }
})

test('V1-145 a taken name changes nothing of the profile either', async () => {
  await signedUp(server, { username: 'first-come' })
  const { access: token } = await signedUp(server)
  assert.equal((await change(token, { username: 'first-come', profile: { language: 'fr' } })).status, 400)
  assert.equal((await server.call('GET', ME, { token })).body.profile.language, 'en')
})

test('V1-020 of two who want one username at once, one gets it and the other hears why', async () => {
  const both = [await signedUp(server), await signedUp(server)]
  const answers = await Promise.all(both.map(({ access }) => change(access, { username: 'wanted' })))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400])
  const refused = answers.find(({ status }) => status === 400)!
  assert.deepEqual(refused.body, { username: ['A user with this username already exists.'] })
})

test('V1-009 me without sign-in answers 401', async () => {
  assert.equal((await server.call('GET', ME)).status, 401)
  assert.equal((await server.call('PATCH', ME, { body: {} })).status, 401)
})
