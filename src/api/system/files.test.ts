import assert from 'node:assert/strict'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { contentName } from '#platform/files'
import { openS3Double, type S3Double } from '../../../test/s3-double.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let directory: string
let s3: S3Double
const servers: { disk: TestServer; bucket: TestServer } = {} as never
const bytes = Buffer.from('RIFF....WEBPVP8 a picture')
const name = contentName('products', 'vase', bytes, 'webp')
const address = `/files/${name}`
const FOR_GOOD = 'public, max-age=31536000, immutable'

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'souk-served-'))
  s3 = await openS3Double()
  servers.disk = await openTestServer({ DATA_DIRECTORY: directory })
  servers.bucket = await openTestServer({ DATA_DIRECTORY: directory, FILES_URL: s3.url })
  for (const { shop } of Object.values(servers)) assert.equal(await shop.files.save(name, bytes), address)
})
after(async () => {
  for (const server of Object.values(servers)) await server.close()
  await s3.close()
  await rm(directory, { recursive: true })
})

for (const place of ['disk', 'bucket'] as const) {
  test(`V1-204 a picture in the ${place} is served with its content type, to be kept for good`, async () => {
    const answer = await servers[place].call('GET', address)
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.body, bytes)
    assert.equal(answer.headers['content-type'], 'image/webp')
    assert.equal(answer.headers['content-length'], String(bytes.length))
    assert.equal(answer.headers['cache-control'], FOR_GOOD)
    assert.equal(answer.headers['x-content-type-options'], 'nosniff')
    assert.equal(answer.statements, 0)
    const head = await servers[place].server.inject({ method: 'HEAD', url: address })
    assert.deepEqual([head.statusCode, head.body, head.headers['content-length']], [200, '', String(bytes.length)])
    assert.deepEqual([head.headers.etag, head.headers['content-type']], [answer.headers.etag, 'image/webp'])
  })

  test(`V1-204 a picture in the ${place} is not sent again to who has it, and odd conditions are no fault of ours`, async () => {
    const { call, server } = servers[place]
    const { etag } = (await call('GET', address)).headers
    for (const known of [`${etag}`, `W/${etag}`, `"other", ${etag}`, '*']) {
      for (const method of ['GET', 'HEAD'] as const) {
        const again = await server.inject({ method, url: address, headers: { 'if-none-match': known } })
        assert.deepEqual([again.statusCode, again.body], [304, ''], known)
        assert.deepEqual([again.headers['cache-control'], again.headers.etag], [FOR_GOOD, etag])
      }
    }
    assert.equal((await call('GET', address, { headers: { 'if-none-match': '"other"' } })).status, 200)
    assert.equal((await call('GET', '/files/a.webp', { headers: { 'if-none-match': '*' } })).status, 404)
    assert.equal((await call('GET', address, { headers: { range: 'bytes=900-' } })).status, 200)
    assert.equal((await call('GET', address, { headers: { 'if-match': `${etag}` } })).status, 200)
    const changed = await call('GET', address, { headers: { 'if-match': '"another"' } })
    assert.equal(changed.status, 400)
    assert.notEqual(changed.headers['cache-control'], FOR_GOOD)
  })

  test(`V1-011 a picture in the ${place} can only be fetched`, async () => {
    const answer = await servers[place].call('DELETE', address)
    assert.equal(answer.status, 405)
    assert.equal(answer.headers.allow, 'GET, HEAD, OPTIONS')
  })

  test(`V1-204 what is not in the ${place} is 404 in JSON, whatever the name`, async () => {
    await symlink('/etc', join(directory, 'files', 'etc')).catch(() => {})
    const names = [
      'products/none.webp',
      'products',
      'products/',
      '',
      '..%2fsecret-key',
      '../secret-key',
      '%2e%2e/secret-key',
      '.x',
      'etc/passwd',
      '//',
      'a%5cb.webp',
      'a%00.webp',
      'a%zz',
      'constructor',
      'a.html',
      'x'.repeat(5000),
    ]
    for (const name of names) {
      const { status, body, headers } = await servers[place].call('GET', `/files/${name}`)
      assert.equal(status, 404, name)
      assert.ok(body.detail, name)
      assert.notEqual(headers['cache-control'], FOR_GOOD)
      assert.equal(
        (await servers[place].server.inject({ method: 'HEAD', url: `/files/${name}` })).statusCode,
        404,
        name,
      )
    }
  })
}

test('V1-012 a storage that cannot be used is 503, and nothing that caches keep', async () => {
  const lost = await openTestServer({ FILES_URL: s3.url.replace('/pictures', '/elsewhere'), LOG_LEVEL: 'silent' })
  const { status, body, headers } = await lost.call('GET', address)
  assert.deepEqual([status, body], [503, { detail: 'The file storage cannot be used.' }])
  assert.equal(headers['cache-control'], undefined)
  assert.ok(!headers.etag)
  await lost.close()
})
