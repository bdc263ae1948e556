// Letters against a real SMTP server, one that is down, one that refuses, and the outbox.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { inTransaction } from '#platform/database'
import { JOB_RETRIES_MAX, workOnce } from '#platform/jobs'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import {
  claimLetterKey,
  type Letter,
  letterDeliveries,
  type Mailer,
  openMailer,
  purgeLetters,
  queueLetter,
  sendLetter,
} from './index.ts'

const TOKEN = '0b6cbbd2-9a3a-4d6c-bb0a-43cc8b5a12ab'
const LINK = `https://a-very-long-host-name.of-some-company.example.com/shop/front/verify-email/${TOKEN}`

let shop: TestShop
const outbox = mkdtempSync(join(tmpdir(), 'souk-outbox-'))
const closing: (() => unknown)[] = []

before(async () => {
  shop = await openTestShop()
})
beforeEach(async () => {
  await sql`truncate platform.letters restart identity`.execute(shop.db)
  await sql`delete from jobs.job`.execute(shop.db)
})
after(async () => {
  for (const close of closing.reverse()) await close()
  await shop.close()
  rmSync(outbox, { recursive: true })
})

type Received = { source: string; email: Email; recipients: string[] }
type Postbox = { port: number; received: Received[]; close(): Promise<void> }

/** A mail server on a port of its own, or on the one given. With `refuses`, it takes no letter. */
async function openPostbox({ port = 0, refuses = false } = {}): Promise<Postbox> {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 200,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(refuses ? Object.assign(new Error('No such mailbox'), { responseCode: 550 }) : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk) => chunks.push(chunk))
      stream.on('end', async () => {
        const source = Buffer.concat(chunks).toString('utf8')
        const recipients = session.envelope.rcptTo.map(({ address }) => address)
        received.push({ source, email: await PostalMime.parse(source), recipients })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  closing.push(close)
  return { port: (server.server.address() as AddressInfo).port, received, close }
}

function openMail(port?: number): Mailer {
  const smtp = port === undefined ? {} : { smtpUrl: `smtp://127.0.0.1:${port}` }
  const mailer = openMailer({
    ...smtp,
    from: 'Souk <shop@example.com>',
    outbox,
    host: 'shop.example.com',
    log: shop.log,
  })
  closing.push(() => mailer.close())
  return mailer
}

const letterOf = (over: Partial<Letter> = {}): Letter => ({
  key: 'greeting-1',
  to: 'ada@example.com',
  subject: 'Hello, Ada',
  text: `Hello\n\n${LINK}\n`,
  html: `<p>Hello</p>\n<a href="${LINK}">here</a>`,
  ...over,
})

const queue = (letter: Letter) => inTransaction(shop.db, (tx) => queueLetter(shop.jobs, tx, letter))

/** Works the letters that wait; those to be tried again are due at once. */
async function deliver(mailer: Mailer): Promise<void> {
  await sql`update jobs.job set start_after = now()`.execute(shop.db)
  const work = ({ letterId }: { letterId: number }) => sendLetter(shop.db, mailer, letterId, shop.now())
  await workOnce(shop.jobs, [{ queue: letterDeliveries, work }])
}

type Kept = { status: string; attempts: number; lastError: string | null; content: unknown; sentAt: Date | null }
async function keptLetters(): Promise<Kept[]> {
  const { rows } = await sql<Kept>`select status, attempts, last_error, content, sent_at from platform.letters`.execute(
    shop.db,
  )
  return rows
}

test('a letter reaches the mail server whole: sender, recipient, both texts, the attachment', async () => {
  const postbox = await openPostbox()
  const pdf = Buffer.from('%PDF-1.7 not really')
  const attachments = [
    { filename: 'invoice-ORD-1.pdf', contentType: 'application/pdf', base64: pdf.toString('base64') },
  ]
  const text = 'Grüße aus Köln\n.\nTotal: ₹1,234.00'
  await queue(letterOf({ subject: 'Grüße: ₹1', text, html: '<p>₹1,234.00</p>', attachments }))
  await deliver(openMail(postbox.port))
  assert.equal(postbox.received.length, 1)
  const [{ email, recipients }] = postbox.received as [Received]
  assert.deepEqual(recipients, ['ada@example.com'])
  assert.deepEqual(email.from, { name: 'Souk', address: 'shop@example.com' })
  assert.equal(email.subject, 'Grüße: ₹1')
  assert.equal(email.text?.trim(), text)
  assert.equal(email.html?.trim(), '<p>₹1,234.00</p>')
  assert.equal(email.messageId, '<letter-1@shop.example.com>')
  assert.deepEqual(
    email.attachments.map(({ filename, mimeType, content }) => [
      filename,
      mimeType,
      Buffer.from(content as ArrayBuffer),
    ]),
    [['invoice-ORD-1.pdf', 'application/pdf', pdf]],
  )
  const [kept] = await keptLetters()
  assert.equal(kept?.status, 'sent')
  assert.ok(kept?.sentAt)
})

test('V1-045 a link of ASCII text stays whole in the source that a mail server gets, however long it is', async () => {
  const postbox = await openPostbox()
  await queue(letterOf())
  await deliver(openMail(postbox.port))
  const source = postbox.received[0]!.source
  assert.equal(source.split(LINK).length - 1, 2, source)
  const uuids = new Set(source.match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi))
  assert.deepEqual([...uuids], [TOKEN])
})

test('without a mail server a letter is a file that people can read, links and all', async () => {
  await queue(letterOf({ text: `Grüße an ₹:\n\n${LINK}\n`, html: `<p>Grüße <a href="${LINK}">hier</a></p>` }))
  await deliver(openMail())
  assert.deepEqual(readdirSync(outbox), ['000001-ada@example.com.eml'])
  const file = readFileSync(join(outbox, '000001-ada@example.com.eml'), 'utf8')
  assert.deepEqual(file.match(/verify-email\/[0-9a-f-]*/g), [`verify-email/${TOKEN}`, `verify-email/${TOKEN}`])
  assert.match(file, /^Grüße an ₹:$/m)
  const email = await PostalMime.parse(file)
  assert.equal(email.text?.trim(), `Grüße an ₹:\n\n${LINK}`)
  assert.equal(email.html?.trim(), `<p>Grüße <a href="${LINK}">hier</a></p>`)
})

test('the same key makes one letter and one job, also when both come at once', async () => {
  await Promise.all([
    queue(letterOf()),
    queue(letterOf({ subject: 'again' })),
    queue(letterOf({ subject: 'and again' })),
  ])
  const postbox = await openPostbox()
  await deliver(openMail(postbox.port))
  assert.equal(postbox.received.length, 1)
})

test('a letter that was sent is not sent again when its job is worked once more', async () => {
  const postbox = await openPostbox()
  const mailer = openMail(postbox.port)
  await queue(letterOf())
  await deliver(mailer)
  await sendLetter(shop.db, mailer, 1, shop.now())
  assert.equal(postbox.received.length, 1)
})

test('a letter of a transaction that did not happen is not sent', async () => {
  const undone = inTransaction(shop.db, async (tx) => {
    await queueLetter(shop.jobs, tx, letterOf())
    throw new Error('no')
  })
  await assert.rejects(undone, /^Error: no$/)
  const postbox = await openPostbox()
  await deliver(openMail(postbox.port))
  assert.deepEqual(postbox.received, [])
})

test('NX-146 a mail server that is down and comes back gets the letter once', async () => {
  const postbox = await openPostbox()
  await postbox.close()
  const mailer = openMail(postbox.port)
  await queue(letterOf())
  await assert.rejects(deliver(mailer), /ECONNREFUSED/)
  await assert.rejects(deliver(mailer), /ECONNREFUSED/)
  const [waiting] = await keptLetters()
  assert.equal(waiting?.status, 'queued')
  assert.equal(waiting?.attempts, 2)
  assert.match(waiting?.lastError ?? '', /ECONNREFUSED/)
  const again = await openPostbox({ port: postbox.port })
  await deliver(mailer)
  await deliver(mailer)
  assert.equal(again.received.length, 1)
  assert.equal((await keptLetters())[0]?.status, 'sent')
})

test('NX-146 a letter that is refused at every try stays, marked dead with the reason, and its job is counted', async () => {
  const postbox = await openPostbox({ refuses: true })
  const mailer = openMail(postbox.port)
  await queue(letterOf())
  for (let attempt = 0; attempt <= JOB_RETRIES_MAX; attempt += 1) {
    assert.equal((await keptLetters())[0]?.status, 'queued')
    await assert.rejects(deliver(mailer), /No such mailbox/)
  }
  await deliver(mailer)
  const [dead] = await keptLetters()
  assert.equal(dead?.status, 'dead')
  assert.equal(dead?.attempts, JOB_RETRIES_MAX + 1)
  assert.match(dead?.lastError ?? '', /550 No such mailbox/)
  assert.ok(dead?.content, 'what it said is kept')
  assert.deepEqual(await shop.jobs.countDead(), { 'dead-jobs': 1 })
})

test('nothing in an address or a subject becomes another recipient or another header', async () => {
  const postbox = await openPostbox()
  const mailer = openMail(postbox.port)
  await queue(letterOf({ subject: 'Hello\r\nBcc: eve@example.com' }))
  await queue(letterOf({ key: '2', to: 'ada@example.com, eve@example.com' }))
  await queue(letterOf({ key: '3', to: 'ada@example.com>\r\nBcc: <eve@example.com' }))
  await deliver(mailer).catch(() => {})
  assert.ok(postbox.received.length >= 1)
  for (const { recipients, email, source } of postbox.received) {
    assert.equal(recipients.length, 1)
    assert.notEqual(recipients[0], 'eve@example.com')
    assert.equal(email.bcc, undefined)
    assert.doesNotMatch(source, /^Bcc:/im)
  }
})

test('who claims the key of a letter first writes it; the others wait and find it taken', async () => {
  const write = () =>
    inTransaction(shop.db, async (tx) => {
      if (!(await claimLetterKey(tx, 'greeting-1'))) return 'taken'
      await queueLetter(shop.jobs, tx, letterOf())
      return 'written'
    })
  const outcomes = await Promise.all([write(), write(), write(), write()])
  assert.deepEqual(outcomes.sort(), ['taken', 'taken', 'taken', 'written'])
})

test('sent letters lose what they said after a while, waiting ones do not', async () => {
  await queue(letterOf())
  const postbox = await openPostbox()
  await deliver(openMail(postbox.port))
  await queue(letterOf({ key: '2' }))
  const now = shop.now()
  await inTransaction(shop.db, (tx) => purgeLetters(tx, new Date(now.getTime() - 60_000)))
  assert.ok((await keptLetters()).every(({ content }) => content !== null))
  await inTransaction(shop.db, (tx) => purgeLetters(tx, new Date(now.getTime() + 60_000)))
  assert.deepEqual((await keptLetters()).map(({ status, content }) => [status, content === null]).sort(), [
    ['queued', false],
    ['sent', true],
  ])
})
