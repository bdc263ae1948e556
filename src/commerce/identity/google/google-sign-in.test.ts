/** Whose account it is that somebody comes to from Google, through the face of identity. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import {
  anyName,
  authenticate,
  changeAccountByStaff,
  completeSignIn,
  emailName,
  enableSecondFactor,
  findAccount,
  findAccountByEmail,
  issueLinkToken,
  refreshTokens,
  registerAccount,
  resetPasswordByLink,
  setUpSecondFactor,
  signIn,
  signInEvenUnverified,
  signInWithGoogle,
  updateAccount,
  verifyEmailByLink,
} from '#commerce/identity'
import { inTransaction } from '#platform/database'
import { signedUp, staffMember } from '../../../../test/accounts.ts'
import { type GoogleDouble, openGoogleDouble, type Person, somebody } from '../../../../test/google.ts'
import { refusalOf, why } from '../../../../test/refusals.ts'
import { codeOf, guarded, holderOf, passToMidStep, signInAs, visitOn } from '../../../../test/second-factors.ts'
import { openTestShop, type TestShop } from '../../../../test/shop.ts'

const PASSWORD = 'SecurePass123!'

let double: GoogleDouble
let shop: TestShop
before(async () => {
  double = await openGoogleDouble()
  shop = await openTestShop(double.settings)
})
after(async () => {
  await shop.close()
  await double.close()
})
beforeEach(() => passToMidStep(shop))

const come = async (person: Person) =>
  signInWithGoogle(shop, { idToken: await double.idToken(person) }, visitOn('nexus'))

/** How the attempts of an account, or with a name, have ended: oldest first. */
async function attemptsOf(name: number | string) {
  const { rows } = await sql<{ attempt: string }>`
    select attempt_type || ':' || coalesce(failure_reason, 'done') as attempt from identity.security_attempts
    where ${typeof name === 'number' ? sql`account_id = ${name}` : sql`identifier = ${name}`} order by id`.execute(
    shop.db,
  )
  return rows.map(({ attempt }) => attempt)
}

/** What the owner of an account was told. */
async function lettersTo(email: string) {
  await shop.runJobs()
  return shop.letters.filter(({ to }) => to === email).map(({ subject }) => subject)
}

test('NX-077 ASVS 10.5.2 who comes for the first time gets an account, and the same one ever after', async () => {
  const person = somebody({ email: 'Ada.L@Example.com', given_name: 'Ada', family_name: 'Lovelace' })
  const first = await come(person)
  const { id, email, username, firstName, lastName, emailVerifiedAt } = first.account
  assert.deepEqual([first.created, email, firstName, lastName], [true, 'ada.l@example.com', 'Ada', 'Lovelace'])
  assert.ok(emailVerifiedAt)
  assert.match(username!, /^ada\.l-[0-9a-f]{10}$/)
  assert.equal((await authenticate(shop, first.tokens.access)).accountId, id)
  assert.deepEqual(await attemptsOf(id), ['register:done', 'login:done'])
  const anyPassword = { name: emailName(email!), password: PASSWORD }
  assert.equal(await why(signIn(shop, anyPassword, visitOn('v1'))), 'wrong_credentials', 'there is no password')
  assert.deepEqual(await lettersTo(email!), [], 'nothing is left to be proven')
  const again = await come({ ...person, email: 'ada@elsewhere.example' })
  assert.deepEqual([again.created, again.account.id], [false, id], 'ASVS 10.5.2: by the subject, whatever the address')
  const unproven = await come({ sub: person.sub })
  assert.deepEqual([unproven.created, unproven.account.id], [false, id])
})

test('NX-077 an account that has proven the address is linked, keeps all that it has, and its owner is told', async () => {
  const user = await signedUp({ shop })
  const person = somebody({ email: user.email.toUpperCase() })
  const { account, created } = await come(person)
  assert.deepEqual([created, account.id, account.firstName], [false, user.accountId, 'Sam'])
  await signInAs(shop, user)
  await authenticate(shop, user.access)
  assert.deepEqual(await lettersTo(user.email), ['Sign-in with Google is on'])
  await come({ ...person, email: 'elsewhere@example.com' })
  assert.deepEqual(await lettersTo(user.email), ['Sign-in with Google is on'], 'once')
})

test('NX-077 an address that Google has not verified opens nothing, and makes nothing', async () => {
  const { email, accountId } = await signedUp({ shop })
  for (const person of [{ ...somebody(), email, email_verified: false }, { sub: 'nameless' }]) {
    assert.equal(await why(come(person)), 'google_email_unverified')
  }
  const stranger = somebody({ email_verified: false })
  assert.equal(await why(come(stranger)), 'google_email_unverified')
  assert.equal(await why(come(somebody({ email: 'no address' }))), 'google_email_unverified')
  assert.equal(await findAccountByEmail(shop.db, stranger.email), undefined)
  assert.deepEqual(await attemptsOf(stranger.email), ['login:google_rejected'])
  assert.deepEqual(await attemptsOf(accountId), [])
})

test('NX-077 who has prepared an account with the address of another keeps no way into it', async () => {
  const person = somebody()
  const { email } = person
  const visit = visitOn('storefront')
  const names = { email, username: 'squatter', phone: '+4915112345678' }
  const input = { ...names, password: PASSWORD, firstName: 'Mallory', lastName: 'M' }
  const { account: prepared } = await registerAccount(shop, input, visit)
  const signInNames = Object.values(names).map(anyName)
  const limited = await signInEvenUnverified(shop, { name: signInNames[0]!, password: PASSWORD }, visit)
  const [toVerify, toReset] = await inTransaction(shop.db, async (tx) => [
    await issueLinkToken(tx, prepared, 'verify_email', shop.now(), shop.config),
    await issueLinkToken(tx, prepared, 'reset_password', shop.now(), shop.config),
  ])
  await prepareOtherWays(prepared.id)

  const { created, account } = await come(person)
  assert.deepEqual([created, account.id, account.firstName, account.phone], [false, prepared.id, 'Grace', null])
  assert.ok(account.emailVerifiedAt && account.isActive)
  assert.deepEqual((await attemptsOf(prepared.id)).slice(-2), ['email_verification:done', 'login:done'])
  for (const name of signInNames) {
    assert.equal(await why(signIn(shop, { name, password: PASSWORD }, visit)), 'wrong_credentials')
  }
  assert.ok('refresh' in limited)
  assert.equal(await why(refreshTokens(shop, limited.refresh, visit)), 'refresh_session_terminated')
  assert.equal(await why(verifyEmailByLink(shop, toVerify!, visit)), 'verification_link_not_valid')
  assert.equal(
    await why(resetPasswordByLink(shop, { ...toReset, fresh: 'AnotherPass123!', confirm: 'AnotherPass123!' }, visit)),
    'reset_link_not_valid',
  )
  assert.equal((await come(somebody({ sub: 'of-the-squatter' }))).created, true)
  assert.deepEqual(await countPasskeys(prepared.id), [{ count: 0 }])
  assert.equal((await come(person)).account.id, prepared.id)
})

/** What an account gathers by and by, if somebody finds out how, before it may be used: a second factor, a passkey, a link. */
async function prepareOtherWays(id: number): Promise<void> {
  await sql`
    with factor as (
      insert into identity.second_factors (account_id, sealed_secret, created_at, enabled_at) values (${id}, '-', now(), now())
    ), passkey as (
      insert into identity.passkeys (account_id, credential_id, public_key, name, created_at) values (${id}, '-', '', '-', now())
    )
    insert into identity.google_links values ('of-the-squatter', ${id}, 'old@example.com', now())`.execute(shop.db)
}

async function countPasskeys(id: number) {
  const { rows } = await sql`
    select count(*)::int as count from identity.passkeys where account_id = ${id}`.execute(shop.db)
  return rows
}

test('NX-077 ASVS 6.8.1 an account in use is not taken over by an address that was put into it: it loses the address', async () => {
  const person = somebody()
  const phone = '+4915187654321'
  const victim = await signedUp({ shop }, { phone, surface: 'marketplace' })
  await sql`update identity.accounts set email = null, email_verified_at = null where id = ${victim.accountId}`.execute(
    shop.db,
  )
  await inTransaction(shop.db, (tx) => updateAccount(tx, victim.accountId, { email: person.email }))
  const { secret } = await setUpSecondFactor(shop, victim.accountId)
  await enableSecondFactor(shop, await holderOf(shop, victim), { code: codeOf(shop, secret) }, visitOn('marketplace'))
  const { account, created } = await come(person)
  assert.equal(created, true)
  assert.notEqual(account.id, victim.accountId)
  const kept = (await findAccount(shop.db, victim.accountId))!
  assert.deepEqual([kept.email, kept.phone, kept.isActive], [null, phone, true])
  await authenticate(shop, victim.access)
  assert.equal((await come(person)).account.id, account.id)
})

test('NX-077 ASVS 6.3.3 a second factor is asked for, and who does not show it has linked nothing', async () => {
  const { user, recoveryCodes } = await guarded(shop)
  const person = somebody({ email: user.email })
  const { code, details } = await refusalOf(come(person))
  assert.equal(code, 'second_factor_required')
  const { rows } = await sql`select from identity.google_links where subject = ${person.sub}`.execute(shop.db)
  assert.equal(rows.length, 0)
  const challengeToken = details.challengeToken as string
  const answer = { challengeToken, code: recoveryCodes[0]! }
  assert.equal((await completeSignIn(shop, answer, visitOn('nexus'))).account.id, user.accountId)
})

test('NX-077 an account that was switched off stays so, linked or not, proven or not', async () => {
  const staff = await staffMember({ shop })
  const switchOff = (id: number) => changeAccountByStaff(shop, staff.accountId, id, { isActive: false })
  const linked = somebody()
  await switchOff((await come(linked)).account.id)
  const known = await signedUp({ shop })
  await switchOff(known.accountId)
  const unproven = somebody()
  const input = { email: unproven.email, username: 'switched.off', password: PASSWORD, firstName: '', lastName: '' }
  const { account } = await registerAccount(shop, input, visitOn('nexus'))
  await switchOff(account.id)
  for (const person of [linked, somebody({ email: known.email }), unproven]) {
    assert.equal(await why(come(person)), 'account_disabled')
  }
  assert.equal((await findAccount(shop.db, account.id))!.emailVerifiedAt, null)
  assert.equal((await attemptsOf(known.accountId)).at(-1), 'login:inactive_account')
})

test('NX-077 of many first sign-ins at once one makes the account, and all are let into it', async () => {
  const fresh = somebody()
  const known = somebody({ email: (await signedUp({ shop })).email })
  const prepared = somebody()
  const input = { email: prepared.email, username: 'at.once', password: PASSWORD, firstName: '', lastName: '' }
  await registerAccount(shop, input, visitOn('nexus'))
  for (const [person, created] of [
    [fresh, 1],
    [known, 0],
    [prepared, 0],
  ] as const) {
    const idToken = await double.idToken(person)
    const all = await Promise.all(
      Array.from({ length: 8 }, () => signInWithGoogle(shop, { idToken }, visitOn('nexus'))),
    )
    assert.equal(all.filter((one) => one.created).length, created)
    assert.equal(new Set(all.map(({ account }) => account.id)).size, 1)
    for (const { tokens } of all) await authenticate(shop, tokens.access)
  }
  const twins = await Promise.all(['one', 'two'].map((sub) => come(somebody({ sub, email: 'twins@example.com' }))))
  assert.equal(new Set(twins.map(({ account }) => account.id)).size, 1)
})
