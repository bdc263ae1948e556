/** What holds for every answer holds for one that no route sees. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { noteChange } from '#platform/changes'
import { inTransaction } from '#platform/database'
import { openTestShop, type TestShop } from '../../../../test/shop.ts'
import type { Config } from '../../../config.ts'
import { phraseForV1 } from '../../v1/refusals.ts'
import { openServer, type Server } from '../server.ts'
import { keepBriefly, shows, showsPage, showsProducts } from './cached-routes.ts'

let shop: TestShop
const opened: Server[] = []
const lines: object[] = []
before(async () => {
  shop = await openTestShop()
})
after(async () => {
  for (const each of opened) await each.close()
  await shop.close()
})

const URL = '/api/v1/things/'
type World = { answer: () => unknown; reads: number; made: number }

/** A server with one route that is kept, and what it answers. */
async function open(config: Partial<Config> = {}): Promise<{ server: Server; world: World }> {
  const world: World = { answer: () => ({ text: 'x'.repeat(2000) }), reads: 0, made: 0 }
  const log = { ...shop.log, debug: (line: object) => void lines.push(line) }
  const server = openServer({ ...shop, log, config: { ...shop.config, ...config } }, phraseForV1)
  const cached = { as: 'list', shows: ['products'] } as const
  server.get(URL, { config: { access: 'visitor', sqlBudget: 4, cached } }, async (request) => {
    world.made += 1
    world.reads += 1
    showsPage(request, { productId: 1 })
    return world.answer()
  })
  server.get('/accounts/things/', { config: { access: 'public', cached, uuidRequestIds: true } }, async () => ({}))
  server.onEarlyAnswer(({ kept }) => {
    if (kept.page) world.reads += 1
  })
  await server.ready()
  opened.push(server)
  return { server, world }
}
const tell = (...tags: string[]) => inTransaction(shop.db, async (tx) => noteChange(tx, ...tags))

test('NX-144 only what anybody may read can be kept: the server does not boot otherwise', async () => {
  const cached = { as: 'list', shows: ['products'] } as const
  const { config } = shop
  for (const access of ['user', 'staff', 'token', 'signature'] as const) {
    const server = openServer({ ...shop, config }, phraseForV1)
    assert.throws(() => server.get('/a/', { config: { access, cached } }, async () => ({})), /is no public read/)
  }
  const server = openServer({ ...shop, config }, phraseForV1)
  assert.throws(
    () => server.post('/a/', { config: { access: 'public', cached } }, async () => ({})),
    /is no public read/,
  )
  const holdsTokens = { access: 'public', holdsTokens: true, cached } as const
  assert.throws(() => server.get('/b/', { config: holdsTokens }, async () => ({})), /is no public read/)
})

test('NX-142 what was read before a change is not kept after it', async () => {
  const { server, world } = await open()
  let current = 1
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  world.answer = async () => {
    const read = current
    if (world.made === 1) await held
    return { read }
  }
  const slow = server.inject(URL)
  while (world.made === 0) await new Promise(setImmediate)
  current = 2
  await tell('products')
  assert.deepEqual((await server.inject(URL)).json(), { read: 2 })
  letGo()
  assert.deepEqual((await slow).json(), { read: 1 }, 'it asked before')
  for (let time = 0; time < 2; time += 1) assert.deepEqual((await server.inject(URL)).json(), { read: 2 })
  assert.equal(world.made, 2)
})

test('a change of what an answer does not show leaves it; what is told within the route counts as well', async () => {
  const { server, world } = await open()
  const route = { config: { access: 'public', cached: { as: 'detail', shows: ['brands'] } } } as const
  const elsewhere = openServer(shop, phraseForV1)
  opened.push(elsewhere)
  let made = 0
  elsewhere.get('/one/', route, async (request) => {
    made += 1
    shows(request, 'reviews:3')
    showsProducts(request, [{ id: 7 }, { id: 8 }])
    keepBriefly(request)
    return {}
  })
  await elsewhere.ready()
  for (const tag of ['reviews:3', 'product:7', 'product:8', 'brands']) {
    await elsewhere.inject('/one')
    const before = made
    await tell('products', 'product:6', 'stock')
    await elsewhere.inject('/one')
    assert.equal(made, before)
    await tell(tag)
    await elsewhere.inject('/one')
    assert.equal(made, before + 1, tag)
  }
  await server.inject(URL)
  await server.inject(URL)
  assert.equal(world.made, 1)
})

test('an answer with headers of its own, or one that is no success, is not kept', async () => {
  const server = openServer(shop, phraseForV1)
  opened.push(server)
  const config = { access: 'public', cached: { as: 'detail', shows: ['brands'] } } as const
  let made = 0
  const count = () => {
    made += 1
  }
  server.get('/a/', { config }, async (_request, reply) => {
    count()
    reply.header('Set-Cookie', 'a=b')
    return {}
  })
  server.get('/b/', { config }, async (_request, reply) => {
    count()
    reply.header('Cache-Control', 'no-store')
    return {}
  })
  server.get('/c/', { config }, async (_request, reply) => {
    count()
    return reply.code(203).send({})
  })
  await server.ready()
  for (const url of ['/a/', '/b/', '/c/']) {
    const [one, other] = [await server.inject(url), await server.inject(url)]
    assert.deepEqual([one.headers.etag, other.headers.etag], [undefined, undefined], url)
  }
  assert.equal(made, 6)
})

test('V1-016 each has an id of its own, or the sane one that came; MP-002 where it must be one, a UUID', async () => {
  const { server } = await open()
  const idOf = async (url: string, sent?: string) => {
    const { headers } = await server.inject({ url, headers: sent === undefined ? {} : { 'x-request-id': sent } })
    return String(headers['x-request-id'])
  }
  for (const url of [URL, '/accounts/things/']) await idOf(url)
  const ids = new Set([await idOf(URL), await idOf(URL), await idOf(URL, 'short'), await idOf(URL, 'ünïcödé-id-123')])
  assert.equal(ids.size, 4)
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/)
  assert.equal(await idOf(URL, 'my-request.0001'), 'my-request.0001')
  const uuid = 'f47ac10b-58cc-4372-a567-0e02b2c3d479'
  assert.equal(await idOf('/accounts/things/', uuid), uuid)
  assert.match(await idOf('/accounts/things/', 'my-request.0001'), /^[0-9a-f]{8}-[0-9a-f]{4}-4/)
})

test('V1-014 pages of other origins are told what they may read', async () => {
  const { server, world } = await open({ CORS_ALLOWED_ORIGINS: ['https://shop.example'] })
  await server.inject(URL)
  const headersFor = async (origin: string) => (await server.inject({ url: URL, headers: { origin } })).headers
  const welcome = await headersFor('https://shop.example')
  assert.equal(welcome['access-control-allow-origin'], 'https://shop.example')
  assert.match(String(welcome['access-control-expose-headers']), /X-Cart-Token/)
  assert.equal((await headersFor('https://evil.example'))['access-control-allow-origin'], undefined)
  assert.equal(welcome.vary, 'Origin, Accept-Encoding')
  assert.equal(world.made, 1)
  const { server: all } = await open({ CORS_ALLOWED_ORIGINS: ['*'] })
  for (let time = 0; time < 2; time += 1) {
    const { headers } = await all.inject({ url: URL, headers: { origin: 'https://any.example' } })
    assert.deepEqual([headers['access-control-allow-origin'], headers.vary], ['*', 'Accept-Encoding'])
  }
})

test('V1-169 another host is refused, kept or not', async () => {
  const { server } = await open({ ALLOWED_HOSTS: ['shop.example', '[::1]'] })
  const statusFor = async (host: string) => (await server.inject({ url: URL, headers: { host } })).statusCode
  for (let time = 0; time < 2; time += 1) {
    for (const host of ['shop.example', 'SHOP.example:8000', '[::1]:8000'])
      assert.equal(await statusFor(host), 200, host)
    for (const host of ['evil.example', 'shop.example.evil', '']) assert.equal(await statusFor(host), 400, host)
  }
})

describe('V1-170 the throttle', () => {
  test('counts what is answered from the cache, and refuses in the words of the route', async () => {
    const { server, world } = await open({ THROTTLE_ANON: '3/min', TRUST_PROXY: '1' })
    const ask = async (from: string) => {
      const { statusCode, headers } = await server.inject({ url: URL, headers: { 'x-forwarded-for': from } })
      return [statusCode, headers['retry-after'] !== undefined]
    }
    const statuses = []
    for (let time = 0; time < 5; time += 1) statuses.push(await ask('192.0.2.1'))
    assert.deepEqual(statuses, [
      [200, false],
      [200, false],
      [200, false],
      [429, true],
      [429, true],
    ])
    assert.deepEqual(await ask('192.0.2.2'), [200, false])
    assert.equal(world.made, 1)
    shop.pass(60_000)
    assert.deepEqual(await ask('192.0.2.1'), [200, false])
  })
})

test('a debug log has a line for it', async () => {
  const { server } = await open({ LOG_LEVEL: 'debug' })
  await server.inject(URL)
  lines.length = 0
  await server.inject({ url: `${URL}?a=secret`, headers: { 'x-request-id': 'request-77' } })
  await server.inject({ url: `${URL}?a=secret`, headers: { 'x-request-id': 'request-78' } })
  const common = { logger: 'http', method: 'GET', url: URL, status: 200, sql: 0 }
  assert.deepEqual(lines[1], { ...common, request: 'request-78', ms: 0, kept: true })
})

test('MP-200 a flood of addresses takes no more memory than it may', async () => {
  const { server, world } = await open({ CACHE_BYTES: 100_000 })
  for (let n = 0; n < 300; n += 1) {
    await server.inject(`${URL}?q=${n}`)
    await server.inject(URL)
  }
  assert.equal(world.made, 301, 'what is asked for all the time stays')
  await server.inject(`${URL}?q=0`)
  assert.equal(world.made, 302)
})

describe('by the socket', () => {
  const listening = async () => {
    const { server, world } = await open()
    await server.listen({ port: 0, host: '127.0.0.1' })
    const { port } = server.server.address() as AddressInfo
    return { server, world, port }
  }
  const until = async (isSo: () => boolean) => {
    for (let tries = 0; tries < 2000 && !isSo(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 5))
    assert.ok(isSo())
  }
  const head = (path = URL) => `GET ${path} HTTP/1.1\r\nHost: shop\r\n`

  test('several requests on one connection are answered in order, by route and by cache', async () => {
    const { world, port } = await listening()
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    socket.setEncoding('utf8').on('data', (part) => {
      heard += part
    })
    const last = `HEAD ${URL} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n`
    const withBody = `GET ${URL} HTTP/1.1\r\nHost: shop\r\nContent-Length: 3\r\n\r\nabc`
    const requests = [`${head()}\r\n`, `${head()}\r\n`, withBody, `${head('/none')}\r\n`, last]
    for (const [index, request] of requests.entries()) {
      socket.write(request)
      await until(() => heard.split('HTTP/1.1 ').length === index + 2)
    }
    if (!socket.closed) await once(socket, 'close')
    const answers = heard.split(/(?=HTTP\/1\.1 )/)
    assert.deepEqual(
      answers.map((answer) => answer.slice(9, 12)),
      ['200', '200', '200', '404', '200'],
    )
    const bodies = answers.map((answer) => answer.split('\r\n\r\n')[1])
    assert.equal(bodies[0], JSON.stringify({ text: 'x'.repeat(2000) }))
    assert.deepEqual([bodies[1], bodies[2], bodies[4]], [bodies[0], bodies[0], ''])
    assert.equal(world.made, 2, 'what comes with a body is left to the route')
    assert.equal(world.reads, 4)
  })

  test('while the server closes, it says so', async () => {
    const { server, port } = await listening()
    await server.inject(URL)
    const socket = connect(port, '127.0.0.1')
    const [near] = (await once(server.server, 'connection')) as [Socket]
    const heard = text(socket)
    socket.write(head())
    await until(() => near.bytesRead > 0)
    const closed = server.close()
    await until(() => !server.server.listening)
    socket.write('\r\n')
    assert.match(await heard, /^HTTP\/1\.1 503 .*connection: close/is)
    await closed
  })
})
