/** Another password through HTTP: for who knows the present one, and for who has forgotten it. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { issueOneTimeToken } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import { type Overrides, type SignedUp, signedUp } from '../../../test/accounts.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'

const MINUTE_MS = 60_000
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
const FRESH = 'twelve brass lamps'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true', FRONTEND_URL: 'https://shop.example.com' })
})
after(() => server.close())
/** Each test begins with limits that nobody used. */
beforeEach(async () => {
  server.shop.pass(61 * MINUTE_MS)
  await server.shop.runJobs()
  server.shop.letters.length = 0
})

const from = (ip: string) => ({ 'x-forwarded-for': ip })
const change = (token: string, body: unknown) => server.call('POST', '/api/v1/auth/change-password/', { token, body })
const ask = (email: unknown, ip = '203.0.113.1') =>
  server.call('POST', '/api/v1/auth/password-reset/', { body: { email }, headers: from(ip) })
const confirm = (body: unknown, ip = '203.0.113.2') =>
  server.call('POST', '/api/v1/auth/password-reset/confirm/', { body, headers: from(ip) })
const signIn = (email: string, password: string) =>
  server.call('POST', '/api/v1/auth/login/', { body: { email, password } })
const me = (token: string) => server.call('GET', '/api/v1/users/me/', { token })
const statusesOf = (called: Called[]) => called.map(({ status }) => status)

function assertAnswer(called: Called, status: number, body: object) {
  assert.deepEqual([called.status, called.body], [status, body])
}

const CHANGED = { message: 'Password changed successfully.' }
const REQUESTED = { message: 'If an account with this email exists, a password reset link has been sent.' }
const RESET = { message: 'Password has been reset successfully.' }
const LIMITED = { detail: 'Too many password reset attempts. Please try again later.' }
const USED = { detail: 'This password reset token has already been used.', code: 'token_used' }

const joined = (overrides: Overrides = {}): Promise<SignedUp> => signedUp(server, overrides)

/** The token of the newest letter after asking for one. */
async function mailedToken(email: string): Promise<string> {
  assertAnswer(await ask(email), 200, REQUESTED)
  await server.shop.runJobs()
  const letter = server.shop.letters.findLast(({ to, text }) => to === email && text.includes('/reset-password/'))
  return letter!.text.match(UUID)![0]!
}

test('V1-125 V1-026 ASVS 6.2.2 7.4.3 a changed password ends all sessions but this one, and its owner is told by mail', async () => {
  const user = await joined()
  const other = (await signIn(user.email, user.password)).body.access
  const nexus = await signedUp(server, { surface: 'nexus' })
  const body = { current_password: user.password, new_password: FRESH, new_password_confirm: FRESH }
  assertAnswer(await change(user.access, body), 200, CHANGED)
  assert.equal((await me(user.access)).status, 200)
  assertAnswer(await me(other), 401, { detail: 'Session has been terminated' })
  assert.equal((await me(nexus.access)).status, 200, 'nobody else is touched')
  assert.deepEqual(statusesOf([await signIn(user.email, user.password), await signIn(user.email, FRESH)]), [400, 200])
  await server.shop.runJobs()
  const told = server.shop.letters.filter(({ to }) => to === user.email)
  assert.deepEqual(
    told.map(({ subject }) => subject),
    ['Your password was changed'],
  )
})

test('V1-126 V1-127 ASVS 6.2.3 wrong and missing fields of a change, each with its text', async () => {
  const { access, password, email } = await joined({ firstName: 'Ottoline' })
  const right = { current_password: password, new_password: FRESH }
  const cases: [object, object][] = [
    [{ ...right, current_password: 'WrongPass1!' }, { current_password: ['Current password is incorrect.'] }],
    [
      { ...right, new_password: 'xq7vb' },
      { new_password: ['This password is too short. It must contain at least 8 characters.'] },
    ],
    [{ ...right, new_password: 'password123' }, { new_password: ['This password is too common.'] }],
    [{ ...right, new_password: '83649205718' }, { new_password: ['This password is entirely numeric.'] }],
    [{ ...right, new_password: 'ottoline1' }, { new_password: ['The password is too similar to the first name.'] }],
    [
      { ...right, new_password: 'x'.repeat(129) },
      { new_password: ['Ensure this field has no more than 128 characters.'] },
    ],
    [{ ...right, new_password_confirm: 'other brass' }, { new_password_confirm: ['Passwords do not match.'] }],
    [{}, { current_password: ['This field is required.'], new_password: ['This field is required.'] }],
    [
      { current_password: '', new_password: null },
      { current_password: ['This field may not be blank.'], new_password: ['This field may not be null.'] },
    ],
    [
      { new_password: 'xq7vb', new_password_confirm: 'other' },
      {
        current_password: ['This field is required.'],
        new_password: ['This password is too short. It must contain at least 8 characters.'],
        new_password_confirm: ['Passwords do not match.'],
      },
    ],
  ]
  for (const [body, answer] of cases) assertAnswer(await change(access, body), 400, answer)
  assertAnswer(await change(access, []), 400, { non_field_errors: ['Invalid data. Expected a dictionary.'] })
  assert.equal((await server.call('POST', '/api/v1/auth/change-password/', { body: right })).status, 401)
  assert.equal((await signIn(email, password)).status, 200, 'nothing was changed')
})

test('V1-128 ASVS 6.2.3 five wrong current passwords in 15 minutes shut the way, for the right one as well', async () => {
  const { access, refresh, password } = await joined()
  const wrong = { current_password: 'WrongPass1!', new_password: FRESH }
  for (let n = 0; n < 5; n += 1) assert.equal((await change(access, wrong)).status, 400)
  const called = await change(access, { ...wrong, current_password: password })
  assertAnswer(called, 429, { detail: 'Too many failed login attempts. Please try again later.' })
  assert.ok(Number(called.headers['retry-after']) > 890, String(called.headers['retry-after']))
  server.shop.pass(15 * MINUTE_MS)
  const { body } = await server.call('POST', '/api/v1/auth/refresh/', { body: { refresh } })
  assertAnswer(await change(body.access, { ...wrong, current_password: password }), 200, CHANGED)
})

test('V1-128 of twenty wrong current passwords at once five are looked at', async () => {
  const { access } = await joined()
  const wrong = { current_password: 'WrongPass1!', new_password: FRESH }
  const called = await Promise.all(Array.from({ length: 20 }, () => change(access, wrong)))
  assert.equal(statusesOf(called).filter((status) => status === 400).length, 5)
  assert.equal(statusesOf(called).filter((status) => status === 429).length, 15)
})

test('V1-133 a reset is mailed to a proven address of an active account, and the answer is always the same', async () => {
  const { email } = await joined()
  const unproven = await joined()
  await sql`update identity.accounts set is_active = false, email_verified_at = null where id = ${unproven.accountId}`.execute(
    server.shop.db,
  )
  const disabled = await joined()
  await sql`update identity.accounts set is_active = false, disabled_at = now() where id = ${disabled.accountId}`.execute(
    server.shop.db,
  )
  const asked = [unproven.email, disabled.email, 'nobody@example.com', ` ${email.toUpperCase()}`.trim()]
  for (const each of asked) assertAnswer(await ask(each), 200, REQUESTED)
  await server.shop.runJobs()
  assert.deepEqual(
    server.shop.letters.map(({ to }) => to),
    [email],
  )
  const { text, html } = server.shop.letters[0]!
  const [token] = text.match(UUID)!
  assert.ok(text.includes(`https://shop.example.com/reset-password/${token}`))
  assert.ok(html.includes(`https://shop.example.com/reset-password/${token}`))
  assert.deepEqual([...new Set(`${text}${html}`.match(UUID))], [token])
  assert.match(token, /^.{14}4/, 'a UUID of version 4')
})

test('V1-133 an e-mail that is none, or is missing, is told', async () => {
  assertAnswer(await ask('nonsense'), 400, { email: ['Enter a valid email address.'] })
  assertAnswer(await ask(''), 400, { email: ['This field may not be blank.'] })
  assertAnswer(await ask(null), 400, { email: ['This field may not be null.'] })
  assertAnswer(await ask(undefined), 400, { email: ['This field is required.'] })
})

test('V1-134 V1-026 by the token the password is replaced: all sessions end, failures are forgotten', async () => {
  const user = await joined()
  for (let n = 0; n < 3; n += 1) await signIn(user.email, 'WrongPass1!')
  assert.equal((await signIn(user.email, user.password)).status, 429)
  const token = await mailedToken(user.email)
  assertAnswer(await confirm({ token, new_password: FRESH, new_password_confirm: FRESH }), 200, RESET)
  assert.equal((await me(user.access)).status, 401)
  assert.equal((await signIn(user.email, user.password)).status, 400)
  assert.equal((await signIn(user.email, FRESH)).status, 200)
  await server.shop.runJobs()
  assert.equal(server.shop.letters.at(-1)!.subject, 'Your password was reset')
})

test('V1-135 a token is good once, for an hour, and only the newest one', async () => {
  const { email } = await joined()
  const first = await mailedToken(email)
  const second = await mailedToken(email)
  const body = (token: string) => ({ token, new_password: FRESH })
  assertAnswer(await confirm(body(first)), 400, USED)
  assertAnswer(await confirm(body(second.toUpperCase())), 200, RESET)
  assertAnswer(await confirm(body(second)), 400, USED)
  for (const unknown of ['00000000-0000-4000-8000-000000000000', 'nonsense', 'x'.repeat(5000)])
    assertAnswer(await confirm(body(unknown)), 400, {
      detail: 'Invalid password reset token.',
      code: 'invalid_token',
    })
  const third = await mailedToken(email)
  server.shop.pass(60 * MINUTE_MS)
  assertAnswer(await confirm(body(third)), 400, {
    detail: 'This password reset token has expired. Please request a new one.',
    code: 'token_expired',
  })
})

test('V1-135 a verification token resets nothing, and a password at fault does not use a token up', async () => {
  const { email, accountId } = await joined({ username: 'peregrine-took' })
  const other = await inTransaction(server.shop.db, (tx) =>
    issueOneTimeToken(tx, accountId, 'verify_email', server.shop.now()),
  )
  assert.equal((await confirm({ token: other, new_password: FRESH })).body.code, 'invalid_token')
  const token = await mailedToken(email)
  assertAnswer(await confirm({ token, new_password: 'xq7vb', new_password_confirm: 'x' }), 400, {
    new_password: ['This password is too short. It must contain at least 8 characters.'],
    new_password_confirm: ['Passwords do not match.'],
  })
  assertAnswer(await confirm({ token, new_password: 'peregrine-took1' }), 400, {
    new_password: ['The password is too similar to the username.'],
  })
  assertAnswer(await confirm({ new_password: 'xq7vb' }), 400, {
    token: ['This field is required.'],
    new_password: ['This password is too short. It must contain at least 8 characters.'],
  })
  assertAnswer(await confirm({ token, new_password_confirm: FRESH }), 400, {
    new_password: ['This field is required.'],
  })
  assertAnswer(await confirm({ token, new_password: FRESH }), 200, RESET)
})

test('V1-135 of twenty who bring one token at once, one has his password', async () => {
  const { email } = await joined()
  const token = await mailedToken(email)
  const tries = Array.from({ length: 20 }, (_, n) => ({ token, new_password: `${FRESH} ${n}` }))
  const called = await Promise.all(tries.map((body, n) => confirm(body, `198.51.100.${n}`)))
  assert.equal(statusesOf(called).filter((status) => status === 200).length, 1)
  for (const other of called.filter(({ status }) => status !== 200)) assertAnswer(other, 400, USED)
  assert.equal((await signIn(email, tries[statusesOf(called).indexOf(200)]!.new_password)).status, 200)
})

test('V1-136 five wishes an hour from one address; three letters an hour to one account; ten confirmations', async () => {
  const { email } = await joined()
  for (let n = 0; n < 5; n += 1) assertAnswer(await ask(email, '198.51.100.50'), 200, REQUESTED)
  const called = await ask('nobody@example.com', '198.51.100.50')
  assertAnswer(called, 429, LIMITED)
  assert.ok(Number(called.headers['retry-after']) > 3500, String(called.headers['retry-after']))
  assertAnswer(await ask(email, '198.51.100.51'), 200, REQUESTED)
  await server.shop.runJobs()
  assert.equal(server.shop.letters.length, 3)
  const body = { token: '00000000-0000-4000-8000-000000000000', new_password: FRESH }
  for (let n = 0; n < 10; n += 1) assert.equal((await confirm(body, '198.51.100.52')).status, 400)
  assertAnswer(await confirm(body, '198.51.100.52'), 429, LIMITED)
  server.shop.pass(15 * MINUTE_MS)
  assert.equal((await confirm(body, '198.51.100.52')).status, 400)
})

test('V1-137 V1-162 who asked and who confirmed stands beside the token, of which only the hash is kept', async () => {
  const { email, accountId } = await joined()
  const token = await mailedToken(email)
  await confirm({ token, new_password: FRESH })
  const { rows } = await sql<Record<string, unknown>>`
    select requested_from_ip, used_from_ip, extract(epoch from expires_at - created_at)::int as lifetime_s, token_hash
    from identity.one_time_tokens where account_id = ${accountId}`.execute(server.shop.db)
  const { tokenHash, ...rest } = rows[0]!
  assert.deepEqual(rest, { requestedFromIp: '203.0.113.1', usedFromIp: '203.0.113.2', lifetimeS: 3600 })
  assert.ok(!String(tokenHash).includes(token))
})

test('V1-138 known and unknown addresses cost the same statements, and the same time', async () => {
  const users = await Promise.all(Array.from({ length: 12 }, () => joined()))
  const timesMs: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
  const counts = new Set<number>()
  for (const [n, { email }] of users.entries()) {
    for (const [kind, address] of [
      ['known', email],
      ['unknown', `nobody-${n}@example.com`],
    ] as const) {
      const began = performance.now()
      counts.add((await ask(address, `192.0.2.${n}`)).statements)
      timesMs[kind].push(performance.now() - began)
    }
  }
  assert.equal(counts.size, 1, `statements: ${[...counts]}`)
  // The quickest of each: whatever else the machine does only adds to the others.
  const apartMs = Math.abs(Math.min(...timesMs.known) - Math.min(...timesMs.unknown))
  assert.ok(apartMs < 10, `${apartMs} ms apart`)
})

test('V1-163 V1-079 each change and reset is logged, with the reason where it failed', async () => {
  const { email, access, password, accountId } = await joined()
  await change(access, { current_password: 'WrongPass1!', new_password: FRESH })
  await change(access, { current_password: password, new_password: FRESH })
  const token = await mailedToken(email)
  await confirm({ token, new_password: FRESH })
  await confirm({ token, new_password: FRESH })
  const { rows } = await sql`select attempt_type, failure_reason from identity.security_attempts
    where account_id = ${accountId} order by id`.execute(server.shop.db)
  assert.deepEqual(
    rows.map((row) => Object.values(row as object)),
    [
      ['password_change', 'invalid_credentials'],
      ['password_change', null],
      ['password_reset', null],
      ['password_reset', null],
      ['password_reset', 'token_used'],
    ],
  )
})
