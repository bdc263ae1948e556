/** The second factor as its owner switches it on and off, through the face of identity. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { Secret, type TOTP, URI } from 'otpauth'
import {
  authenticate,
  disableSecondFactor,
  enableSecondFactor,
  hasSecondFactor,
  replaceRecoveryCodes,
  setUpSecondFactor,
} from '#commerce/identity'
import { signedUp } from '../../../../test/accounts.ts'
import { faultsOf, tally, why } from '../../../../test/refusals.ts'
import {
  challengeOf,
  codeOf,
  complete,
  guarded,
  holderOf,
  passToMidStep,
  signInAs,
  visitOn,
  wrongCode,
} from '../../../../test/second-factors.ts'
import { openTestShop, type TestShop } from '../../../../test/shop.ts'

const VISIT = visitOn('v1')

let shop: TestShop
before(async () => {
  shop = await openTestShop({ MAIL_FROM: 'Corner Shop <shop@example.com>' })
})
after(() => shop.close())
beforeEach(() => passToMidStep(shop))

test('MP-048 a second factor is off, does not count before a code of it was shown, and then is asked for', async () => {
  const user = await signedUp({ shop })
  const holder = await holderOf(shop, user)
  assert.equal(await why(enableSecondFactor(shop, holder, { code: '123456' }, VISIT)), 'second_factor_not_set_up')
  const first = await setUpSecondFactor(shop, user.accountId)
  const { secret, otpauthUrl } = await setUpSecondFactor(shop, user.accountId)
  const told = URI.parse(otpauthUrl) as TOTP
  assert.deepEqual(
    [told.issuer, told.label, told.algorithm, told.digits, told.period, told.secret.base32],
    ['Corner Shop', user.email, 'SHA1', 6, 30, secret],
  )
  assert.equal(told.secret.bytes.length, 20)
  assert.deepEqual(
    [await hasSecondFactor(shop.db, user.accountId), (await signInAs(shop, user)).account.id],
    [false, user.accountId],
  )
  const replaced = enableSecondFactor(shop, holder, { code: codeOf(shop, first.secret) }, VISIT)
  assert.deepEqual(await faultsOf(replaced), { code: 'code_incorrect' })
  const { recoveryCodes } = await enableSecondFactor(shop, holder, { code: codeOf(shop, secret) }, VISIT)
  assert.equal(new Set(recoveryCodes).size, 10)
  for (const code of recoveryCodes) assert.match(code, /^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){4}$/)
  assert.equal(await hasSecondFactor(shop.db, user.accountId), true)
  assert.equal(await why(enableSecondFactor(shop, holder, { code: codeOf(shop, secret) }, VISIT)), 'second_factor_on')
  assert.equal(await why(setUpSecondFactor(shop, user.accountId)), 'second_factor_on')
  const challenge = await challengeOf(shop, user)
  const { account, tokens } = await complete(shop, challenge, codeOf(shop, secret, 1))
  assert.equal(account.id, user.accountId)
  assert.equal((await authenticate(shop, tokens.access)).accountId, user.accountId)
})

test('MP-048 ASVS 7.4.3 switching it on or off ends the other sessions and is told to the owner', async () => {
  const user = await signedUp({ shop })
  const holder = await holderOf(shop, user)
  const { secret } = await setUpSecondFactor(shop, user.accountId)
  const other = await signInAs(shop, user, 'storefront')
  const { recoveryCodes } = await enableSecondFactor(shop, holder, { code: codeOf(shop, secret) }, VISIT)
  assert.equal(await why(authenticate(shop, other.tokens.access)), 'session_terminated')
  const another = await complete(shop, await challengeOf(shop, user), recoveryCodes[0]!)
  await disableSecondFactor(shop, holder, { password: user.password, code: recoveryCodes[1]! }, VISIT)
  assert.equal(await why(authenticate(shop, another.tokens.access)), 'session_terminated')
  assert.equal((await authenticate(shop, user.access)).accountId, user.accountId)
  await shop.runJobs()
  const subjects = shop.letters.filter(({ to }) => to === user.email).map(({ subject }) => subject)
  for (const told of ['Two-factor sign-in is on', 'Two-factor sign-in is off']) assert.ok(subjects.includes(told), told)
})

test('ASVS 6.5.1 the code that switched it on is used up by that', async () => {
  const user = await signedUp({ shop })
  const { secret } = await setUpSecondFactor(shop, user.accountId)
  await enableSecondFactor(shop, await holderOf(shop, user), { code: codeOf(shop, secret) }, VISIT)
  assert.equal(
    await why(complete(shop, await challengeOf(shop, user), codeOf(shop, secret))),
    'second_factor_incorrect',
  )
})

test('ASVS 6.5.1 of twenty uses at once of one code for new recovery codes one is served', async () => {
  const { holder, secret } = await guarded(shop)
  const code = codeOf(shop, secret)
  const outcome = await tally(
    Array.from({ length: 20 }, () => replaceRecoveryCodes(shop, holder, { code: code }, VISIT)),
  )
  assert.deepEqual(outcome, { done: 1, code_incorrect: 5, too_many_wrong_codes: 14 })
})

test('MP-048 ASVS 6.4.4 switching it off takes the password and a code, and then the password alone is enough', async () => {
  const { user, holder, secret, recoveryCodes } = await guarded(shop)
  const { password } = user
  const disable = (given: { password: string; code: string }) => disableSecondFactor(shop, holder, given, VISIT)
  const code = codeOf(shop, secret)
  assert.deepEqual(await faultsOf(disable({ password: 'wrong', code })), { password: 'password_incorrect' })
  assert.deepEqual(await faultsOf(disable({ password, code: wrongCode(shop, secret) })), { code: 'code_incorrect' })
  assert.deepEqual(await faultsOf(disable({ password, code: '' })), { code: 'code_incorrect' })
  const challenge = await challengeOf(shop, user)
  await disable({ password, code })
  assert.equal(await why(disable({ password, code })), 'second_factor_not_set_up')
  assert.equal(await why(complete(shop, challenge, recoveryCodes[0]!)), 'challenge_not_valid')
  assert.equal((await signInAs(shop, user)).account.id, user.accountId)
  const again = await setUpSecondFactor(shop, user.accountId)
  assert.notEqual(again.secret, secret)
  await enableSecondFactor(shop, holder, { code: codeOf(shop, again.secret) }, VISIT)
  assert.equal(await why(complete(shop, await challengeOf(shop, user), recoveryCodes[0]!)), 'second_factor_incorrect')
})

test('MP-048 new recovery codes take the place of the old ones, and the sessions stay', async () => {
  const { user, holder, secret, recoveryCodes } = await guarded(shop)
  const other = await complete(shop, await challengeOf(shop, user), recoveryCodes[0]!)
  const wrong = replaceRecoveryCodes(shop, holder, { code: recoveryCodes[0]! }, VISIT)
  assert.deepEqual(await faultsOf(wrong), { code: 'code_incorrect' })
  const { recoveryCodes: fresh } = await replaceRecoveryCodes(shop, holder, { code: codeOf(shop, secret) }, VISIT)
  assert.equal(new Set([...recoveryCodes, ...fresh]).size, 20)
  const challenge = await challengeOf(shop, user)
  assert.equal(await why(complete(shop, challenge, recoveryCodes[1]!)), 'second_factor_incorrect')
  await complete(shop, challenge, fresh[1]!)
  assert.equal((await authenticate(shop, other.tokens.access)).accountId, user.accountId)
  const bare = await signedUp({ shop })
  assert.equal(
    await why(replaceRecoveryCodes(shop, await holderOf(shop, bare), { code: '123456' }, VISIT)),
    'second_factor_not_set_up',
  )
})

test('ASVS 6.5.2 recovery codes have 112 bits or more; neither they nor the secret can be read in the tables', async () => {
  const { user, secret, recoveryCodes } = await guarded(shop)
  const signs = recoveryCodes[0]!.replaceAll('-', '').length
  assert.ok(signs * Math.log2(31) >= 112)
  const { rows } = await sql<{ kept: string }>`
    select to_jsonb(factor)::text || (select string_agg(to_jsonb(code)::text, '') from identity.recovery_codes code) as kept
    from identity.second_factors factor where account_id = ${user.accountId}`.execute(shop.db)
  const kept = rows[0]!.kept.toLowerCase()
  const bytes = Buffer.from(Secret.fromBase32(secret).bytes)
  for (const code of recoveryCodes)
    for (const form of [code, code.replaceAll('-', '')]) assert.ok(!kept.includes(form), 'a code as it is')
  for (const form of [secret, bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')])
    assert.ok(!kept.includes(form.toLowerCase()), 'the secret as it is')
})

test('ASVS 6.6.2 a sealed secret is worth nothing in the row of another account', async () => {
  const ann = await guarded(shop)
  const eve = await guarded(shop)
  await sql`
    update identity.second_factors set sealed_secret = (
      select sealed_secret from identity.second_factors where account_id = ${eve.user.accountId})
    where account_id = ${ann.user.accountId}`.execute(shop.db)
  assert.equal(
    await why(complete(shop, await challengeOf(shop, ann.user), codeOf(shop, eve.secret))),
    'second_factor_incorrect',
  )
})
