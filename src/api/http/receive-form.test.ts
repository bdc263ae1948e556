import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Type } from 'typebox'
import { BOUNDARY, FORM_TYPE, form, toBody } from '../../../test/forms.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import { phraseForV1 } from '../v1/refusals.ts'
import { piecesOf, receiveForm } from './receive-form.ts'
import { openServer, type Server } from './server.ts'
import { readForm, takingForms } from './uploads.ts'

let shop: TestShop
let server: Server
let port: number
const errors: object[] = []
let broken: unknown

before(async () => {
  shop = await openTestShop()
  server = openServer({ ...shop, log: { ...shop.log, error: (fields) => void errors.push(fields) } }, phraseForV1)
  const config = { access: 'public' } as const
  await takingForms(server, (scope) => {
    scope.post('/form/', { config }, async (request) => {
      const { file } = await readForm(request, Type.Object({}), { part: 'image' })
      return { bytes: file?.length }
    })
    scope.post('/hurry/', { config }, async (request) => {
      await receiveForm(request, { part: 'image', bytesMax: 50_000, withinMs: 150 }, async (file) => {
        try {
          for await (const _ of piecesOf(file));
        } catch (error) {
          broken = error
          throw error
        }
      })
      return {}
    })
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  port = (server.server.address() as AddressInfo).port
})
after(async () => {
  await server.close()
  await shop.close()
})

const image = { name: 'image', fileName: 'a.png', content: 'x'.repeat(100) }
const begin = (url: string, bytes: number) => {
  const head = `POST ${url} HTTP/1.1\r\nHost: x\r\nContent-Type: ${FORM_TYPE['content-type']}\r\nContent-Length: 900\r\n\r\n`
  const socket = connect(port, '127.0.0.1')
  socket.write(head + toBody([image]).subarray(0, bytes))
  return socket
}

test('clients that leave in the middle of a form give their place back', async () => {
  for (let count = 0; count < 20; count += 1) {
    const socket = begin('/form/', 150)
    await sleep(5)
    socket.destroy()
  }
  await sleep(50)
  const { body, headers } = form({}, image)
  const answer = await server.inject({ method: 'POST', url: '/form/', payload: body, headers })
  assert.deepEqual(answer.json(), { bytes: 100 })
  assert.deepEqual(errors, [])
})

test('a form that does not arrive in time is answered, and whoever reads it is told', async () => {
  for (const bytes of [0, 150]) {
    broken = undefined
    const socket = begin('/hurry/', bytes)
    const [answer] = await once(socket, 'data')
    assert.match(String(answer), /^HTTP\/1.1 408 .*"detail":"The upload took too long."/s)
    // What comes later goes nowhere, and the next form is read.
    socket.write(`\r\n--${BOUNDARY}--\r\n`)
    await sleep(20)
    if (bytes > 0) assert.equal((broken as { code: string }).code, 'upload_too_slow')
    socket.destroy()
  }
  await sleep(20)
  assert.deepEqual(errors, [])
})

test('V1-011 a file that is too large by its first piece is refused as well', async () => {
  for (const bytes of [50_001, 60_000]) {
    broken = undefined
    const { body, headers } = form({}, { ...image, content: 'x'.repeat(bytes) })
    const answer = await server.inject({ method: 'POST', url: '/hurry/', payload: body, headers })
    assert.equal(answer.statusCode, 413)
    assert.equal((broken as { code: string }).code, 'body_too_large')
  }
})

test('V1-011 who is refused in the middle may send to the end, and go on with the next request', async () => {
  const body = toBody([{ ...image, content: 'x'.repeat(3_000_000) }])
  for (const length of [`Content-Length: ${body.length}`, 'Transfer-Encoding: chunked']) {
    const socket = connect(port, '127.0.0.1')
    let answers = ''
    socket.on('data', (data) => {
      answers += data
    })
    const isChunked = length.startsWith('T')
    socket.write(`POST /hurry/ HTTP/1.1\r\nHost: x\r\nContent-Type: ${FORM_TYPE['content-type']}\r\n${length}\r\n\r\n`)
    if (isChunked) socket.write(`${body.length.toString(16)}\r\n`)
    socket.write(body)
    if (isChunked) socket.write('\r\n0\r\n\r\n')
    socket.write('GET /nothing/ HTTP/1.1\r\nHost: x\r\n\r\n')
    while (!answers.includes('HTTP/1.1 404')) await sleep(10)
    assert.match(answers, /^HTTP\/1.1 413 /)
    socket.destroy()
  }
})
