import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { causedBy } from '#platform/database'
import type { Log } from '#platform/log'
import { maskText } from '#platform/mask-text.ts'
import { type ErrorReport, type ErrorSink, openErrorReports, sentrySink, webhookSink } from './index.ts'

type Got = { url: string; headers: IncomingHttpHeaders; body: string }
let got: Got[] = []
let status = 200
const double = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  got.push({ url: request.url!, headers: request.headers, body })
  response.writeHead(status).end()
})
let origin = ''
const logged: string[] = []
const note = (_fields: object, message = '') => void logged.push(message)
const log: Log = { debug: note, info: note, warn: note, error: note }
let nowMs = Date.parse('2026-11-26T12:00:00Z')

before(async () => {
  await new Promise<void>((resolve) => double.listen(0, '127.0.0.1', resolve))
  origin = `127.0.0.1:${(double.address() as AddressInfo).port}`
})
after(() => double.close())
beforeEach(() => {
  got = []
  status = 200
  logged.length = 0
})

const open = (...sinks: ErrorSink[]) =>
  openErrorReports({ sinks, release: '1.2.3', environment: 'testing', log, now: () => new Date(nowMs) })

test('MP-204 an error is sent as JSON with where it happened, in the background, and the caller hears nothing of it', async () => {
  const errors = open(webhookSink(`http://${origin}/errors`))
  const cause = { requestId: 'r-1', route: 'GET /api/x/', isAudited: false, actor: 'user', accountId: 7 } as const
  causedBy(cause, () => errors.report(new TypeError('no', { cause: new Error('because') }), { method: 'GET' }))
  assert.equal(got.length, 0)
  await errors.close()
  const [{ url, headers, body }] = got as [Got]
  const { id, fingerprint, stack, ...report } = JSON.parse(body) as ErrorReport
  assert.deepEqual([url, headers['content-type']], ['/errors', 'application/json'])
  assert.deepEqual(report, {
    time: '2026-11-26T12:00:00.000Z',
    type: 'TypeError',
    message: 'no',
    context: { request: 'r-1', route: 'GET /api/x/', user: 7, method: 'GET' },
    release: '1.2.3',
    environment: 'testing',
    repeats: 0,
  })
  assert.match(stack, /^TypeError: no\n.*errors\.test\.ts/s)
  assert.match(stack, /caused by Error: because/)
  assert.match(`${id} ${fingerprint}`, /^[\da-f-]{36} [\da-f]{32}$/)
})

test('MP-204 the same error is told once a minute, with how often it came meanwhile', async () => {
  const told: ErrorReport[] = []
  const errors = open({ name: 'list', send: async (report) => void told.push(report) })
  const fail = (number: number) => errors.report(new Error(`row ${number} is bad`))
  for (let at = 0; at < 10; at += 1) fail(at)
  errors.report(new Error('another'))
  await errors.close()
  assert.deepEqual(
    told.map(({ message, repeats }) => [message, repeats]),
    [
      ['row 0 is bad', 0],
      ['another', 0],
    ],
  )
  nowMs += 61_000
  fail(10)
  await errors.close()
  assert.deepEqual([told[2]!.message, told[2]!.repeats], ['row 10 is bad', 9])
  assert.deepEqual(errors.counts(), { told: 3, repeated: 9, lost: 0 })
})

test('MP-204 what waits is bounded; a sink that fails or hangs harms nobody', async () => {
  let finish = () => {}
  const hangs: ErrorSink = {
    name: 'hangs',
    send: () =>
      new Promise((resolve) => {
        finish = resolve
      }),
  }
  const errors = open(hangs)
  for (let at = 0; at < 150; at += 1) errors.report(new Error(`kind ${'x'.repeat(at)}`))
  assert.equal(errors.counts().lost, 50)
  const begun = performance.now()
  await errors.close()
  assert.ok(performance.now() - begun < 4000)
  finish()

  status = 500
  const fails = open(webhookSink(`http://${origin}/errors`), webhookSink('http://127.0.0.1:1/'))
  fails.report(new Error('no'))
  await fails.close()
  assert.deepEqual(logged, ['an error could not be reported', 'an error could not be reported'])
})

test('MP-204 whoever is added later is told, too; without a sink nothing is made of an error', async () => {
  const errors = open()
  errors.report(new Error('nobody hears'))
  const told: string[] = []
  errors.add({ name: 'list', send: async ({ message }) => void told.push(message) })
  errors.report('only a text')
  await errors.close()
  assert.deepEqual(told, ['only a text'])
})

test('MP-204 Sentry gets an envelope with the frames of the stack, the oldest call first', async () => {
  const errors = open(sentrySink(`http://publickey@${origin}/base/42`))
  errors.report(new RangeError('too far'), { request: 'r-9', route: 'GET /x/', user: 3 })
  await errors.close()
  const [{ url, headers, body }] = got as [Got]
  assert.equal(url, '/base/api/42/envelope/')
  assert.match(String(headers['x-sentry-auth']), /^Sentry sentry_version=7, .*sentry_key=publickey$/)
  const [head, item, event] = body.split('\n').map((line) => JSON.parse(line))
  assert.equal(head.event_id, event.event_id)
  assert.match(event.event_id, /^[\da-f]{32}$/)
  assert.deepEqual(item, { type: 'event' })
  assert.deepEqual([event.user, event.tags, event.transaction], [{ id: '3' }, { request_id: 'r-9' }, 'GET /x/'])
  const [{ type, value, stacktrace }] = event.exception.values
  assert.deepEqual([type, value], ['RangeError', 'too far'])
  assert.match(stacktrace.frames.at(-1).filename, /errors\.test\.ts$/)
  assert.ok(stacktrace.frames.at(-1).lineno > 0)
})

test('MP-204 secrets and addresses of people do not leave with a report', () => {
  for (const [text, masked] of [
    ['postgres://souk:hunter2@db:5432/souk refused', 'postgres://***@db:5432/souk refused'],
    ['Authorization: Bearer abc.def', 'Authorization: *** ***'],
    ['sent Bearer abc-def_1 there', 'sent Bearer *** there'],
    ['a eyJhbGciOi.eyJzdWIi.c2ln token', 'a *** token'],
    ['key sk_live_123456789 is bad', 'key *** is bad'],
    ['password=hunter2&x=1', 'password=***&x=1'],
    ['{"api_key": "abc", "a": 1}', '{"api_key": ***, "a": 1}'],
    ['(email)=(jane@example.com) exists', '(email)=(***@***) exists'],
    ['card 4242 4242 4242 4242.', 'card ***.'],
    ['order ORD-2026-77 of 12 lines', 'order ORD-2026-77 of 12 lines'],
  ] as const)
    assert.equal(maskText(text), masked)
})

test('a report waits for nobody: the sinks run outside of the transaction that it was made in', async () => {
  const errors = open(webhookSink(`http://${origin}/errors`))
  errors.report(new Error('in a transaction'))
  await sleep(0)
  await errors.close()
  assert.equal(got.length, 1)
})
