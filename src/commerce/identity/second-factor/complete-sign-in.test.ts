/** The second half of a sign-in, through the face of identity. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import {
  authenticate,
  changePassword,
  completeSignIn,
  emailName,
  replaceRecoveryCodes,
  signInEvenUnverified,
} from '#commerce/identity'
import { refusalOf, tally, why } from '../../../../test/refusals.ts'
import {
  challengeOf,
  codeOf,
  complete,
  guarded,
  passToMidStep,
  signInAs,
  visitOn,
  wrongCode,
} from '../../../../test/second-factors.ts'
import { openTestShop, type TestShop } from '../../../../test/shop.ts'

const VISIT = visitOn('v1')
const MINUTE_MS = 60_000
const LIFETIME_MS = 10 * MINUTE_MS

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())
beforeEach(() => passToMidStep(shop))

/** How often each reason was noted for an account, without those of the passwords. */
async function notedFailures(accountId: number) {
  const { rows } = await sql<{ failureReason: string; count: number }>`
    select failure_reason, count(*)::int as count from identity.security_attempts
    where account_id = ${accountId} and attempt_type = 'otp' and not succeeded group by 1`.execute(shop.db)
  return Object.fromEntries(rows.map(({ failureReason, count }) => [failureReason, count]))
}

test('MP-048 ASVS 6.3.3 every surface asks for it, and a challenge opens a session', async () => {
  const { user, recoveryCodes } = await guarded(shop)
  for (const [n, surface] of (['v1', 'nexus', 'marketplace', 'storefront'] as const).entries()) {
    const challengeToken = await challengeOf(shop, user, surface)
    const { tokens } = await completeSignIn(shop, { challengeToken, code: recoveryCodes[n]! }, visitOn(surface))
    assert.equal((await authenticate(shop, tokens.access)).accountId, user.accountId)
  }
  const input = { name: emailName(user.email), password: user.password }
  assert.equal(await why(signInEvenUnverified(shop, input, visitOn('storefront'))), 'second_factor_required')
})

test('ASVS 6.5.1 a time-based code is taken once, and none of an earlier step after it', async () => {
  const { user, secret } = await guarded(shop)
  const code = codeOf(shop, secret)
  const before = codeOf(shop, secret, -1)
  await complete(shop, await challengeOf(shop, user), `${code.slice(0, 3)} ${code.slice(3)}`)
  const challenge = await challengeOf(shop, user)
  assert.equal(await why(complete(shop, challenge, code)), 'second_factor_incorrect')
  assert.equal(await why(complete(shop, challenge, before)), 'second_factor_incorrect')
  assert.equal(
    (await complete(shop, challenge, codeOf(shop, secret, 1))).account.id,
    user.accountId,
    'a wrong code leaves the challenge',
  )
})

test('ASVS 6.5.1 a recovery code works once, however it is typed', async () => {
  const { user, recoveryCodes } = await guarded(shop)
  const [first, second] = recoveryCodes as [string, string]
  await complete(shop, await challengeOf(shop, user), first)
  const challenge = await challengeOf(shop, user)
  assert.equal(await why(complete(shop, challenge, first)), 'second_factor_incorrect')
  await complete(shop, challenge, ` ${second.toUpperCase().replaceAll('-', ' ')}`)
})

test('ASVS 6.5.1 of twenty answers at once to one challenge one is let in, and the rest is no guess', async () => {
  const { user, secret, recoveryCodes } = await guarded(shop)
  for (const code of [codeOf(shop, secret), recoveryCodes[0]!]) {
    const challenge = await challengeOf(shop, user)
    const answers = Array.from({ length: 20 }, () => complete(shop, challenge, code))
    assert.deepEqual(await tally(answers), { done: 1, challenge_not_valid: 19 })
  }
  const { rows } = await sql`
    select from identity.security_attempts
    where account_id = ${user.accountId} and attempt_type = 'login' and succeeded and identifier = ${user.email}`.execute(
    shop.db,
  )
  assert.equal(rows.length, 2)
  const challenge = await challengeOf(shop, user)
  for (let n = 0; n < 4; n += 1)
    assert.equal(await why(complete(shop, challenge, wrongCode(shop, secret))), 'second_factor_incorrect')
  await complete(shop, challenge, codeOf(shop, secret, 1))
})

test('ASVS 6.6.3 of fifty wrong codes at once five are looked at, over all challenges of an account', async () => {
  const { user, holder, secret } = await guarded(shop)
  const challenge = await challengeOf(shop, user)
  const answers = Array.from({ length: 50 }, () => complete(shop, challenge, wrongCode(shop, secret)))
  assert.deepEqual(await tally(answers), { second_factor_incorrect: 5, too_many_wrong_codes: 45 })
  assert.deepEqual(await notedFailures(user.accountId), { second_factor_incorrect: 5, rate_limited: 45 })
  const { kind, code, details } = await refusalOf(complete(shop, await challengeOf(shop, user), codeOf(shop, secret)))
  assert.deepEqual([kind, code], ['limited', 'too_many_wrong_codes'])
  assert.ok(details.retryAfterS! > 890 && details.retryAfterS! <= 900)
  assert.equal(
    await why(replaceRecoveryCodes(shop, holder, { code: codeOf(shop, secret) }, VISIT)),
    'too_many_wrong_codes',
  )
  shop.pass(15 * MINUTE_MS)
  await complete(shop, await challengeOf(shop, user), codeOf(shop, secret))
})

test('ASVS 6.5.5 a challenge lives ten minutes, a time-based code its step and the one beside it', async () => {
  const { user, secret } = await guarded(shop)
  const challenge = await challengeOf(shop, user)
  shop.pass(LIFETIME_MS - 1000)
  const late = codeOf(shop, secret, -2)
  assert.equal(await why(complete(shop, challenge, late)), 'second_factor_incorrect')
  assert.equal(await why(complete(shop, challenge, codeOf(shop, secret, 2))), 'second_factor_incorrect')
  await complete(shop, challenge, codeOf(shop, secret, -1))
  const expired = await challengeOf(shop, user)
  shop.pass(LIFETIME_MS)
  assert.equal(await why(complete(shop, expired, codeOf(shop, secret))), 'challenge_not_valid')
  assert.equal(await why(complete(shop, challenge, codeOf(shop, secret))), 'challenge_not_valid', 'a used one')
  const replaced = await challengeOf(shop, user)
  const open = await challengeOf(shop, user)
  assert.equal(
    await why(complete(shop, replaced, codeOf(shop, secret))),
    'challenge_not_valid',
    'one before the newest',
  )
  for (const made of ['', 'no challenge', open.replace(/^./, (c) => (c === '0' ? '1' : '0')), user.access])
    assert.equal((await refusalOf(complete(shop, made, codeOf(shop, secret)))).kind, 'unauthenticated')
  await complete(shop, open, codeOf(shop, secret))
})

test('ASVS 6.6.2 a code is for its account: neither that of another one nor its recovery code opens a challenge', async () => {
  const ann = await guarded(shop)
  const bob = await guarded(shop)
  const challenge = await challengeOf(shop, ann.user)
  for (const code of [codeOf(shop, bob.secret), bob.recoveryCodes[0]!])
    assert.equal(await why(complete(shop, challenge, code)), 'second_factor_incorrect')
  await complete(shop, challenge, codeOf(shop, ann.secret))
  await complete(shop, await challengeOf(shop, bob.user), bob.recoveryCodes[0]!)
})

test('MP-048 a half-done sign-in is void when the password changes, and refused when the account is switched off', async () => {
  const { user, holder, secret } = await guarded(shop)
  const challenge = await challengeOf(shop, user)
  const fresh = 'another-horse-battery'
  await changePassword(shop, { ...holder, ...VISIT }, { current: user.password, fresh })
  assert.equal(await why(complete(shop, challenge, codeOf(shop, secret))), 'challenge_not_valid')
  const another = await challengeOf(shop, { ...user, password: fresh })
  await sql`update identity.accounts set is_active = false, disabled_at = ${shop.now()} where id = ${user.accountId}`.execute(
    shop.db,
  )
  assert.equal(await why(complete(shop, another, codeOf(shop, secret))), 'account_disabled')
  assert.equal((await notedFailures(user.accountId)).inactive_account, 1)
})

test('MP-048 a completed sign-in forgets the wrong passwords before it, an answer that is wrong does not', async () => {
  const { user, secret } = await guarded(shop)
  const fail = async (times: number) => {
    for (let n = 0; n < times; n += 1)
      assert.equal(await why(signInAs(shop, { ...user, password: 'wrong' }, 'nexus')), 'wrong_credentials')
  }
  await fail(4)
  const challenge = await challengeOf(shop, user, 'nexus')
  assert.equal(await why(complete(shop, challenge, wrongCode(shop, secret))), 'second_factor_incorrect')
  await complete(shop, challenge, codeOf(shop, secret))
  await fail(4)
  const another = await challengeOf(shop, user, 'nexus')
  assert.equal(await why(complete(shop, another, wrongCode(shop, secret))), 'second_factor_incorrect')
  await fail(1)
  assert.equal(await why(signInAs(shop, user, 'nexus')), 'account_locked')
})
