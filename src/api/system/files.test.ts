import assert from 'node:assert/strict'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { contentName, publicFilesDirectory, saveFile } from '#platform/files'
import { openTestServer, type TestServer } from '../../../test/server.ts'

let directory: string
let souk: TestServer
let address: string
const bytes = Buffer.from('RIFF....WEBPVP8 a picture')

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'souk-served-'))
  souk = await openTestServer({ DATA_DIRECTORY: directory })
  const root = publicFilesDirectory(directory)
  address = await saveFile(root, contentName('products', 'vase', bytes, 'webp'), bytes)
})
after(async () => {
  await souk.close()
  await rm(directory, { recursive: true })
})

test('V1-204 a picture is served with its content type, to be kept for good', async () => {
  const answer = await souk.call('GET', address)
  assert.equal(answer.status, 200)
  assert.deepEqual(answer.body, bytes)
  assert.equal(answer.headers['content-type'], 'image/webp')
  assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  assert.equal(answer.statements, 0)
})

test('V1-204 a picture is not sent again to who has it, and odd conditions are no fault of ours', async () => {
  const { headers } = await souk.call('GET', address)
  const again = await souk.call('GET', address, { headers: { 'if-none-match': String(headers.etag) } })
  assert.equal(again.status, 304)
  assert.equal(again.headers['cache-control'], 'public, max-age=31536000, immutable')
  const part = await souk.call('GET', address, { headers: { range: 'bytes=900-' } })
  assert.equal(part.status, 200)
  const changed = await souk.call('GET', address, { headers: { 'if-match': '"another"' } })
  assert.equal(changed.status, 400)
  assert.notEqual(changed.headers['cache-control'], 'public, max-age=31536000, immutable')
})

test('V1-011 a picture can only be fetched', async () => {
  const answer = await souk.call('DELETE', address)
  assert.equal(answer.status, 405)
  assert.equal(answer.headers.allow, 'GET, HEAD, OPTIONS')
})

test('V1-204 what is not there is 404 in JSON, whatever the name', async () => {
  await symlink('/etc', join(publicFilesDirectory(directory), 'etc'))
  const root = publicFilesDirectory(directory)
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
    'x'.repeat(5000),
  ]
  for (const name of names) {
    const { status, body, headers } = await souk.call('GET', `/files/${name}`)
    assert.equal(status, 404, `${root}: ${name}`)
    assert.ok(body.detail, name)
    assert.notEqual(headers['cache-control'], 'public, max-age=31536000, immutable')
  }
})
