// A letter that somebody waits for, against a real mail server: one that takes it, one that keeps it waiting, none.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { examine } from '#commerce/doctor'
import { inTransaction } from '#platform/database'
import { openPostbox } from '../../../test/processes/postbox.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { type Mailer, openMailer, sendLetterNow, wasLetterSent } from './index.ts'

/** Nobody listens on the port for "discard". */
const NOBODY = 'smtp://127.0.0.1:9'
const about = 'account:12:verification'
const letter = { to: 'ada@example.com', subject: 'Verify', text: 'https://shop/?t=1', html: '<p>t=1</p>', about }

let shop: TestShop
const mailers: Mailer[] = []
before(async () => {
  shop = await openTestShop()
})
beforeEach(() => sql`truncate platform.letters`.execute(shop.db))
after(async () => {
  for (const mailer of mailers) mailer.close()
  await shop.close()
})

function mailTo(smtpUrl: string): Mailer {
  const mailer = openMailer({ smtpUrl, from: 'shop@example.com', outbox: 'unused', host: 'localhost', log: shop.log })
  mailers.push(mailer)
  return mailer
}

const send = (mailer: Mailer, key: string, timeoutMs = 5000) =>
  sendLetterNow({ db: shop.db, mailer }, { ...letter, key }, { now: shop.now(), timeoutMs })

async function keptLetters() {
  const { rows } = await sql<{ status: string; lastError: string | null; content: unknown; attempts: number }>`
    select status, last_error, content, attempts from platform.letters order by id`.execute(shop.db)
  return rows
}

test('SF-098 a letter sent within the request has left when the call returns, without a job', async () => {
  const postbox = await openPostbox()
  await send(mailTo(postbox.url), 'resend-1')
  assert.deepEqual(
    postbox.taken.map(({ subject }) => subject),
    ['Verify'],
  )
  assert.deepEqual(await keptLetters(), [{ status: 'sent', lastError: null, content: null, attempts: 1 }])
  assert.equal(await wasLetterSent(shop.db, about), true)
  await assert.rejects(send(mailTo(postbox.url), 'resend-1'), /written before/)
  await shop.runJobs()
  assert.deepEqual([postbox.taken.length, shop.letters.length], [1, 0])
})

test('SF-098 a mail server that is down makes it throw; nobody tries again, and the shop counts as sound', async () => {
  await assert.rejects(send(mailTo(NOBODY), 'resend-1'), /ECONNREFUSED/)
  const [kept] = await keptLetters()
  assert.deepEqual([kept?.status, kept?.attempts, kept?.content], ['expired', 1, null])
  assert.match(kept?.lastError ?? '', /ECONNREFUSED/)
  assert.equal(await wasLetterSent(shop.db, about), false)
  await shop.runJobs()
  assert.deepEqual(shop.letters, [])
  assert.deepEqual((await examine(shop.db)).broken, [])
})

test('SF-098 a mail server that does not answer is waited for a short time only', async () => {
  const postbox = await openPostbox({ closed: true })
  const begun = performance.now()
  await assert.rejects(send(mailTo(postbox.url), 'resend-1', 300), /did not answer within 300 ms/)
  assert.ok(performance.now() - begun < 2000)
  assert.equal((await keptLetters())[0]?.status, 'expired')
  postbox.open()
})

test('a letter is not handed over while a transaction is open', async () => {
  const postbox = await openPostbox()
  const within = inTransaction(shop.db, () => send(mailTo(postbox.url), 'resend-1'))
  await assert.rejects(within, /a transaction is open/)
  assert.deepEqual([postbox.taken.length, (await keptLetters()).length], [0, 0])
})
