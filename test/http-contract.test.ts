/** What holds for every route: section 1 and 2 of the v1 document, on a few routes that exist only here. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { Refusal } from '#platform/refusal.ts'
import { refuseOtherMethods } from '../src/api/http/other-methods.ts'
import { PageOf, PageQuery, pageWanted, toPage } from '../src/api/http/paging.ts'
import { openServer, type Server } from '../src/api/http/server.ts'
import { Choice, Filled, IdInPath, Nullable } from '../src/api/http/wire.ts'
import { phraseForV1 } from '../src/api/v1/refusals.ts'
import type { Config } from '../src/config.ts'
import { signedUp } from './accounts.ts'
import { openTestShop, type TestShop } from './shop.ts'

let shop: TestShop
let server: Server
const opened: Server[] = []
before(async () => {
  shop = await openTestShop()
  server = await openWith({})
})
after(async () => {
  for (const each of opened) await each.close()
  await shop.close()
})

const ThingWire = Type.Object({
  name: Filled({ maxLength: 20 }),
  email: Type.Optional(Type.String({ format: 'email' })),
  size: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
  made_on: Type.Optional(Nullable(Type.String({ format: 'date' }))),
  extra: Type.Optional(Type.Object({}, { additionalProperties: true })),
})
const THINGS = 45

/** A server with routes of every kind of access, on the shop of this file. */
async function openWith(config: Partial<Config>): Promise<Server> {
  const app = { ...shop, config: { ...shop.config, ...config }, log: { ...shop.log, error: () => {} } }
  const made = openServer(app, phraseForV1)
  const addRefusals = refuseOtherMethods(made)
  const access = 'public'
  made.get(
    '/api/v1/things/',
    {
      schema: {
        querystring: Type.Object({
          ...PageQuery,
          colour: Type.Optional(Choice(['red', 'blue'])),
          above: Type.Optional(Type.Integer()),
        }),
        response: { 200: PageOf(Type.Integer()) },
      },
      config: { access },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const all = Array.from({ length: THINGS }, (_, index) => index + 1)
      const rows = all.slice(wanted.offset, wanted.offset + wanted.limit)
      return toPage(request, app.config.PUBLIC_URL, wanted, { rows, count: THINGS }, (row) => row)
    },
  )
  made.post('/api/v1/things/', { schema: { body: ThingWire }, config: { access } }, async ({ body }, reply) =>
    reply.code(201).send(body),
  )
  made.get('/api/v1/things/:id/', { schema: { params: IdInPath }, config: { access } }, async ({ params }) => params)
  made.get('/api/v1/named/:name/', { config: { access } }, async () => ({ found: true }))
  made.get('/api/v1/address/', { config: { access } }, async (request) => ({ address: request.clientAddress }))
  made.get('/api/v1/mine/', { config: { access: 'user' } }, async (request) => ({ id: request.viewer?.accountId }))
  made.get('/api/v1/maybe-mine/', { config: { access: 'visitor' } }, async (request) => ({
    id: request.viewer?.accountId ?? null,
  }))
  made.get('/api/v1/staff/', { config: { access: 'staff' } }, async () => ({}))
  made.get('/api/v1/bug/', { config: { access } }, async () => {
    throw new Error('the secret of the house')
  })
  made.get('/api/v1/unfit/', { config: { access } }, async () => {
    await sql`select ${'99999999999'}::int4`.execute(app.db)
  })
  made.get('/api/v1/busy/', { config: { access } }, async () => {
    throw new Refusal('limited', 'throttled', 'Too many', { retryAfterS: 7 })
  })
  addRefusals()
  await made.ready()
  opened.push(made)
  return made
}

type Options = { headers?: Record<string, string>; payload?: string; on?: Server }

async function call(method: string, url: string, { headers = {}, payload, on = server }: Options = {}) {
  const answer = await on.inject({
    method: method as 'GET',
    url,
    headers,
    ...(payload === undefined ? {} : { payload }),
  })
  const json = String(answer.headers['content-type']).startsWith('application/json') && answer.body !== ''
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: answer.body,
    body: json ? answer.json() : undefined,
  }
}
const JSON_TYPE = { 'content-type': 'application/json' }
const post = (body: unknown, url = '/api/v1/things/') =>
  call('POST', url, { headers: JSON_TYPE, payload: typeof body === 'string' ? body : JSON.stringify(body) })
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

test('V1-001 whatever goes wrong is told in JSON, and a bug tells nothing', async () => {
  const answers = [
    await call('GET', '/'),
    await call('GET', '/api/v1/nothing/'),
    await call('GET', '/api/v1/%zz/'),
    await call('PUT', '/api/v1/things/'),
    await call('GET', '/api/v1/mine/'),
    await call('GET', '/api/v1/bug/'),
    await call('GET', '/api/v1/things/', { headers: { accept: 'text/html' } }),
    await post('{'),
  ]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [404, 404, 404, 405, 401, 500, 200, 400],
  )
  for (const { headers, body } of answers) {
    assert.match(String(headers['content-type']), /^application\/json/)
    assert.equal(typeof body, 'object')
  }
  assert.deepEqual(answers[5]!.body, { detail: 'Internal server error.' })
})

test('V1-003 cookies are neither set nor read', async () => {
  const { access } = await signedUp({ shop })
  const cookie = await call('GET', '/api/v1/mine/', { headers: { cookie: `access=${access}; sessionid=1` } })
  assert.equal(cookie.status, 401)
  const header = await call('GET', '/api/v1/mine/', bearer(access))
  assert.equal(header.status, 200)
  for (const { headers } of [cookie, header]) assert.equal(headers['set-cookie'], undefined)
})

test('V1-004 V1-005 V1-015 all faults of the fields are told together', async () => {
  const { status, body } = await post({ name: '', email: 'nobody', size: '2', made_on: '2026-02-30' })
  assert.equal(status, 400)
  assert.deepEqual(body, {
    name: ['This field may not be blank.'],
    email: ['Enter a valid email address.'],
    size: ['A valid integer is required.'],
    made_on: ['Date has wrong format. Use YYYY-MM-DD.'],
  })
  assert.deepEqual((await post({})).body, { name: ['This field is required.'] })
  assert.deepEqual((await post({ name: null })).body, { name: ['This field may not be null.'] })
  assert.deepEqual((await post({ name: '  ' })).body, { name: ['This field may not be blank.'] })
  assert.equal((await post({ name: 'x', made_on: null })).status, 201)
})

describe('lists', () => {
  test('V1-006 a page has its figures, 20 rows by default and at most 100', async () => {
    const { body } = await call('GET', '/api/v1/things/')
    const { results, ...figures } = body
    assert.equal(results.length, 20)
    const base = `${shop.config.PUBLIC_URL}/api/v1/things/`
    assert.deepEqual(figures, {
      count: 45,
      next: `${base}?page=2`,
      previous: null,
      page_size: 20,
      current_page: 1,
      total_pages: 3,
    })
    const clamped = (await call('GET', '/api/v1/things/?page_size=5000')).body
    assert.deepEqual([clamped.page_size, clamped.results.length], [100, 45])
    assert.equal((await call('GET', '/api/v1/things/?page_size=zero')).body.page_size, 20)
  })

  test('V1-007 links are absolute and keep the other parameters', async () => {
    const { body } = await call('GET', '/api/v1/things/?colour=red&page=2&page_size=10&search=a%26b')
    for (const [link, page] of [
      [body.next, '3'],
      [body.previous, '1'],
    ]) {
      const query = Object.fromEntries(new URL(link).searchParams)
      assert.deepEqual(query, { colour: 'red', page, page_size: '10', search: 'a&b' })
    }
  })

  test('V1-007 a page that is none answers 404', async () => {
    for (const page of ['0', '-1', 'x', '1.5', '', '4', '99999999999999999999', '1e1', '%00x']) {
      const { status, body } = await call('GET', `/api/v1/things/?page=${page}`)
      if (page === '%00x') assert.equal(status, 400)
      else assert.deepEqual([status, body], [404, { detail: 'Invalid page.' }], page)
    }
  })

  test('V1-008 unknown filters are ignored, filters of the wrong type answer 400', async () => {
    assert.equal((await call('GET', '/api/v1/things/?shape=round')).status, 200)
    const { status, body } = await call('GET', '/api/v1/things/?colour=green&above=high')
    assert.equal(status, 400)
    assert.deepEqual(body, { colour: ['"green" is not a valid choice.'], above: ['A valid integer is required.'] })
    for (const above of ['1e400', '1e25', '99999999999999999999', '-9007199254740993']) {
      assert.equal((await call('GET', `/api/v1/things/?above=${above}`)).status, 400, above)
    }
  })
})

describe('who may call', () => {
  test('V1-009 no credentials answer 401 with how to bring them', async () => {
    const cases = [undefined, '', 'Basic YTpi', 'Token abc']
    for (const authorization of cases) {
      const answer = await call('GET', '/api/v1/mine/', {
        headers: authorization === undefined ? {} : { authorization },
      })
      assert.deepEqual([answer.status, answer.body], [401, { detail: 'Authentication credentials were not provided.' }])
      assert.equal(answer.headers['www-authenticate'], 'Bearer realm="api"')
    }
  })

  test('V1-009 bad tokens answer 401, on visitor routes too', async () => {
    const { refresh, access } = await signedUp({ shop })
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${access.split('.')[1]}.`
    const changed = `${access.slice(0, -6)}${access.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'}`
    for (const token of ['', 'abc', 'a.b.c', `${access} x`, refresh, none, changed]) {
      for (const url of ['/api/v1/mine/', '/api/v1/maybe-mine/']) {
        const answer = await call('GET', url, bearer(token))
        const body = { detail: 'Given token not valid for any token type', code: 'token_not_valid' }
        assert.deepEqual([answer.status, answer.body], [401, body], token)
        assert.equal(answer.headers['www-authenticate'], 'Bearer realm="api"')
      }
    }
    assert.deepEqual((await call('GET', '/api/v1/maybe-mine/')).body, { id: null })
  })

  test('V1-010 a customer on a staff route answers 403, an unknown address 404', async () => {
    const { access } = await signedUp({ shop })
    const { status, body } = await call('GET', '/api/v1/staff/', bearer(access))
    assert.deepEqual([status, body], [403, { detail: 'You do not have permission to perform this action.' }])
    const missing = await call('GET', '/api/v1/nothing/')
    assert.deepEqual([missing.status, missing.body], [404, { detail: 'Not found.' }])
  })
})

describe('V1-011 bodies and methods', () => {
  test('another method answers 405 and says which there are', async () => {
    const put = await call('PUT', '/api/v1/things/')
    assert.deepEqual([put.status, put.body], [405, { detail: 'Method "PUT" not allowed.' }])
    assert.equal(put.headers.allow, 'GET, HEAD, POST, OPTIONS')
    // Not 400 for the body, not 401 for the sign-in: the method comes first.
    assert.equal((await call('PATCH', '/api/v1/things/', { headers: JSON_TYPE, payload: '{' })).status, 405)
    assert.equal((await call('DELETE', '/api/v1/mine/')).status, 405)
  })

  test('OPTIONS and HEAD are answered', async () => {
    const options = await call('OPTIONS', '/api/v1/things/')
    assert.deepEqual([options.status, options.headers.allow], [204, 'GET, HEAD, POST, OPTIONS'])
    const head = await call('HEAD', '/api/v1/things/')
    assert.deepEqual([head.status, head.text], [200, ''])
    assert.equal((await call('HEAD', '/api/v1/nothing/')).status, 404)
  })

  test('a body that is no JSON answers 415', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
      'x',
      'application/jsonx',
    ]) {
      const { status, body } = await call('POST', '/api/v1/things/', {
        headers: { 'content-type': type },
        payload: '{"name":"x"}',
      })
      assert.deepEqual([status, body], [415, { detail: 'Unsupported media type in request.' }], type)
    }
    assert.equal(
      (await call('POST', '/api/v1/things/', { payload: '{"name":"x"}', headers: { 'content-type': '' } })).status,
      415,
    )
    for (const type of ['application/json; charset=utf-8', 'Application/JSON', 'application/merge-patch+json']) {
      assert.equal(
        (await call('POST', '/api/v1/things/', { headers: { 'content-type': type }, payload: '{"name":"x"}' })).status,
        201,
      )
    }
  })

  test('what cannot be parsed answers 400', async () => {
    for (const text of ['{', '{"name":}', "{'name':'x'}", '{"name":"x"} x', 'NaN', '\0', '{"name":"\n"}']) {
      const { status, body } = await post(text)
      assert.equal(status, 400, text)
      assert.match(body.detail, /^JSON parse error/)
    }
  })

  test('a body that is no object answers 400; none at all is an empty one', async () => {
    for (const text of ['[]', '"x"', '1', 'null', 'true', '[{"name":"x"}]']) {
      const { status, body } = await post(text)
      assert.deepEqual([status, body], [400, { non_field_errors: ['Invalid data. Expected a dictionary.'] }], text)
    }
    for (const text of ['', '  ']) assert.deepEqual((await post(text)).body, { name: ['This field is required.'] })
    assert.deepEqual((await call('POST', '/api/v1/things/')).body, { name: ['This field is required.'] })
  })

  test('a body above 1 MiB answers 413, just below is read', async () => {
    const { status, body } = await post({ name: 'x', more: 'y'.repeat(1024 * 1024) })
    assert.deepEqual([status, body], [413, { detail: 'The request body is too large.' }])
    assert.equal((await post({ name: 'x', more: 'y'.repeat(1024 * 1024 - 40) })).status, 201)
  })
})

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

test('V1-013 with and without the slash at the end a route is the same', async () => {
  for (const url of ['/api/v1/things', '/api/v1/things/']) {
    assert.equal((await call('GET', url)).status, 200)
    const { status, body } = await post({ name: 'x' }, url)
    assert.deepEqual([status, body], [201, { name: 'x' }])
    assert.equal((await call('PUT', url)).status, 405)
  }
  assert.deepEqual((await call('GET', '/api/v1/things/5')).body, { id: 5 })
  assert.equal((await call('GET', '/api/v1/things?page=2')).body.current_page, 2)
})

describe('V1-014 other origins', () => {
  const shopFront = 'http://localhost:3000'
  const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }

  test('one of the list may call, and read what it needs', async () => {
    for (const url of ['/api/v1/things/', '/api/v1/mine/', '/api/v1/nothing/']) {
      const { headers } = await call('GET', url, { headers: { origin: shopFront } })
      assert.equal(headers['access-control-allow-origin'], shopFront)
      assert.match(String(headers['access-control-expose-headers']), /X-Cart-Token/)
      assert.match(String(headers.vary), /\bOrigin\b/)
      assert.equal(headers['access-control-allow-credentials'], undefined)
    }
  })

  test('one off the list gets no permission', async () => {
    for (const origin of ['https://evil.example', 'null', `${shopFront}.evil.example`, 'https://localhost:3000']) {
      const { headers, status } = await call('GET', '/api/v1/things/', { headers: { origin } })
      assert.deepEqual([status, headers['access-control-allow-origin']], [200, undefined], origin)
      const preflight = await call('OPTIONS', '/api/v1/things/', { headers: { origin, ...asked } })
      assert.deepEqual(
        [preflight.headers['access-control-allow-origin'], preflight.headers['access-control-allow-headers']],
        [undefined, undefined],
      )
    }
  })

  test('a preflight permits the headers of the document, without sign-in', async () => {
    for (const url of ['/api/v1/things/', '/api/v1/mine/', '/api/v1/things/1/']) {
      const { status, headers } = await call('OPTIONS', url, { headers: { origin: shopFront, ...asked } })
      assert.equal(status, 204)
      assert.equal(headers['access-control-allow-origin'], shopFront)
      const permitted = String(headers['access-control-allow-headers']).split(', ')
      for (const name of ['authorization', 'content-type', 'idempotency-key', 'x-cart-token'])
        assert.ok(permitted.includes(name))
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
        assert.match(String(headers['access-control-allow-methods']), new RegExp(method))
    }
  })

  test('a list of one star lets all call', async () => {
    const on = await openWith({ CORS_ALLOWED_ORIGINS: ['*'] })
    const { headers } = await call('GET', '/api/v1/things/', { headers: { origin: 'https://any.example' }, on })
    assert.deepEqual([headers['access-control-allow-origin'], headers.vary], ['*', undefined])
  })
})

describe('V1-016 V1-027 headers of every answer', () => {
  const everySort: [string, string][] = [
    ['GET', '/api/v1/things/'],
    ['GET', '/api/v1/mine/'],
    ['GET', '/api/v1/nothing/'],
    ['GET', '/api/v1/%zz/'],
    ['GET', '/api/v1/%00/'],
    ['GET', '/api/v1/bug/'],
    ['GET', '/api/v1/busy/'],
    ['PUT', '/api/v1/things/'],
    ['OPTIONS', '/api/v1/things/'],
    ['HEAD', '/api/v1/things/'],
    ['POST', '/api/v1/things/'],
  ]

  test('the security headers, and no word on what runs here', async () => {
    for (const [method, url] of everySort) {
      const { headers } = await call(method, url)
      assert.equal(headers['x-content-type-options'], 'nosniff', `${method} ${url}`)
      assert.equal(headers['x-frame-options'], 'DENY')
      assert.equal(headers['referrer-policy'], 'same-origin')
      assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'")
      assert.equal(headers['strict-transport-security'], undefined)
      assert.deepEqual([headers['x-powered-by'], headers.server], [undefined, undefined])
    }
    const on = await openWith({ PUBLIC_URL: 'https://shop.example' })
    assert.match(
      String((await call('GET', '/api/v1/things/', { on })).headers['strict-transport-security']),
      /^max-age=\d{8}/,
    )
  })

  test('a sane request id comes back, any other is replaced by a fresh one', async () => {
    for (const [method, url] of everySort) {
      const { headers } = await call(method, url, { headers: { 'x-request-id': 'my-request.0001' } })
      assert.equal(headers['x-request-id'], 'my-request.0001', `${method} ${url}`)
    }
    const ids = new Set<unknown>()
    for (const sent of [
      '',
      'short',
      'x'.repeat(129),
      'with space here',
      '<script>alert(1)</script>',
      'ünïcödé-id-123',
    ]) {
      const id = (await call('GET', '/api/v1/things/', { headers: { 'x-request-id': sent } })).headers['x-request-id']
      assert.match(String(id), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/, sent)
      ids.add(id)
    }
    assert.equal(ids.size, 6)
  })

  test('Retry-After is in seconds', async () => {
    const { status, headers } = await call('GET', '/api/v1/busy/')
    assert.deepEqual([status, headers['retry-after']], [429, '7'])
  })
})

test('V1-012 V1-016 what is not even HTTP gets an answer in JSON with the headers', async () => {
  const on = await openWith({})
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

describe('V1-028 the address of the client', () => {
  const addressWith = async (TRUST_PROXY: string, forwarded?: string) => {
    const on = await openWith({ TRUST_PROXY })
    const headers: Record<string, string> = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
    return (await call('GET', '/api/v1/address/', { on, headers })).body.address
  }

  test('is the socket’s, whatever is claimed, where no proxy is trusted', async () => {
    for (const setting of ['', 'false', '0', 'no', '-1', '1.5']) {
      assert.equal(await addressWith(setting, '203.0.113.9'), '127.0.0.1', setting)
    }
  })

  test('is the last one that the trusted proxy wrote; one before it is the client’s own word', async () => {
    for (const setting of ['true', 'TRUE', '1']) {
      assert.equal(await addressWith(setting, '203.0.113.9'), '203.0.113.9')
      assert.equal(await addressWith(setting, '10.9.9.9, 203.0.113.9'), '203.0.113.9')
      assert.equal(await addressWith(setting, '2001:db8::1'), '2001:db8::1')
      assert.equal(await addressWith(setting, '::ffff:203.0.113.9'), '203.0.113.9')
    }
  })

  test('is the n-th from the right behind n proxies', async () => {
    assert.equal(await addressWith('2', '1.1.1.1, 2.2.2.2, 3.3.3.3'), '2.2.2.2')
    assert.equal(await addressWith('3', '1.1.1.1, 2.2.2.2, 3.3.3.3'), '1.1.1.1')
    assert.equal(await addressWith('4', '1.1.1.1, 2.2.2.2, 3.3.3.3'), '127.0.0.1')
  })

  test('is the socket’s where the header holds no address', async () => {
    for (const forwarded of [
      '',
      'unknown',
      "'; drop table",
      '203.0.113.9, nonsense',
      '203.0.113.9,',
      '999.1.1.1',
      '203.0.113.9:1234',
    ]) {
      assert.equal(await addressWith('true', forwarded), '127.0.0.1', forwarded)
    }
    assert.equal(await addressWith('true'), '127.0.0.1')
  })
})

test('V1-029 unknown keys of a body are ignored', async () => {
  const { status } = await post({ name: 'x', is_staff: true, is_superuser: true, id: 1, role: 'admin', nonsense: {} })
  assert.equal(status, 201)
})

test('V1-169 where hosts are listed, another one answers 400', async () => {
  const on = await openWith({ ALLOWED_HOSTS: ['Shop.example', '.shop.test', '127.0.0.1'] })
  const statusFor = async (host: string) => (await call('GET', '/api/v1/things/', { on, headers: { host } })).status
  for (const host of ['shop.example', 'SHOP.example:8000', 'shop.test', 'api.shop.test', '127.0.0.1:1'])
    assert.equal(await statusFor(host), 200, host)
  for (const host of ['evil.example', 'shop.example.evil', 'evilshop.test', 'localhost', '', 'x@shop.example'])
    assert.equal(await statusFor(host), 400, host)
  const { body } = await call('GET', '/api/v1/things/', {
    on,
    headers: { host: 'evil.example', 'x-forwarded-host': 'shop.example' },
  })
  assert.deepEqual(body, { detail: 'Invalid host.' })
  const all = await openWith({ ALLOWED_HOSTS: ['*'] })
  assert.equal((await call('GET', '/api/v1/things/', { on: all, headers: { host: 'any' } })).status, 200)
})
