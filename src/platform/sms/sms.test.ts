// Text messages against a real gateway on this machine, one that is down, one that fails, and the outbox.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { inTransaction } from '#platform/database'
import { JOB_RETRIES_MAX, workOnce } from '#platform/jobs'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { forgetTexts, openTexter, purgeTexts, queueText, sendText, type Texter, textDeliveries } from './index.ts'

const MINUTE_MS = 60_000
const PHONE = '+919876543210'

let shop: TestShop
const outbox = mkdtempSync(join(tmpdir(), 'souk-outbox-'))
const closing: (() => unknown)[] = []
const logged: unknown[] = []

before(async () => {
  shop = await openTestShop()
})
beforeEach(async () => {
  await sql`truncate platform.text_messages restart identity`.execute(shop.db)
  await sql`delete from jobs.job`.execute(shop.db)
})
after(async () => {
  for (const close of closing.reverse()) await close()
  await shop.close()
  rmSync(outbox, { recursive: true })
})

type Request = { method: string; type: string; body: unknown }
type Gateway = { url: string; port: number; requests: Request[]; close(): Promise<void> }

/** A gateway on a port of its own, or on the one given. */
async function openGateway({ port = 0, answer = answering(202) } = {}): Promise<Gateway> {
  const requests: Request[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method = '', headers } = request
    requests.push({ method, type: headers['content-type'] ?? '', body: JSON.parse(Buffer.concat(chunks).toString()) })
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  closing.push(close)
  const at = (server.address() as AddressInfo).port
  return { url: `http://127.0.0.1:${at}/sms?token=secret`, port: at, requests, close }
}

function answering(status: number, headers: Record<string, string> = {}): RequestListener {
  return (_request, response) => void response.writeHead(status, headers).end('an answer that nobody reads')
}

function openSms(webhookUrl = ''): Texter {
  const log = { ...shop.log, info: (...line: unknown[]) => void logged.push(line) }
  const texter = openTexter({ webhookUrl, outbox, log })
  closing.push(() => texter.close())
  return texter
}

type Over = { key?: string; to?: string; expiresAt?: Date }
const queue = (over: Over = {}) =>
  inTransaction(shop.db, (tx) =>
    queueText(shop.jobs, tx, { key: 'code-1', to: PHONE, body: 'Your code: 123456 ₹', ...over }),
  )
const inMinutes = (minutes: number) => new Date(shop.now().getTime() + minutes * MINUTE_MS)

/** Works the messages that wait; those to be tried again are due at once. */
async function deliver(texter: Texter): Promise<void> {
  await sql`update jobs.job set start_after = now()`.execute(shop.db)
  const work = ({ textId }: { textId: number }) => sendText(shop.db, texter, textId, shop.now())
  await workOnce(shop.jobs, [{ queue: textDeliveries, work }])
}

type Kept = { recipient: string; status: string; attempts: number; lastError: string | null; body: string | null }
async function keptTexts(): Promise<Kept[]> {
  const { rows } = await sql<Kept>`
    select recipient, status, attempts, last_error, body from platform.text_messages order by id`.execute(shop.db)
  return rows
}

test('V1-022 a message is posted to the gateway as JSON, to the phone exactly as it is stored, once', async () => {
  const gateway = await openGateway()
  const texter = openSms(gateway.url)
  await Promise.all([queue({ to: ' 98-76 ' }), queue({ to: ' 98-76 ' })])
  await deliver(texter)
  await sendText(shop.db, texter, 1, shop.now())
  const body = { to: ' 98-76 ', body: 'Your code: 123456 ₹' }
  assert.deepEqual(gateway.requests, [{ method: 'POST', type: 'application/json', body }])
  assert.equal((await keptTexts())[0]?.status, 'sent')
})

test('without a gateway a message is a file that people can read, and its code is in no log', async () => {
  await queue()
  await deliver(openSms())
  assert.deepEqual(readdirSync(outbox), [`000001-${PHONE}.sms.txt`])
  const file = readFileSync(join(outbox, `000001-${PHONE}.sms.txt`), 'utf8')
  assert.equal(file, `To: ${PHONE}\n\nYour code: 123456 ₹\n`)
  assert.equal(logged.length, 1)
  assert.ok(!JSON.stringify(logged).includes('123456'))
})

test('V1-373 a gateway that is down is tried again, and gets the message once when it is back', async () => {
  const gateway = await openGateway()
  await gateway.close()
  const texter = openSms(gateway.url)
  await queue()
  await assert.rejects(deliver(texter), /the SMS gateway did not answer: ECONNREFUSED/)
  const [waiting] = await keptTexts()
  assert.deepEqual([waiting?.status, waiting?.attempts], ['queued', 1])
  const again = await openGateway({ port: gateway.port })
  await deliver(texter)
  await deliver(texter)
  assert.equal(again.requests.length, 1)
  assert.equal((await keptTexts())[0]?.status, 'sent')
})

test('V1-373 a gateway that stays down leaves the message dead, with the reason', async () => {
  const gateway = await openGateway()
  await gateway.close()
  const texter = openSms(gateway.url)
  await queue()
  for (let attempt = 0; attempt <= JOB_RETRIES_MAX; attempt += 1) {
    assert.equal((await keptTexts())[0]?.status, 'queued')
    await assert.rejects(deliver(texter), /ECONNREFUSED/)
  }
  await deliver(texter)
  const [dead] = await keptTexts()
  assert.deepEqual([dead?.status, dead?.attempts], ['dead', JOB_RETRIES_MAX + 1])
  assert.match(dead?.lastError ?? '', /ECONNREFUSED/)
  assert.ok(dead?.body, 'what it said is kept')
  assert.deepEqual(await shop.jobs.countDead(), { 'dead-jobs': 1 })
})

test('V1-373 a gateway that answers 500, or sends elsewhere, has not taken the message', async () => {
  const elsewhere = await openGateway()
  for (const [answer, told] of [
    [answering(500), 'answered 500'],
    [answering(400), 'answered 400'],
    [answering(307, { location: elsewhere.url }), 'answered 307'],
  ] as const) {
    const gateway = await openGateway({ answer })
    await queue({ key: told })
    await assert.rejects(deliver(openSms(gateway.url)), new RegExp(told))
    const kept = (await keptTexts()).at(-1)
    assert.equal(kept?.status, 'queued')
    assert.ok(!kept?.lastError?.includes('secret'), 'the address may hold a secret')
    await sql`delete from jobs.job`.execute(shop.db)
  }
  assert.deepEqual(elsewhere.requests, [])
})

test('a gateway that does not answer is given up when the shop closes', async () => {
  const gateway = await openGateway({ answer: () => {} })
  const texter = openSms(gateway.url)
  const sending = assert.rejects(texter.send({ id: 1, to: PHONE, body: 'x' }), /did not answer: closed/)
  while (gateway.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  texter.close()
  await sending
})

test('NX-149 a code that has expired before its delivery is not sent', async () => {
  const gateway = await openGateway()
  await queue({ key: 'late', expiresAt: inMinutes(5) })
  shop.pass(5 * MINUTE_MS)
  await queue({ key: 'in time', expiresAt: inMinutes(5) })
  await deliver(openSms(gateway.url))
  assert.equal(gateway.requests.length, 1)
  const [late, inTime] = await keptTexts()
  assert.deepEqual([late?.status, late?.body, inTime?.status], ['expired', null, 'sent'])
})

test('a message is not sent while a transaction is open', async () => {
  const gateway = await openGateway()
  for (const texter of [openSms(gateway.url), openSms()]) {
    const within = inTransaction(shop.db, () => texter.send({ id: 9, to: PHONE, body: 'x' }))
    await assert.rejects(within, /a transaction is open/)
  }
  assert.deepEqual(gateway.requests, [])
})

test('the worker of the shop sends what waits', async () => {
  await queue()
  await shop.runJobs()
  assert.deepEqual(shop.texts, [{ id: 1, to: PHONE, body: 'Your code: 123456 ₹' }])
})

test('sent messages lose what they said after a while; to a number that is gone, they lose the number as well', async () => {
  await queue({ key: 'sent' })
  await queue({ key: 'of another', to: '+15550001' })
  await shop.runJobs()
  await queue({ key: 'queued' })
  const bodies = async () => (await keptTexts()).map(({ body }) => body !== null)
  await inTransaction(shop.db, (tx) => purgeTexts(tx, inMinutes(-1)))
  assert.deepEqual(await bodies(), [true, true, true])
  await inTransaction(shop.db, (tx) => forgetTexts(tx, PHONE))
  assert.deepEqual(
    (await keptTexts()).map(({ recipient }) => recipient),
    ['', '+15550001', PHONE],
  )
  assert.deepEqual(await bodies(), [false, true, true])
  await inTransaction(shop.db, (tx) => purgeTexts(tx, inMinutes(1)))
  assert.deepEqual(await bodies(), [false, false, true])
})
