import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { parse } from 'yaml'
import { openDatabase } from '#platform/database'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { buildServer } from '../index.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
})
after(() => server.close())

const ask = async (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') => {
  const answer = await server.server.inject({ method, url, headers })
  return { status: answer.statusCode, headers: answer.headers, text: answer.body }
}

describe('V1-031 health', () => {
  test('says that all is well, with one statement and without sign-in', async () => {
    const { status, body, statements, headers } = await server.call('GET', '/api/health/')
    assert.equal(status, 200)
    const { timestamp, version, ...rest } = body
    assert.deepEqual(rest, { status: 'healthy', database: 'connected' })
    assert.ok(Math.abs(Date.parse(timestamp) - Date.now()) < 5000)
    assert.match(timestamp, /Z$/)
    assert.match(version, /^\d+\.\d+\.\d+/)
    assert.equal(statements, 1)
    assert.equal(headers['cache-control'], 'no-store')
  })

  test('answers HEAD, with and without the slash', async () => {
    for (const url of ['/api/health/', '/api/health']) {
      const { status, text } = await ask(url, {}, 'HEAD')
      assert.deepEqual([status, text], [200, ''])
    }
  })

  test('says 503 when the database is down', async () => {
    const db = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/nothing' })
    const alone = await buildServer({ ...server.shop, db })
    const answer = await alone.inject('/api/health/')
    assert.equal(answer.statusCode, 503)
    const { status, database } = answer.json()
    assert.deepEqual([status, database], ['unhealthy', 'disconnected'])
    assert.equal((await alone.inject({ method: 'HEAD', url: '/api/health/' })).statusCode, 503)
    await alone.close()
    await db.destroy()
  })

  test('has no other method', async () => {
    assert.equal((await server.call('POST', '/api/health/')).status, 405)
  })
})

describe('V1-032 the OpenAPI document', () => {
  test('is YAML unless JSON is asked for', async () => {
    const yaml = await ask('/api/schema/')
    assert.match(String(yaml.headers['content-type']), /^application\/vnd\.oai\.openapi;/)
    const document = parse(yaml.text)
    assert.equal(document.openapi, '3.0.3')
    for (const [url, accept] of [
      ['/api/schema/?format=json', '*/*'],
      ['/api/schema/', 'application/json'],
      ['/api/schema/', 'application/vnd.oai.openapi+json'],
    ]) {
      const json = await ask(url!, { accept: accept! })
      assert.match(String(json.headers['content-type']), /^application\/json/)
      assert.deepEqual(JSON.parse(json.text), document)
      assert.match(String(json.headers.vary), /Accept/)
    }
    assert.match((await ask('/api/schema/?format=yaml', { accept: 'application/json' })).text, /^openapi: 3/)
  })

  test('shows the routes with their sign-in, and not those that only refuse a method', async () => {
    const { paths, components } = JSON.parse((await ask('/api/schema/?format=json')).text)
    assert.deepEqual(components.securitySchemes.bearer, { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    assert.deepEqual(paths['/api/v1/users/me/'].get.security, [{ bearer: [] }])
    assert.deepEqual(paths['/api/health/'].get.security, [])
    assert.deepEqual(Object.keys(paths['/api/v1/users/me/']).sort(), ['delete', 'get', 'patch', 'put'])
    assert.equal(paths['/api/docs/'], undefined)
    assert.ok(paths['/api/v1/users/addresses/{id}/'])
  })

  test('names its shapes, and every reference leads to one', async () => {
    const { text } = await ask('/api/schema/?format=json')
    const { components, paths } = JSON.parse(text)
    assert.deepEqual(paths['/api/v1/users/addresses/{id}/'].get.responses[200].content['application/json'].schema, {
      $ref: '#/components/schemas/Address',
    })
    assert.equal(components.schemas.Address.properties.phone.nullable, true)
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      assert.ok(components.schemas[name!], name)
    assert.doesNotMatch(text, /"\$id"|def-\d|"exclusiveMinimum":\d|"type":"null"|"type":\[/)
  })

  test('narrows to a surface, or says which there are', async () => {
    const whole = JSON.parse((await ask('/api/schema/?format=json')).text)
    const v1 = JSON.parse((await ask('/api/schema/?format=json&surface=v1')).text)
    assert.ok(v1.paths['/api/v1/users/me/'] && v1.paths['/api/health/'])
    const nexus = JSON.parse((await ask('/api/schema/?format=json&surface=nexus')).text)
    assert.equal(nexus.paths['/api/v1/users/me/'], undefined)
    assert.equal(nexus.components.schemas.Address, undefined)
    assert.ok(Object.keys(whole.paths).length >= Object.keys(v1.paths).length)
    assert.deepEqual((await server.call('GET', '/api/schema/?surface=moon')).body, {
      surface: ['"moon" is not a valid choice.'],
    })
  })
})

describe('V1-033 V1-034 NX-008 the pages', () => {
  const pages = {
    '/api/docs/': 'swagger-ui',
    '/api/redoc/': 'redoc',
    '/swagger/': 'swagger-ui',
    '/redoc/': 'redoc',
    '/': 'swagger-ui',
  }

  for (const [url, name] of Object.entries(pages)) {
    test(`${url} is HTML that loads only what this host serves`, async () => {
      const { status, headers, text } = await ask(url)
      assert.equal(status, 200)
      assert.match(String(headers['content-type']), /^text\/html/)
      assert.match(text, new RegExp(name))
      assert.doesNotMatch(text, /https?:|"\/\//)
      assert.doesNotMatch(text, /<script(?![^>]* src=)|\son\w+=/)
      for (const [, file] of text.matchAll(/(?:src|href)="([^"]+)"/g)) {
        const found = await ask(file!)
        assert.equal(found.status, 200, file)
        assert.match(String(found.headers['content-type']), /javascript|css|png/)
      }
    })

    test(`V1-027 ${url} lets in nothing from elsewhere, and no script within the page`, async () => {
      const policy = String((await ask(url)).headers['content-security-policy'])
      const rules = Object.fromEntries(
        policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]),
      )
      assert.equal(rules['default-src'], "'none'")
      assert.equal(rules['script-src'], "'self'")
      assert.equal(rules['connect-src'], "'self'")
      assert.equal(rules['frame-ancestors'], "'none'")
      assert.doesNotMatch(policy, /https?:|\*|unsafe-eval/)
    })
  }

  test('V1-033 Swagger UI shows the operations of each noun when it opens', async () => {
    assert.match((await ask('/api/docs/page.js')).text, /docExpansion: 'list'/)
  })

  test('nothing else of those folders is served', async () => {
    for (const file of [
      'index.html',
      'swagger-ui.js',
      'oauth2-redirect.html',
      '../package.json',
      '..%2fpackage.json',
      '%2e%2e/health.ts',
    ]) {
      assert.equal((await ask(`/api/docs/${file}`)).status, 404, file)
    }
  })

  test('a file that did not change is not sent again', async () => {
    const { headers } = await ask('/api/docs/page.js')
    assert.equal((await ask('/api/docs/page.js', { 'if-none-match': String(headers.etag) })).status, 304)
  })
})
