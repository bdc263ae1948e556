import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Type } from 'typebox'
import { Refusal } from '#platform/refusal.ts'
import { BOUNDARY, FORM_TYPE, form, type Part, toBody } from '../../../test/forms.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { phraseForV1 } from '../v1/refusals.ts'
import { openServer, type Server } from './server.ts'
import { formOrJson, readForm, streamFile, takingForms } from './uploads.ts'

const FieldsWire = Type.Object({
  name: Type.Optional(Type.String({ maxLength: 100_000 })),
  size: Type.Optional(Type.Integer({ maximum: 10 })),
  price: Type.Optional(Type.Number()),
  is_open: Type.Optional(Type.Boolean()),
  tags: Type.Optional(Type.Array(Type.String())),
})
const NamedWire = Type.Object({ name: Type.String({ minLength: 1 }) })
const config = { access: 'public' } as const
const MIB = 1024 * 1024

let shop: TestShop
let server: Server
let port: number
const errors: object[] = []
/** MiB that the client got rid of, and how many of them while nobody read. */
let written = 0
let writtenMeanwhile = 0
/** Requests that hold a file at the moment, and the most of them at a time. */
let holding = 0
let mostHolding = 0

before(async () => {
  shop = await openTestShop()
  const log = { ...shop.log, error: (fields: object) => void errors.push(fields) }
  server = openServer({ ...shop, log }, phraseForV1)
  await takingForms(server, (scope) => {
    scope.post('/form/', { schema: { body: formOrJson(FieldsWire, 'image') }, config }, async (request) => {
      const { fields, file } = await readForm(request, FieldsWire, { part: 'image' })
      holding += 1
      mostHolding = Math.max(mostHolding, holding)
      if (fields.name === 'slow') await sleep(100)
      holding -= 1
      return { fields, bytes: file?.length ?? null }
    })
    scope.post('/named/', { schema: { body: formOrJson(NamedWire, 'image') }, config }, async (request) =>
      readForm(request, NamedWire, { part: 'image' }),
    )
    scope.post('/stream/', { config }, async (request) => {
      const { fields, taken } = await streamFile(
        request,
        { part: 'file', bytesMax: 50 * MIB },
        async (pieces, sofar) => {
          const hash = createHash('sha256')
          let bytes = 0
          for await (const piece of pieces) {
            if (sofar.stop) throw new Refusal('invalid', 'bad_request', 'Enough')
            if (sofar.bug) throw new Error('a bug')
            if (sofar.leave) break
            if (sofar.wait && bytes === 0) {
              await sleep(500)
              writtenMeanwhile = written
            }
            hash.update(piece)
            bytes += piece.length
          }
          return { bytes, hash: hash.digest('hex') }
        },
      )
      return { fields, taken: taken ?? null }
    })
  })
  server.post('/plain/', { schema: { body: FieldsWire }, config }, async ({ body }) => body)
  await server.listen({ port: 0, host: '127.0.0.1' })
  port = (server.server.address() as AddressInfo).port
})
after(async () => {
  await server.close()
  await shop.close()
})

type Sent = { body?: Buffer | string; headers?: Record<string, string> }
async function send(url: string, { body, headers = FORM_TYPE }: Sent) {
  const answer = await server.inject({ method: 'POST', url, headers, ...(body === undefined ? {} : { payload: body }) })
  return { status: answer.statusCode, body: answer.json() }
}
const JSON_TYPE = { 'content-type': 'application/json' }
const file = (content: Uint8Array | string, name = 'image'): Part => ({ name, fileName: 'a', content })
const TOO_LARGE = { status: 413, body: { detail: 'The request body is too large.' } }
const BROKEN = { status: 400, body: { detail: 'The form cannot be read.' } }

test('V1-011 a form is taken where a route says so, and 415 elsewhere; JSON goes on as it was', async () => {
  assert.equal((await send('/form/', form({ name: 'x' }, file('abc')))).status, 200)
  assert.deepEqual(await send('/plain/', form({ name: 'x' })), {
    status: 415,
    body: { detail: 'Unsupported media type in request.' },
  })
  const json = await send('/form/', { body: '{"name":"x","size":5}', headers: JSON_TYPE })
  assert.deepEqual(json.body, { fields: { name: 'x', size: 5 }, bytes: null })
  // What is written as JSON is taken at its word.
  for (const type of ['application/json', 'application/merge-patch+json'])
    assert.equal((await send('/form/', { body: '{"size":"5"}', headers: { 'content-type': type } })).status, 400, type)
  assert.equal((await send('/form/', { body: '{"size":5', headers: JSON_TYPE })).status, 400)
  assert.equal((await send('/form/', { body: 'x', headers: { 'content-type': 'text/plain' } })).status, 415)
  assert.deepEqual((await send('/form/', { headers: {} })).body, { fields: {}, bytes: null })
})

test('what has to be there has to be there in a form as in JSON', async () => {
  const REQUIRED = { status: 400, body: { name: ['This field is required.'] } }
  assert.deepEqual(await send('/named/', form({ other: 'x' })), REQUIRED)
  assert.deepEqual(await send('/named/', { body: '{}', headers: JSON_TYPE }), REQUIRED)
  assert.deepEqual((await send('/named/', form({ name: '' }))).body, { name: ['This field may not be blank.'] })
  assert.equal((await send('/named/', form({ name: 'x' }))).status, 200)
})

test('fields of a form are what the schema asks for', async () => {
  const read = async (fields: Record<string, string>, ...more: Part[]) =>
    (await send('/form/', form(fields, ...more))).body
  const { fields, bytes } = await read(
    { name: 'Tee 🍵 null', size: '5', price: '-2.50', is_open: 'true', tags: '["a, b","c"]' },
    file('abc'),
  )
  assert.deepEqual(fields, { name: 'Tee 🍵 null', size: 5, price: -2.5, is_open: true, tags: ['a, b', 'c'] })
  assert.equal(bytes, 3)
  assert.deepEqual((await read({ tags: ' a, b ,,', is_open: 'False' })).fields, { tags: ['a', 'b'], is_open: false })
  const twice = [
    { name: 'tags', content: 'a' },
    { name: 'tags', content: 'b' },
    { name: 'tags', content: 'c' },
  ]
  assert.deepEqual((await read({}, ...twice)).fields, { tags: ['a', 'b', 'c'] })
  assert.deepEqual((await read({ tags: '' })).fields, { tags: [] })
  assert.deepEqual(await read({ size: '11', price: '1,5', is_open: 'perhaps', tags: '[1]' }), {
    size: ['Ensure this value is less than or equal to 10.'],
    price: ['A valid number is required.'],
    is_open: ['Must be a valid boolean.'],
    tags: ['Expected a list of items.'],
  })
  const list = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  assert.deepEqual((await read({ tags: list })).tags, ['Expected a list of items.'])
  assert.equal((await send('/form/', form({ tags: '["a\\u0000"]' }))).status, 400)
  assert.deepEqual((await read({}, { name: 'name', content: 'a' }, { name: 'name', content: 'b' })).name, [
    'Not a valid string.',
  ])
})

test('V1-011 what is too large is 413, whichever part it is', async () => {
  assert.equal((await send('/form/', form({}, file(Buffer.alloc(10 * MIB))))).body.bytes, 10 * MIB)
  assert.deepEqual(await send('/form/', form({}, file(Buffer.alloc(10 * MIB + 1)))), TOO_LARGE)
  assert.deepEqual(await send('/form/', form({}, file(Buffer.alloc(11 * MIB)))), TOO_LARGE)
  assert.deepEqual(await send('/form/', form({}, file(Buffer.alloc(11 * MIB), 'another'))), TOO_LARGE)
  assert.deepEqual(await send('/form/', form({ name: 'x'.repeat(MIB + 1) })), TOO_LARGE)
  const half = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, 'x'.repeat(MIB / 2)]))
  assert.deepEqual(await send('/form/', form(half)), TOO_LARGE)
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`f${n}`, 'x']))
  assert.deepEqual(await send('/form/', form(many)), TOO_LARGE)
  assert.deepEqual(await send('/form/', form({}, file('a'), file('b'))), TOO_LARGE)
})

test('V1-012 a form that is none is 400, and no fault of ours', async () => {
  const whole = toBody([{ name: 'name', content: 'x' }, file(Buffer.alloc(5000))])
  const bare = (type: string) => ({ body: whole, headers: { 'content-type': type } })
  const field = (head: string) => `--${BOUNDARY}\r\n${head}\r\n\r\nx\r\n--${BOUNDARY}--\r\n`
  const forms: Sent[] = [
    bare('multipart/form-data'),
    bare('multipart/form-data; boundary='),
    bare(`multipart/form-data; boundary=${'x'.repeat(5000)}`),
    bare('multipart/form-data; boundary=other'),
    ...[0.05, 0.3, 0.6, 0.9, 0.99].map((part) => ({ body: whole.subarray(0, Math.floor(whole.length * part)) })),
    { body: Buffer.from('no form at all') },
    { body: Buffer.alloc(100_000) },
    { body: field('Content-Disposition: form-data; name="__proto__"') },
    { body: field('Content-Disposition: form-data; name="constructor"; filename="a"') },
    { body: field(`Content-Disposition: form-data; name="${'n'.repeat(200)}"`) },
    { body: field('Content-Disposition: form-data; name="name"\r\nContent-Type: application/json') },
    { body: field('Content-Disposition: form-data') },
  ]
  for (const sent of forms) {
    const answer = await send('/form/', sent)
    assert.deepEqual(answer, BROKEN, `${sent.headers?.['content-type']} ${String(sent.body).slice(0, 90)}`)
  }
  // What names no part, or is odd in a part that is not read, is passed over.
  for (const head of [
    'X: y',
    'Content-Disposition: attachment; name="name"',
    'Content-Disposition: form-data; name="a\rb"',
  ])
    assert.equal((await send('/form/', { body: field(head) })).status, 200, head)
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
  const odd = toBody([{ name: 'name', type: 'application/json', content: deep }])
  assert.equal((await send('/form/', { body: odd })).status, 400)
  assert.deepEqual((await send('/form/', { body: '' })).body, { fields: {}, bytes: null })
  assert.deepEqual(errors, [])
})

test('V1-012 random forms are never a fault of ours', async () => {
  const whole = toBody([{ name: 'name', content: 'x' }, file(Buffer.alloc(300)), { name: 'size', content: '5' }])
  for (let round = 0; round < 400; round += 1) {
    const body = Buffer.from(whole)
    for (let flips = 0; flips < 3; flips += 1) body[Math.floor(Math.random() * 260)] = Math.random() * 256
    for (const url of ['/form/', '/stream/']) {
      const { status } = await send(url, { body })
      assert.ok(status < 500, body.toString('latin1'))
    }
  }
  assert.deepEqual(errors, [])
})

test('a large file is handed on as it comes: who reads slowly is not sent to', async () => {
  const piece = Buffer.alloc(MIB, 'x')
  const [head, tail] = toBody([{ name: 'wait', content: '1' }, file('SPLIT', 'file'), { name: 'late', content: '2' }])
    .toString()
    .split('SPLIT')
  const hash = createHash('sha256')
  written = 0
  const body = async function* () {
    yield Buffer.from(head!)
    for (; written < 49; written += 1) {
      hash.update(piece)
      yield piece
    }
    yield Buffer.from(tail!)
  }
  assert.deepEqual(await post('/stream/', body()), {
    status: 200,
    body: { fields: { wait: '1', late: '2' }, taken: { bytes: 49 * MIB, hash: hash.digest('hex') } },
  })
  assert.ok(writtenMeanwhile > 0 && writtenMeanwhile < 20, `${writtenMeanwhile} MiB were taken that nobody had read`)
})

test('a stream that is too large, breaks off, or is not wanted any more ends in an answer', async () => {
  assert.deepEqual(await send('/stream/', form({}, file(Buffer.alloc(50 * MIB + 1), 'file'))), TOO_LARGE)
  const whole = toBody([file(Buffer.alloc(200_000), 'file')])
  assert.deepEqual(await send('/stream/', { body: whole.subarray(0, 150_000) }), BROKEN)
  assert.deepEqual((await send('/stream/', form({ x: 'y' }))).body, { fields: { x: 'y' }, taken: null })
  const large = file(Buffer.alloc(3 * MIB), 'file')
  assert.equal((await send('/stream/', form({ stop: '1' }, large))).status, 400)
  assert.equal((await send('/stream/', form({ bug: '1' }, large))).status, 500)
  assert.equal(errors.splice(0).length, 1)
  assert.equal((await send('/stream/', form({ leave: '1' }, large))).body.taken.bytes, 0)
})

test('V1-011 who sends on without end what is too large gets the answer, over the wire too', async () => {
  const endless = async function* () {
    yield toBody([file('', 'image')]).subarray(0, -BOUNDARY.length - 8)
    for (let count = 0; count < 40; count += 1) yield Buffer.alloc(MIB)
  }
  assert.equal((await post('/form/', endless())).status, 413)
  assert.equal((await post('/form/', endless(), { 'content-length': String(40 * MIB) })).status, 413)
})

test('uploads beside each other are held in memory only so many at a time, and all are answered', async () => {
  mostHolding = 0
  const body = toBody([{ name: 'name', content: 'slow' }, file('abc')])
  const answers = await Promise.all(Array.from({ length: 50 }, () => post('/form/', [body])))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
  assert.equal(mostHolding, 8)
})

/** Sends pieces over the wire, and reads the answer while it does. */
async function post(path: string, pieces: Iterable<Buffer> | AsyncIterable<Buffer>, more: Record<string, string> = {}) {
  const sending = ask({ port, host: '127.0.0.1', path, method: 'POST', headers: { ...FORM_TYPE, ...more } })
  sending.on('error', () => {})
  const answered = new Promise<{ status: number; body: unknown }>((done, fail) => {
    sending.once('error', fail)
    sending.once('response', async (response) => {
      const text = await new Response(response as never).text()
      done({ status: response.statusCode!, body: JSON.parse(text) })
    })
  })
  for await (const piece of pieces) {
    if (sending.destroyed) break
    if (sending.write(piece)) continue
    const over = new AbortController()
    const drained = once(sending, 'drain', { signal: over.signal }).catch(() => {})
    await Promise.race([drained, answered])
    over.abort()
  }
  sending.end()
  return answered
}
