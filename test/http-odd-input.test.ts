/** Odd and hostile input never yields 5xx, whatever the route (V1-012). */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import type { Server } from '../src/api/http/server.ts'
import { type ContractServer, JSON_TYPE, openContractServer } from './contract-server.ts'

let contract: ContractServer
before(async () => {
  contract = await openContractServer()
})
after(() => contract.close())

const call: ContractServer['call'] = (...args) => contract.call(...args)
const post = (body: unknown, url = '/api/v1/things/') =>
  call('POST', url, { headers: JSON_TYPE, payload: typeof body === 'string' ? body : JSON.stringify(body) })

describe('V1-012 odd input', () => {
  test('in the path answers 404', async () => {
    const ids = [
      '0',
      '-1',
      '1.5',
      'x',
      '9007199254740993',
      '9'.repeat(300),
      '%00',
      '1%00',
      "1'--",
      '1%20or%201=1',
      'NaN',
      '1e3000',
      // Further names of 1, were they read as numbers.
      '1.0',
      '1e0',
      '0x1',
      '+1',
      '%201',
      '1%0A',
      '%F0%9F%92%A9',
    ]
    for (const id of ids) {
      const { status, body } = await call('GET', `/api/v1/things/${id}/`)
      assert.deepEqual([status, body], [404, { detail: 'Not found.' }], id)
    }
    for (const name of ['%', '%zz', '%C3%28', '%ED%A0%80', 'a%00b', '../../etc', '%2e%2e%2fetc%00', 'x'.repeat(5000)]) {
      const { status } = await call('GET', `/api/v1/named/${name}/`)
      assert.equal(status, 404, name)
    }
  })

  test('in the query never answers 5xx', async () => {
    const queries = [
      '?%',
      '?page=%zz',
      '?search=%ED%A0%80',
      "?search=';drop table x;--",
      '?search=%00',
      '?above=99999999999999999999999',
      '?__proto__=1',
      '?constructor=1',
      '?page=1&page=2',
      '?a[b]=c',
      `?search=${'x'.repeat(9000)}`,
      '?&&&=',
      '?%00=1',
    ]
    for (const query of queries) {
      const { status } = await call('GET', `/api/v1/things/${query}`)
      assert.ok([200, 400, 404].includes(status), `${query.slice(0, 40)}: ${status}`)
    }
    const { status, body } = await call('GET', '/api/v1/things/?search=a%00b')
    assert.deepEqual([status, body], [400, { search: ['Null characters are not allowed.'] }])
  })

  test('in the body answers 400', async () => {
    const odd = { name: ['Null characters are not allowed.'] }
    for (const text of [
      '"a\\u0000"',
      '"\\ud800"',
      '"\\udc00x"',
      '"\\ud800\\ud800"',
      '["\\u0000"]',
      '{"a":"\\u0000"}',
    ]) {
      const { status, body } = await post(`{"name":${text}}`)
      assert.deepEqual([status, body], [400, odd], text)
    }
    assert.equal((await post('{"\\u0000":1}')).status, 400)
    assert.equal((await post('{"name":"\\ud83d\\ude00"}')).status, 201)
    for (const name of [1, true, [], {}, ['x'], 'x'.repeat(21), '9'.repeat(100_000)]) {
      assert.equal((await post({ name })).status, 400, JSON.stringify(name).slice(0, 40))
    }
    for (const size of ['1e400', '-1', '1.5', '99999999999999999999', '"1"', '[1]']) {
      assert.equal((await post(`{"name":"x","size":${size}}`)).status, 400, size)
    }
  })

  test('nested too deeply answers 400, whatever is in it', async () => {
    const deep = (leaf: string) => `{"name":"x","extra":${'{"a":'.repeat(50_000)}${leaf}${'}'.repeat(50_000)}}`
    for (const text of [deep('1'), deep('"\\u0000"'), '['.repeat(500_000)]) assert.equal((await post(text)).status, 400)
    const shallow = `{"name":"x","extra":${'{"a":'.repeat(90)}1${'}'.repeat(90)}}`
    assert.equal((await post(shallow)).status, 201)
  })

  test('which only the database finds answers 400 as well', async () => {
    const { status, body } = await call('GET', '/api/v1/unfit/')
    assert.deepEqual([status, body], [400, { detail: 'Malformed request.' }])
  })

  test('keys that would reach a prototype do nothing', async () => {
    const { status, body } = await post(
      '{"name":"x","extra":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
    )
    assert.equal(status, 201)
    assert.equal(({} as { polluted?: number }).polluted, undefined)
    assert.equal('polluted' in body.extra, false)
  })
})

test('V1-007 V1-012 the links of a page lead here, whatever host the request line names', async () => {
  const on = await contract.openWith({ PUBLIC_URL: 'https://shop.example.com/souk' })
  await on.listen({ port: 0, host: '127.0.0.1' })
  const line = 'GET http://evil.example/api/v1/things/?page_size=10&search=a%26b HTTP/1.1'
  const answer = await sendRaw(on, `${line}\r\nHost: x\r\nConnection: close\r\n\r\n`)
  const { next } = JSON.parse(answer.split('\r\n\r\n')[1]!)
  assert.equal(next, 'https://shop.example.com/souk/api/v1/things/?page_size=10&search=a%26b&page=2')
})

test('V1-012 V1-016 what is not even HTTP gets an answer in JSON with the headers', async () => {
  const on = await contract.openWith({})
  await on.listen({ port: 0, host: '127.0.0.1' })
  const cases: [string, number][] = [
    ['GET /api/v1/things/ HTTP/9.9\r\n\r\n', 400],
    ['nonsense\r\n\r\n', 400],
    ['GET /api/v1/th\0ings/ HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    [`GET /api/v1/things/ HTTP/1.1\r\nHost: x\r\nX-Big: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    ['POST /api/v1/things/ HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n', 400],
    ['POST /api/v1/things/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
  ]
  for (const [text, status] of cases) {
    const answer = await sendRaw(on, text)
    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), text.slice(0, 40))
    assert.match(answer, /\r\nX-Content-Type-Options: nosniff\r\n/)
    assert.match(answer, /\r\nX-Request-ID: [\w-]{36}\r\n/)
    assert.equal(typeof JSON.parse(answer.split('\r\n\r\n')[1]!).detail, 'string')
  }
  assert.match(
    await sendRaw(on, 'GET /api/v1/things/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
    /^HTTP\/1.1 200 /,
  )
})

async function sendRaw(on: Server, text: string): Promise<string> {
  const { port } = on.server.address() as { port: number }
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  let answer = ''
  socket.on('data', (part) => {
    answer += part
  })
  socket.write(text)
  await once(socket, 'close')
  return answer
}
