/** The second factor on the marketplace, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import {
  assertErr,
  assertOk,
  INVALID,
  loggedIn,
  logIn,
  post,
  someAddress,
  TOO_MANY,
} from '../../../test/marketplace.ts'
import { codeOf, passToMidStep, STEP_MS, wrongCode } from '../../../test/second-factors.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())
beforeEach(() => passToMidStep(server.shop))

const ask = (token: string, path: string, body?: unknown) => post(server, `2fa/${path}`, body, someAddress(), token)
const verify = (challenge_token: string, code: string) => post(server, '2fa/verify', { challenge_token, code })
/** What the authenticator shows next: each code works once. */
const nextCode = (secret: string) => {
  server.shop.pass(STEP_MS)
  return codeOf(server.shop, secret)
}

/** Somebody who has switched the second factor on. */
async function guarded() {
  const customer = await loggedIn(server)
  const { secret } = (await ask(customer.access, 'setup')).body.data
  const enabled = await ask(customer.access, 'enable', { code: codeOf(server.shop, secret) })
  assertOk(enabled, 200, 'Two-factor authentication enabled.')
  return { ...customer, secret: secret as string, recoveryCodes: enabled.body.data.recovery_codes as string[] }
}

async function challenged({ phone, password }: { phone: string; password: string }): Promise<string> {
  const called = await post(server, 'login', { phone, password })
  assertOk(called, 200, 'Two-factor authentication is required.')
  const { challenge_token, ...rest } = called.body.data
  assert.deepEqual(rest, { two_factor_required: true })
  assert.deepEqual([called.body.access_token, called.body.refresh_token], [undefined, undefined])
  return challenge_token
}

test('MP-048 the second factor is off until a code of its secret was shown', async () => {
  const customer = await loggedIn(server)
  assertErr(await ask(customer.access, 'enable', { code: '123456' }), 409, 'Two-factor authentication is not set up.')
  const called = await ask(customer.access, 'setup')
  assertOk(called, 200, 'Scan the code and confirm it.')
  const { secret, otpauth_url } = called.body.data
  assert.ok(otpauth_url.startsWith('otpauth://totp/') && otpauth_url.includes(secret))
  await logIn(server, customer)
  assertErr(await ask(customer.access, 'enable', { code: wrongCode(server.shop, secret) }), 400, INVALID, {
    code: ['Invalid authentication code.'],
  })
  const { recovery_codes } = (await ask(customer.access, 'enable', { code: codeOf(server.shop, secret) })).body.data
  assert.equal(new Set(recovery_codes).size, recovery_codes.length)
  assert.ok(recovery_codes.length >= 8)
  assertErr(await ask(customer.access, 'setup'), 409, 'Two-factor authentication is already enabled.')
})

test('MP-048 with it on, login leads to a challenge, and a code completes it once', async () => {
  const customer = await guarded()
  const challenge = await challenged(customer)
  assertErr(
    await verify(challenge, wrongCode(server.shop, customer.secret)),
    400,
    'Invalid authentication code.',
    {},
    {
      code: 'second_factor_incorrect',
    },
  )
  const code = nextCode(customer.secret)
  const called = await verify(challenge, code)
  assertOk(called, 200, 'Login successful.')
  assert.deepEqual(
    [called.body.data.user.id, called.body.data.token_type, called.body.data.expires_in],
    [customer.id, 'Bearer', 3600],
  )
  assert.equal(called.body.access_token, called.body.data.access_token)
  const { status } = await server.call('GET', '/accounts/profile/', { token: called.body.access_token })
  assert.equal(status, 200)
  for (const spent of [challenge, 'nonsense']) {
    assertErr(
      await verify(spent, code),
      401,
      'The sign-in has expired. Please sign in again.',
      {},
      {
        code: 'challenge_not_valid',
      },
    )
  }
})

test('MP-048 a recovery code does the same, once; other ones make it void', async () => {
  const customer = await guarded()
  const [first, second] = customer.recoveryCodes
  assert.equal((await verify(await challenged(customer), first!)).status, 200)
  assert.equal((await verify(await challenged(customer), first!)).status, 400)
  const replaced = await ask(customer.access, 'recovery-codes', { code: nextCode(customer.secret) })
  assertOk(replaced, 200, 'Recovery codes replaced.')
  const challenge = await challenged(customer)
  assert.equal((await verify(challenge, second!)).status, 400)
  assert.equal((await verify(challenge, replaced.body.data.recovery_codes[0])).status, 200)
})

test('MP-048 it is switched off with password and code', async () => {
  const customer = await guarded()
  const { access, password, secret } = customer
  assertErr(await ask(access, 'disable', { password: 'wrong', code: nextCode(secret) }), 400, INVALID, {
    password: ['Password is incorrect.'],
  })
  assertErr(await ask(access, 'disable', { password, code: wrongCode(server.shop, secret) }), 400, INVALID, {
    code: ['Invalid authentication code.'],
  })
  const called = await ask(access, 'disable', { password, code: nextCode(secret) })
  assertOk(called, 200, 'Two-factor authentication disabled.')
  await logIn(server, customer)
})

test('MP-048 MP-009 the sixth wrong code in 15 minutes is refused, whatever the challenge', async () => {
  const customer = await guarded()
  for (let n = 0; n < 5; n += 1)
    assert.equal((await verify(await challenged(customer), wrongCode(server.shop, customer.secret))).status, 400)
  assertErr(await verify(await challenged(customer), nextCode(customer.secret)), 429, TOO_MANY)
})

test('MP-048 ASVS 7.5.1 a quarter of an hour after the sign-in it is not switched on without the password', async () => {
  const customer = await loggedIn(server)
  const { secret } = (await ask(customer.access, 'setup')).body.data
  server.shop.pass(16 * 60_000)
  const enable = (more: object = {}) => ask(customer.access, 'enable', { code: nextCode(secret), ...more })
  assertErr(await enable(), 400, INVALID, { password: ['This field is required.'] })
  assertErr(await enable({ password: 'wrong' }), 400, INVALID, { password: ['Password is incorrect.'] })
  assertOk(await enable({ password: customer.password }), 200, 'Two-factor authentication enabled.')
})
