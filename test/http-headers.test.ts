/** Headers of requests and answers: other origins, security, addresses, hosts (V1-014, V1-016, V1-027, V1-028, V1-169). */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type ContractServer, openContractServer } from './contract-server.ts'

let contract: ContractServer
before(async () => {
  contract = await openContractServer()
})
after(() => contract.close())

const call: ContractServer['call'] = (...args) => contract.call(...args)

describe('V1-014 SF-501 other origins', () => {
  const shopFront = 'http://localhost:3000'
  const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }

  test('one of the list may call, and read what it needs', async () => {
    for (const url of ['/api/v1/things/', '/api/v1/mine/', '/api/v1/nothing/']) {
      const { headers } = await call('GET', url, { headers: { origin: shopFront } })
      assert.equal(headers['access-control-allow-origin'], shopFront)
      assert.match(String(headers['access-control-expose-headers']), /X-Cart-Token/)
      assert.match(String(headers.vary), /\bOrigin\b/)
      assert.equal(headers['access-control-allow-credentials'], 'true')
    }
  })

  test('one off the list gets no permission', async () => {
    for (const origin of ['https://evil.example', 'null', `${shopFront}.evil.example`, 'https://localhost:3000']) {
      const { headers, status } = await call('GET', '/api/v1/things/', { headers: { origin } })
      assert.deepEqual([status, headers['access-control-allow-origin']], [200, undefined], origin)
      assert.equal(headers['access-control-allow-credentials'], undefined)
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
    const on = await contract.openWith({ CORS_ALLOWED_ORIGINS: ['*'] })
    const { headers } = await call('GET', '/api/v1/things/', { headers: { origin: 'https://any.example' }, on })
    assert.deepEqual([headers['access-control-allow-origin'], headers.vary], ['*', undefined])
    assert.equal(headers['access-control-allow-credentials'], undefined)
  })
})

describe('V1-016 V1-027 SF-505 headers of every answer', () => {
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
    const on = await contract.openWith({ PUBLIC_URL: 'https://shop.example' })
    assert.match(
      String((await call('GET', '/api/v1/things/', { on })).headers['strict-transport-security']),
      /^max-age=\d{8}/,
    )
  })

  test('SF-504 for how long browsers come by TLS alone can be said, or nothing of it', async () => {
    const PUBLIC_URL = 'https://shop.example'
    const said = async (HSTS_SECONDS: number) => {
      const on = await contract.openWith({ PUBLIC_URL, HSTS_SECONDS })
      return (await call('GET', '/api/v1/things/', { on })).headers['strict-transport-security']
    }
    assert.equal(await said(600), 'max-age=600; includeSubDomains')
    assert.equal(await said(0), undefined)
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

describe('V1-028 the address of the client', () => {
  const addressWith = async (TRUST_PROXY: string, forwarded?: string) => {
    const on = await contract.openWith({ TRUST_PROXY })
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

test('V1-169 where hosts are listed, another one answers 400', async () => {
  const on = await contract.openWith({ ALLOWED_HOSTS: ['Shop.example', '.shop.test', '127.0.0.1'] })
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
  const all = await contract.openWith({ ALLOWED_HOSTS: ['*'] })
  assert.equal((await call('GET', '/api/v1/things/', { on: all, headers: { host: 'any' } })).status, 200)
})

describe('SF-504 who comes without TLS', () => {
  const config = { PUBLIC_URL: 'https://shop.example', TRUST_PROXY: 'true', HTTPS_REDIRECT: true }
  const came = (by: string) => ({ headers: { 'x-forwarded-proto': by } })

  test('is sent to come with it, with what was sent and however often it was answered before', async () => {
    const on = await contract.openWith(config)
    for (const method of ['GET', 'POST', 'DELETE']) {
      const { status, headers } = await call(method, '/api/v1/things/?page=2', { ...came('http'), on })
      assert.deepEqual([status, headers.location], [308, 'https://shop.example/api/v1/things/?page=2'])
    }
    assert.equal((await call('GET', '/api/v1/things/', { ...came('https'), on })).status, 200)
    assert.equal((await call('GET', '/api/v1/things/', { ...came('http'), on })).status, 308)
    assert.notEqual((await call('GET', '/api/health/', { ...came('http'), on })).status, 308)
  })

  test('stays where nobody wished for it, or no proxy is trusted', async () => {
    for (const otherwise of [{ HTTPS_REDIRECT: false }, { TRUST_PROXY: '' }, { PUBLIC_URL: 'http://shop.example' }]) {
      const on = await contract.openWith({ ...config, ...otherwise })
      assert.equal((await call('GET', '/api/v1/things/', { ...came('http'), on })).status, 200)
    }
  })
})
