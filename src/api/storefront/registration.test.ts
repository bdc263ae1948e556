import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { ADDRESS_LINES, assertAnswer, linkTo, logIn, registered, registration } from '../../../test/storefront.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ FRONTEND_URL: 'https://shop.example.com' })
})
after(() => server.close())

const register = (body: unknown) => server.call('POST', '/api/users/register/', { body })
const CONTACT_TAKEN = { error: 'A user with this phone number or email already exists.' }
const USERNAME_TAKEN = { error: 'A user with this username or phone number already exists.' }
const countOf = async (email: string) =>
  (await sql`select from identity.accounts where email = ${email}`.execute(server.shop.db)).rows.length

test('SF-050 SF-056 registration answers 201 with what was told, and no addresses', async () => {
  const body = registration()
  const { password: _, ...told } = body
  assertAnswer(await register(body), 201, { ...told, addresses: [] })
})

test('SF-055 SF-149 addresses are stored with an id; a second line that is missing is empty', async () => {
  const lines = [
    ADDRESS_LINES,
    { ...ADDRESS_LINES, address_line2: 'Flat 4' },
    { ...ADDRESS_LINES, address_line2: null },
  ]
  const { status, body } = await register(registration({ addresses: lines }))
  assert.equal(status, 201)
  const ids = body.addresses.map(({ id }: { id: number }) => id)
  assert.ok(ids.every(Number.isInteger) && new Set(ids).size === 3)
  assert.deepEqual(
    body.addresses,
    ids.map((id: number, n: number) => ({ id, ...ADDRESS_LINES, address_line2: ['', 'Flat 4', ''][n] })),
  )
})

test('SF-051 a field that is missing or empty is named, all of them together', async () => {
  const all = ['username', 'password', 'email', 'phone_number', 'first_name', 'last_name', 'birthdate']
  const { status, body } = await register({})
  assert.equal(status, 400)
  assert.equal(typeof body.error, 'string')
  assert.deepEqual(body.details, Object.fromEntries(all.map((field) => [field, ['This field is required.']])))
  for (const field of all) {
    for (const value of ['', null]) {
      const one = await register(registration({ [field]: value }))
      assert.deepEqual([one.status, Object.keys(one.body.details)], [400, [field]], `${field} ${value}`)
    }
  }
})

test('SF-052 SF-053 SF-054 a phone, a day of birth or an e-mail that is none', async () => {
  const odd: Record<string, unknown[]> = {
    phone_number: ['9876543210', '+0123456789', '+91 98765 43210', '+1234567', '+1234567890123456', 'call me', 7],
    birthdate: ['05/04/1990', '1990-02-30', '1990-4-5', '9999-01-01', '0000-01-01', 'x', 19900405],
    email: ['plain', 'a@b', '@example.com', 'a b@example.com', 7],
  }
  for (const [field, values] of Object.entries(odd)) {
    for (const value of values) {
      const { status, body } = await register(registration({ [field]: value }))
      assert.deepEqual([status, Object.keys(body.details)], [400, [field]], `${field} ${value}`)
    }
  }
  const today = server.shop.now().toISOString().slice(0, 10)
  assert.equal((await register(registration({ birthdate: today }))).status, 201, 'born today')
})

test('SF-057 an element of the addresses that is at fault, and no account is made', async () => {
  const { city: _, ...incomplete } = ADDRESS_LINES
  const body = registration({ addresses: [ADDRESS_LINES, incomplete] })
  const called = await register(body)
  assert.deepEqual([called.status, called.body.details], [400, { addresses: ['1.city: This field is required.'] }])
  for (const addresses of [{}, 'x', [7], [{ ...ADDRESS_LINES, city: 7 }], [{ ...ADDRESS_LINES, state: ' ' }]])
    assert.equal((await register({ ...body, addresses })).status, 400)
  assert.equal(await countOf(body.email), 0)
})

test('SF-058 SF-059 SF-060 a taken e-mail or phone is 400, a taken username 409, whatever else is taken', async () => {
  const known = await registered(server)
  const { email, phone_number, username } = known
  assertAnswer(await register(registration({ email: email.toUpperCase() })), 400, CONTACT_TAKEN)
  assertAnswer(await register(registration({ phone_number })), 400, CONTACT_TAKEN)
  assertAnswer(await register(registration({ phone_number, email })), 400, CONTACT_TAKEN)
  assertAnswer(await register(registration({ username: username.toUpperCase() })), 409, USERNAME_TAKEN)
  const { link: _, ...same } = known
  assertAnswer(await register(same), 409, USERNAME_TAKEN)
})

test('SF-061 V1-030 a weak password is told by every rule; the examples of the document pass', async () => {
  const weak = await register(registration({ password: '1234567' }))
  assertAnswer(weak, 400, {
    error: 'Password validation failed',
    details: {
      password: [
        'This password is too short. It must contain at least 8 characters.',
        'This password is too common.',
        'This password is entirely numeric.',
      ],
    },
  })
  const similar = await register(registration({ username: 'ravishankar', password: 'ravishankar1' }))
  assert.deepEqual([similar.status, similar.body.error], [400, 'Password validation failed'])
  assert.equal((await register(registration({ username: 'newuser01', password: 'newpassword123' }))).status, 201)
  assert.equal((await register(registration({ username: 'demo_user01' }))).status, 201)
})

test('SF-062 a username that could be an e-mail or a phone is none', async () => {
  for (const username of ['someone@example.com', 'a@b', '+919876500000', '9876543210', '98765-43210']) {
    const { status, body } = await register(registration({ username }))
    assert.deepEqual([status, Object.keys(body.details)], [400, ['username']], username)
  }
})

test('SF-063 SF-082 a mail leads to the shop front, with the id of the account and a token', async () => {
  const { email } = await registered(server)
  const { rows } = await sql<{ id: number }>`select id from identity.accounts where email = ${email}`.execute(
    server.shop.db,
  )
  const { uid } = linkTo(server, email)
  assert.equal(Buffer.from(uid, 'base64url').toString(), `u${rows[0]!.id}`)
  const { text } = server.shop.letters.at(-1)!
  assert.match(text, /https:\/\/shop\.example\.com\/verify-email\?uid=[\w-]+&token=[\w.-]+/)
})

test('SF-064 the account starts unverified; a mail server that refuses does not undo it', async () => {
  const { send } = server.shop.mailer
  server.shop.mailer.send = async () => {
    throw new Error('refused')
  }
  const body = registration()
  try {
    assert.equal((await register(body)).status, 201)
    await server.shop.runJobs().catch(() => {})
  } finally {
    server.shop.mailer.send = send
  }
  const refused = await logIn(server, body.username, body.password)
  assert.deepEqual([refused.status, refused.body.isUserEmailVerified], [403, false])
  assert.ok(!('encrypted_verification_token' in refused.body), 'no mail has left')
})

test('SF-065 no answer holds a password, and what is stored is a slow salted hash', async () => {
  const body = registration({ password: 'Tr0ub4dor-and-3' })
  const called = await register(body)
  assert.ok(!JSON.stringify(called.body).includes(body.password))
  const { rows } = await sql<{ passwordHash: string }>`
    select password_hash from identity.accounts where email = ${body.email}`.execute(server.shop.db)
  assert.match(rows[0]!.passwordHash, /^(\$?scrypt|\$?argon2|pbkdf2)/)
  assert.ok(!JSON.stringify(called.body).includes(rows[0]!.passwordHash))
})

test('SF-066 of many who register the same names at once, one succeeds', async () => {
  const [username, email, phone] = [registration(), registration(), registration()]
  const tries = Array.from({ length: 6 }, () => [
    register(registration({ username: username.username })),
    register(registration({ email: email.email })),
    register(registration({ phone_number: phone.phone_number })),
    register(username),
  ])
  const called = await Promise.all(tries.flat())
  const statuses = called.map(({ status }) => status)
  assert.equal(statuses.filter((status) => status === 201).length, 3, String(statuses))
  assert.ok(
    statuses.every((status) => [201, 400, 409].includes(status)),
    String(statuses),
  )
  for (const { status, body } of called.filter((one) => one.status !== 201))
    assert.deepEqual(body, status === 409 ? USERNAME_TAKEN : CONTACT_TAKEN)
})
