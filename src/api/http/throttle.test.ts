import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { signedUp } from '../../../test/accounts.ts'
import { cuttableLine } from '../../../test/cuttable-line.ts'
import { openTestShop, type TestShop } from '../../../test/shop.ts'
import type { Config } from '../../config.ts'
import { buildServer } from '../index.ts'
import type { Server } from './server.ts'

let shop: TestShop
const opened: Server[] = []
const warnings: string[] = []
const news: string[] = []
before(async () => {
  shop = await openTestShop()
})
after(async () => {
  for (const each of opened) await each.close()
  await shop.close()
})

const OPEN = '/api/v1/shipping/methods/'
const MINE = '/api/v1/users/me/'

/** A node of the shop; where it is limited, it believes who says where it comes from. */
async function node(config: Partial<Config>): Promise<Server> {
  const keep =
    (messages: string[]) =>
    (_fields: object, message = '') =>
      void messages.push(message)
  const log = { ...shop.log, warn: keep(warnings), info: keep(news) }
  const server = await buildServer({ ...shop, log, config: { ...shop.config, TRUST_PROXY: '1', ...config } })
  opened.push(server)
  return server
}

/** An address that no other test, and no run before this one, called from. */
const someAddress = () =>
  `2001:db8::${randomInt(65_536).toString(16)}:${randomInt(65_536).toString(16)}:${randomInt(65_536).toString(16)}`

async function call(server: Server, url: string, from: string, token?: string) {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const answer = await server.inject({ url, headers: { 'x-forwarded-for': from, ...authorization } })
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
}
const statuses = async (times: number, ask: () => Promise<{ status: number }>) => {
  const found: number[] = []
  for (let time = 0; time < times; time += 1) found.push((await ask()).status)
  return found
}

describe('on one node', () => {
  test('SF-506 an address gets so many answers, then 429 with the seconds to wait, until the time is over', async () => {
    const server = await node({ THROTTLE_ANON: '3/min', THROTTLE_USER: 'off' })
    const from = someAddress()
    assert.deepEqual(await statuses(3, () => call(server, OPEN, from)), [200, 200, 200])
    shop.pass(20_000)
    const { status, headers, body } = await call(server, OPEN, from)
    assert.equal(status, 429)
    const seconds = Number(headers['retry-after'])
    assert.ok(seconds > 35 && seconds <= 40, `${seconds} s`)
    assert.deepEqual(body, { detail: `Request was throttled. Expected available in ${seconds} seconds.` })
    assert.equal((await call(server, OPEN, someAddress())).status, 200)
    shop.pass(seconds * 1000)
    assert.equal((await call(server, OPEN, from)).status, 200)
  })

  test('unknown addresses and missing sign-ins count, preflights do not', async () => {
    const server = await node({ THROTTLE_ANON: '3/min' })
    const from = someAddress()
    assert.equal((await call(server, '/api/v1/nothing/', from)).status, 404)
    assert.equal((await call(server, MINE, from)).status, 401)
    const headers = { 'x-forwarded-for': from, origin: 'http://localhost:3000', 'access-control-request-method': 'GET' }
    for (let time = 0; time < 5; time += 1)
      assert.equal((await server.inject({ method: 'OPTIONS', url: OPEN, headers })).statusCode, 204)
    assert.deepEqual(await statuses(2, () => call(server, OPEN, from)), [200, 429])
  })

  test('who is signed in is counted by account, wherever it calls from, and not as an address', async () => {
    const server = await node({ THROTTLE_ANON: '1/min', THROTTLE_USER: '4/min' })
    const [{ access }, other] = [await signedUp({ shop }), await signedUp({ shop })]
    const from = someAddress()
    assert.deepEqual(await statuses(3, () => call(server, MINE, from, access)), [200, 200, 200])
    assert.deepEqual(await statuses(2, () => call(server, MINE, someAddress(), access)), [200, 429])
    assert.equal((await call(server, MINE, from, other.access)).status, 200)
    assert.deepEqual(await statuses(2, () => call(server, OPEN, from)), [200, 429])
  })

  test('a token on a public route, good or bad, does not go round the limit of the address', async () => {
    const server = await node({ THROTTLE_ANON: '2/min', THROTTLE_USER: '100/min' })
    const { access } = await signedUp({ shop })
    const from = someAddress()
    assert.equal((await call(server, OPEN, from, access)).status, 200)
    assert.deepEqual(await statuses(2, () => call(server, OPEN, from, 'nonsense')), [200, 429])
  })

  test('V1-031 health, documents and their files are free', async () => {
    const server = await node({ THROTTLE_ANON: '1/hour' })
    for (const url of [
      '/api/health/',
      '/api/schema/',
      '/api/docs/',
      '/api/docs/page.js',
      '/api/redoc/',
      '/files/none.webp',
    ]) {
      for (let time = 0; time < 3; time += 1) {
        const { statusCode } = await server.inject({ url, headers: { 'x-forwarded-for': '192.0.2.1' } })
        assert.equal(statusCode, url.startsWith('/files/') ? 404 : 200, url)
      }
    }
  })

  test('switched off, nothing is refused', async () => {
    const server = await node({ THROTTLE_ANON: 'off', THROTTLE_USER: 'off' })
    assert.deepEqual(new Set(await statuses(50, () => call(server, OPEN, '192.0.2.2'))), new Set([200]))
  })
})

test('where Redis is not there at the start, the node counts for itself and says so', async () => {
  warnings.length = 0
  const server = await node({ THROTTLE_ANON: '2/min', REDIS_URL: 'redis://127.0.0.1:1' })
  const from = someAddress()
  assert.deepEqual(await statuses(3, () => call(server, OPEN, from)), [200, 200, 429])
  assert.deepEqual(warnings, ['Redis is down: each node throttles for itself until it is back'])
})

describe('V1-170 on several nodes with Redis', { skip: !process.env.REDIS_URL && 'REDIS_URL is not set' }, () => {
  test('they count together, and wait for the same end', async () => {
    const config = { THROTTLE_ANON: '4/min', REDIS_URL: process.env.REDIS_URL }
    const nodes = [await node(config), await node(config)]
    const from = someAddress()
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => call(nodes[n % 2]!, OPEN, from)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 4)
    for (const { status, headers } of answers) if (status === 429) assert.ok(Number(headers['retry-after']) >= 59)
  })

  test('when Redis goes away requests are answered at once, and it is used again when it is back', async () => {
    const line = await cuttableLine(new URL(process.env.REDIS_URL!))
    const config = { THROTTLE_ANON: '2/min', REDIS_URL: line.url }
    const server = await node(config)
    const [from, other] = [someAddress(), someAddress()]
    assert.deepEqual(await statuses(3, () => call(server, OPEN, from)), [200, 200, 429])
    warnings.length = 0
    line.cut()
    const start = performance.now()
    assert.deepEqual(await statuses(3, () => call(server, OPEN, from)), [200, 200, 429])
    assert.deepEqual(await statuses(3, () => call(server, OPEN, other)), [200, 200, 429])
    assert.ok(performance.now() - start < 2000)
    assert.equal(warnings.length, 1)
    await line.mend()
    while (!news.some((message) => message.startsWith('Redis is back'))) await pause()
    const fresh = await node({ ...config, REDIS_URL: process.env.REDIS_URL })
    const seen = someAddress()
    assert.deepEqual(await statuses(1, () => call(server, OPEN, seen)), [200])
    assert.deepEqual(await statuses(2, () => call(fresh, OPEN, seen)), [200, 429])
    line.cut()
  })

  test('a Redis that does not answer is not waited for', async () => {
    const sockets: Socket[] = []
    const deaf = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1')
    await once(deaf, 'listening')
    const start = performance.now()
    const server = await node({
      THROTTLE_ANON: '2/min',
      REDIS_URL: `redis://127.0.0.1:${(deaf.address() as AddressInfo).port}`,
    })
    assert.deepEqual(await statuses(3, () => call(server, OPEN, someAddress())), [200, 200, 200])
    assert.ok(performance.now() - start < 4000)
    for (const socket of sockets) socket.destroy()
    deaf.close()
  })
})

const pause = (ms = 100) => new Promise((resolve) => setTimeout(resolve, ms))
