// Letters that are good for a while, what a letter was about, and letters to somebody who is gone.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { inTransaction } from '#platform/database'
import { JOB_RETRIES_MAX } from '#platform/jobs'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { forgetLetters, type Letter, type Mailer, queueLetter, sendLetter, wasLetterSent } from './index.ts'

const MINUTE_MS = 60_000
const broken: Mailer = {
  send: () => Promise.reject(new Error('550 no mailbox of ada@example.com')),
  verify: async () => {},
  close: () => {},
}

let shop: TestShop
before(async () => {
  shop = await openTestShop()
})
beforeEach(async () => {
  await sql`truncate platform.letters restart identity`.execute(shop.db)
  await sql`delete from jobs.job`.execute(shop.db)
  shop.letters.length = 0
})
after(() => shop.close())

const queue = (over: Partial<Letter>) => {
  const letter = { key: 'code-1', to: 'ada@example.com', subject: 'Your code', text: '123456', html: '<b>123456</b>' }
  return inTransaction(shop.db, (tx) => queueLetter(shop.jobs, tx, { ...letter, ...over }))
}
const inMinutes = (minutes: number) => new Date(shop.now().getTime() + minutes * MINUTE_MS)

type Kept = { key: string; recipient: string; status: string; content: unknown; lastError: string | null }
async function keptLetters(): Promise<Kept[]> {
  const { rows } = await sql<Kept>`
    select key, recipient, status, content, last_error from platform.letters order by id`.execute(shop.db)
  return rows
}

test('NX-149 a code that has expired before its delivery is not sent, one that has not is', async () => {
  await queue({ key: 'late', expiresAt: inMinutes(10) })
  shop.pass(10 * MINUTE_MS)
  await queue({ key: 'in time', expiresAt: inMinutes(10) })
  await shop.runJobs()
  await shop.runJobs()
  assert.equal(shop.letters.length, 1)
  const [late, inTime] = await keptLetters()
  assert.deepEqual([late?.status, late?.content, late?.lastError], ['expired', null, null])
  assert.equal(inTime?.status, 'sent')
})

test('NX-149 a code that expires while the mail server is down is not sent when the server is back', async () => {
  await queue({ expiresAt: inMinutes(10) })
  await assert.rejects(sendLetter(shop.db, broken, 1, shop.now()), /550/)
  assert.equal((await keptLetters())[0]?.status, 'queued')
  await sendLetter(shop.db, shop.mailer, 1, inMinutes(11))
  // Its job is worked once more: it stays what it is.
  await sendLetter(shop.db, shop.mailer, 1, shop.now())
  assert.deepEqual(shop.letters, [])
  assert.equal((await keptLetters())[0]?.status, 'expired')
})

test('what a letter was about tells whether such a letter left', async () => {
  await queue({ about: 'account:12:verification', expiresAt: inMinutes(10) })
  assert.equal(await wasLetterSent(shop.db, 'account:12:verification'), false)
  await shop.runJobs()
  assert.equal(await wasLetterSent(shop.db, 'account:12:verification'), true)
  assert.equal(await wasLetterSent(shop.db, 'account:1:verification'), false)
})

test('letters to somebody who is gone keep neither the address nor a word; what is queued goes out first', async () => {
  await queue({ key: 'sent' })
  await shop.runJobs()
  await queue({ key: 'dead' })
  for (let attempt = 0; attempt <= JOB_RETRIES_MAX; attempt += 1) {
    await assert.rejects(sendLetter(shop.db, broken, 2, shop.now()))
  }
  await queue({ key: 'expired', expiresAt: inMinutes(-1) })
  await sendLetter(shop.db, shop.mailer, 3, shop.now())
  await queue({ key: 'queued' })
  await queue({ key: 'of another', to: 'bea@example.com' })
  assert.deepEqual(
    (await keptLetters()).map(({ status }) => status),
    ['sent', 'dead', 'expired', 'queued', 'queued'],
  )
  await inTransaction(shop.db, (tx) => forgetLetters(tx, 'ada@example.com'))
  const kept = await keptLetters()
  for (const { recipient, content, lastError } of kept.slice(0, 3)) {
    assert.deepEqual([recipient, content, lastError], ['', null, null])
  }
  assert.deepEqual(
    kept.map(({ status }) => status),
    ['sent', 'expired', 'expired', 'queued', 'queued'],
  )
  assert.deepEqual(
    kept.slice(3).map(({ recipient, content }) => [recipient, content !== null]),
    [
      ['ada@example.com', true],
      ['bea@example.com', true],
    ],
  )
})
