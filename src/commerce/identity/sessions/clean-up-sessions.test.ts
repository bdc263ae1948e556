import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  authenticate,
  cleanUpSessions,
  createSuperuser,
  emailName,
  hasSuperuser,
  issueOneTimeToken,
  signIn,
} from '#commerce/identity'
import { inTransaction } from '#platform/database'
import type { Refusal } from '#platform/refusal.ts'
import { type SignedUp, signedUp } from '../../../../test/accounts.ts'
import { openTestShop, type TestShop } from '../../../../test/shop.ts'

const DAY_MS = 86_400_000

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
after(() => shop.close())

const VISIT = { surface: 'v1', device: { ip: '192.0.2.1', userAgent: 'test' } } as const
const signInAs = ({ email, password }: SignedUp) => signIn(shop, { name: emailName(email), password }, VISIT)

test('V1-171 the clean-up removes idle sessions, spent tokens and old attempts; a dry run only counts them', async () => {
  const user = await signedUp({ shop })
  await signInAs(user)
  await inTransaction(shop.db, (tx) => issueOneTimeToken(tx, user.accountId, 'verify_email', shop.now()))
  assert.deepEqual(await cleanUpSessions(shop), { sessions: 0, tokens: 0, attempts: 0 })
  shop.pass(29 * DAY_MS)
  const { tokens } = await signInAs(user)
  assert.deepEqual(await cleanUpSessions(shop, { dryRun: true }), { sessions: 0, tokens: 1, attempts: 0 })
  assert.deepEqual(await cleanUpSessions(shop, { dryRun: true, days: 29 }), { sessions: 2, tokens: 1, attempts: 0 })
  shop.pass(DAY_MS)
  assert.deepEqual(await cleanUpSessions(shop), { sessions: 2, tokens: 1, attempts: 0 })
  await assert.rejects(authenticate(shop, tokens.access), { code: 'token_not_valid' })
  shop.pass(61 * DAY_MS)
  const last = await signInAs(user)
  assert.deepEqual(await cleanUpSessions(shop), { sessions: 1, tokens: 0, attempts: 1 })
  assert.equal((await authenticate(shop, last.tokens.access)).accountId, user.accountId)
})

test('V1-112 session activities are logged, unless that is switched off', async () => {
  const user = await signedUp({ shop })
  const lines: object[] = []
  const log = { ...shop.log, info: (line: object) => void lines.push(line) }
  const loud = { ...shop, log }
  const { email, password } = user
  for (let n = 0; n < 5; n += 1) await signIn(loud, { name: emailName(email), password }, VISIT)
  const activities = lines.map((line) => (line as { activity: string }).activity)
  assert.deepEqual(activities, ['opened', 'opened', 'opened', 'opened', 'opened', 'evicted'])
  const config = { ...shop.config, LOG_SESSION_ACTIVITIES: false }
  await signIn({ ...loud, config }, { name: emailName(email), password }, VISIT)
  assert.equal(lines.length, 6)
})

test('V1-022 a superuser is ready for use; a name that is taken is refused', async () => {
  assert.equal(await hasSuperuser(shop.db), false)
  const account = await createSuperuser(shop, {
    email: 'Owner@Example.com',
    phone: '+1 555 000 2222',
    password: 'SecurePass123!',
  })
  assert.equal(await hasSuperuser(shop.db), true)
  assert.match(account.username ?? '', /^Owner-[0-9a-f]{10}$/)
  assert.deepEqual(
    [account.isActive, account.isStaff, account.isSuperuser, account.phone],
    [true, true, true, '+15550002222'],
  )
  assert.ok(account.emailVerifiedAt)
  const again = createSuperuser(shop, { email: 'owner@example.com', password: 'SecurePass123!' })
  await assert.rejects(again, (refusal: Refusal) => refusal.details.fields?.email === 'email_taken')
})

test('V1-022 a superuser whose names are malformed is refused, all of it together', async () => {
  const names = { email: 'nobody at home', username: 'the owner', phone: '12' }
  await assert.rejects(createSuperuser(shop, { ...names, password: 'SecurePass123!' }), (refusal: Refusal) => {
    assert.deepEqual(refusal.details.fields, {
      email: 'not_email',
      username: 'username_invalid',
      phone: 'phone_invalid',
    })
    return true
  })
  const tooLong = createSuperuser(shop, { email: `a@${'b'.repeat(250)}.example`, password: 'SecurePass123!' })
  await assert.rejects(tooLong, (refusal: Refusal) => refusal.details.fields?.email === 'not_email')
})
