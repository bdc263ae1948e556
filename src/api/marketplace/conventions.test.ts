/** What holds for every answer of the marketplace, through HTTP. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { Type } from 'typebox'
import { signedUp } from '../../../test/accounts.ts'
import {
  assertErr,
  BAD_TOKEN,
  loggedIn,
  NO_CREDENTIALS,
  post,
  registration,
  someAddress,
} from '../../../test/marketplace.ts'
import { type Called, openTestServer, type TestServer } from '../../../test/server.ts'
import { PageOf, PageQuery, pageWanted, toPage } from '../http/paging.ts'
import { openServer, type Routes, type Server } from '../http/server.ts'
import { phraseForV1 } from '../v1/refusals.ts'
import { marketplaceSurface } from './index.ts'

const PROFILE = '/accounts/profile/'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

let server: TestServer
before(async () => {
  server = await openTestServer({ TRUST_PROXY: 'true' })
})
after(() => server.close())

describe('MP-002 MP-006 refusals', () => {
  test('whatever is refused is told in one envelope, its id as in the header', async () => {
    assertErr(await server.call('GET', PROFILE), 401, NO_CREDENTIALS)
    assertErr(await server.call('GET', PROFILE, { token: 'nonsense' }), 401, BAD_TOKEN, {}, { code: 'token_not_valid' })
    const unreadable = ['orders/orders', 'orders/cart', 'products', 'analytics/products', 'recommendations/product']
    const accounts = ['/accounts/', '/accounts/nothing/', '/accounts/%zz/', '/accounts/%00/']
    for (const url of [...accounts, ...unreadable.map((path) => `/api/${path}/%zz/`)])
      assertErr(await server.call('GET', url), 404, 'Not found.')
    const other = await server.call('DELETE', PROFILE)
    assertErr(other, 405, 'Method "DELETE" not allowed.')
    assert.match(String(other.headers.allow), /GET/)
    const { access } = await signedUp(server)
    await server.call('POST', '/accounts/logout/', { token: access })
    assertErr(await server.call('GET', PROFILE, { token: access }), 401, 'Session has been terminated')
  })

  test('MP-010 V1-011 V1-012 a body that is none is told in it as well', async () => {
    assertErr(await post(server, 'login', '{'), 400, 'JSON parse error: the body is no valid JSON.')
    const text = await server.call('POST', '/accounts/login/', {
      body: 'phone=1',
      headers: { ...someAddress(), 'content-type': 'text/plain' },
    })
    assertErr(text, 415, 'Unsupported media type in request.')
    assertErr(
      await post(server, 'login', `{"phone":"${'x'.repeat(1024 * 1024)}"}`),
      413,
      'The request body is too large.',
    )
    for (const odd of ['\0', '\ud800', { a: 1 }, [], 1e300, null, 'x'.repeat(5000), `'; drop table x; --`]) {
      for (const path of ['register', 'login', 'forgot-password', 'verify-otp', 'reset-password', 'token-refresh']) {
        const body = { ...registration(), phone: odd, password: odd, otp: odd, reset_token: odd, refresh_token: odd }
        const { status } = await post(server, path, body)
        assert.ok(status === 200 || (status >= 400 && status < 500), `${path} ${JSON.stringify(odd)}: ${status}`)
      }
    }
  })

  test('MP-002 a UUID that came with the request is kept, any other id gives way to one', async () => {
    const id = '5b3c7e1a-9c55-4a4e-8a41-0d7d8d1f2a10'
    for (const [sent, kept] of [
      [id, true],
      ['my-request.0001', false],
      ['<script>', false],
    ] as const) {
      for (const url of [PROFILE, '/accounts/nothing/', '/accounts/%zz/']) {
        const { headers, body } = await server.call('GET', url, { headers: { 'x-request-id': sent } })
        assert.match(body.request_id, UUID)
        assert.deepEqual([headers['x-request-id'], body.request_id === id], [body.request_id, kept], `${sent} ${url}`)
      }
      const { headers } = await post(server, 'register', registration(), { 'x-request-id': sent, ...someAddress() })
      assert.match(String(headers['x-request-id']), UUID)
    }
  })
})

describe('MP-005 MP-012 who may call, and what is kept', () => {
  test('MP-005 a token is needed everywhere, but where one signs up, in, or finds the way back', async () => {
    const routes = server.server.routeList.filter(({ url }) => url.startsWith('/accounts/'))
    const open = ['register', 'login', 'token-refresh', 'forgot-password', 'verify-otp', 'reset-password', '2fa/verify']
    assert.ok(routes.length > 15)
    for (const { method, url, access } of routes) {
      const path = url.slice('/accounts/'.length, -1)
      assert.equal(access !== 'user', open.includes(path), url)
      const body = method === 'GET' ? undefined : {}
      const called = await server.call(method as 'GET', url, { body, headers: someAddress() })
      if (open.includes(path)) assert.equal(called.status, 400, url)
      else assertErr(called, 401, NO_CREDENTIALS)
      assert.equal(called.headers['cache-control'], 'no-store', url)
    }
  })

  test('MP-012 answers with tokens and of who is signed in are kept by no cache', async () => {
    const { phone, password, access } = await loggedIn(server)
    const answers = [
      await post(server, 'login', { phone, password }),
      await server.call('GET', PROFILE, { token: access }),
    ]
    for (const { status, headers } of answers) assert.deepEqual([status, headers['cache-control']], [200, 'no-store'])
  })

  test('MP-013 other origins, content policy and headers are as everywhere', async () => {
    const from = { origin: 'http://localhost:3000' }
    const { headers } = await server.call('GET', PROFILE, { headers: from })
    assert.equal(headers['access-control-allow-origin'], from.origin)
    assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'")
    assert.deepEqual([headers['x-content-type-options'], headers['x-frame-options']], ['nosniff', 'DENY'])
    const stranger = await server.call('GET', PROFILE, { headers: { origin: 'https://evil.example' } })
    assert.equal(stranger.headers['access-control-allow-origin'], undefined)
  })
})

describe('MP-011 compression', () => {
  const asking = (encoding: string) => ({ 'accept-encoding': encoding })

  test('an answer of 1 KiB and more is gzipped for who takes it, a smaller one is not', async () => {
    const { phone, password, access } = await loggedIn(server)
    for (const [accepted, packs] of [
      ['gzip, deflate, br', true],
      ['*', true],
      ['br;q=1.0, gzip;q=0.5', true],
      ['gzip;q=0, br', false],
      ['identity', false],
    ] as const) {
      const headers = { ...someAddress(), ...asking(accepted), 'content-type': 'application/json' }
      const payload = JSON.stringify({ phone, password })
      const answer = await server.server.inject({ method: 'POST', url: '/accounts/login/', headers, payload })
      assert.equal(answer.headers['content-encoding'], packs ? 'gzip' : undefined, accepted)
      assert.match(String(answer.headers.vary), /\bAccept-Encoding\b/)
      assert.equal(Number(answer.headers['content-length']), answer.rawPayload.length)
      const text = String(packs ? gunzipSync(answer.rawPayload) : answer.rawPayload)
      assert.equal(JSON.parse(text).status, 200)
      assert.ok(text.length >= 1024)
    }
    const small = await server.call('GET', PROFILE, { token: access, headers: asking('gzip') })
    assert.deepEqual([small.status, small.headers['content-encoding']], [200, undefined])
  })

  test('other surfaces answer as they did', async () => {
    const { headers } = await server.server.inject({ url: '/api/schema/?format=json', headers: asking('gzip') })
    assert.equal(headers['content-encoding'], undefined)
  })
})

test('MP-008 requests are throttled by address, and by user, in this envelope', async () => {
  const throttled = await openTestServer({ TRUST_PROXY: 'true', THROTTLE_ANON: '2/hour', THROTTLE_USER: '3/hour' })
  try {
    const { access } = await signedUp(throttled)
    const from = someAddress()
    const statuses = async (token?: string) => {
      const called: Called[] = []
      for (let n = 0; n < 4; n += 1)
        called.push(await throttled.call('GET', PROFILE, { headers: from, ...(token ? { token } : {}) }))
      const refused = called.at(-1)!
      assertErr(refused, 429, `Request was throttled. Expected available in ${refused.headers['retry-after']} seconds.`)
      return called.map(({ status }) => status)
    }
    assert.deepEqual(await statuses(), [401, 401, 429, 429])
    assert.deepEqual(await statuses(access), [200, 200, 200, 429])
  } finally {
    await throttled.close()
  }
})

describe('MP-015 documents', () => {
  for (const [url, name] of [
    ['/api/schema/swagger-ui/', 'swagger-ui'],
    ['/api/schema/redoc/', 'redoc'],
  ] as const) {
    test(`${url} is a page for anybody, made of files of this host`, async () => {
      const page = await server.server.inject(url)
      assert.equal(page.statusCode, 200)
      assert.match(String(page.headers['content-type']), /^text\/html/)
      assert.match(page.body, new RegExp(name))
      const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!)
      assert.ok(files.length > 0)
      for (const file of files) assert.equal((await server.server.inject(file)).statusCode, 200, file)
    })
  }

  test('the document of this surface has its routes, and those of no other', async () => {
    const { body } = await server.call('GET', '/api/schema/?format=json&surface=marketplace')
    assert.ok(body.paths['/accounts/login/'] && body.components.schemas.MarketplaceError)
    assert.equal(body.paths['/api/v1/users/me/'], undefined)
  })
})

describe('lists and bugs', () => {
  const things: Routes = (scope, app) => {
    const Query = Type.Object({ ...PageQuery, colour: Type.Optional(Type.String()) })
    const config = { access: 'public' } as const
    scope.get(
      '/things/',
      { schema: { querystring: Query, response: { 200: PageOf(Type.Integer()) } }, config },
      async (request) => {
        const wanted = pageWanted(request.query)
        const count = request.query.colour === 'none' ? 0 : 45
        const rows = Array.from({ length: count }, (_, index) => index + 1).slice(
          wanted.offset,
          wanted.offset + wanted.limit,
        )
        return toPage(request, app.config.PUBLIC_URL, wanted, { rows, count }, (row) => row)
      },
    )
    scope.get('/bug/', { config }, async () => {
      throw new Error('the secret of the house')
    })
  }
  let lists: Server
  before(async () => {
    const silent = { ...server.shop, log: { ...server.shop.log, error: () => {} } }
    lists = openServer(silent, phraseForV1)
    await lists.register(marketplaceSurface(silent, [things]), { prefix: '/accounts' })
    await lists.ready()
  })
  after(() => lists.close())
  const get = async (url: string): Promise<Called> => {
    const { statusCode, headers, body } = await lists.inject(url)
    return { status: statusCode, headers, body: JSON.parse(body), statements: -1 }
  }

  test('MP-003 a list is a page at the top level, links keep the other parameters', async () => {
    const { body } = await get('/accounts/things/?page_size=10&colour=red&page=2')
    const { results, next, previous, ...figures } = body
    assert.deepEqual(figures, { count: 45, page_size: 10, current_page: 2, total_pages: 5 })
    assert.equal(results.length, 10)
    for (const [link, page] of [
      [next, '3'],
      [previous, '1'],
    ]) {
      assert.ok(link.startsWith(`${server.shop.config.PUBLIC_URL}/accounts/things/?`))
      assert.deepEqual(Object.fromEntries(new URL(link).searchParams), { page_size: '10', colour: 'red', page })
    }
    assert.equal((await get('/accounts/things/')).body.results.length, 20)
    assert.equal((await get('/accounts/things/?page_size=1000')).body.page_size, 100)
    const empty = (await get('/accounts/things/?colour=none')).body
    assert.deepEqual([empty.count, empty.total_pages, empty.results], [0, 1, []])
  })

  test('MP-004 a page past the end, or that is no number, is 404', async () => {
    for (const page of ['4', '0', '-1', 'x', '1.5'])
      assertErr(await get(`/accounts/things/?page=${page}`), 404, 'Invalid page.')
  })

  test('MP-002 V1-001 a bug is told in this envelope, and tells nothing', async () => {
    assertErr(await get('/accounts/bug/'), 500, 'Internal server error.')
  })
})
