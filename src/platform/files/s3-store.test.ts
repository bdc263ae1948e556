import assert from 'node:assert/strict'
import { buffer, text } from 'node:stream/consumers'
import { after, afterEach, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { contentName, type FileStore } from '#platform/files'
import { openLog } from '#platform/log'
import { KEY, openS3Double, refuse, type S3Double } from '../../../test/s3-double.ts'
import { openS3Store } from './s3-store.ts'

let s3: S3Double
let files: FileStore
const logged: object[] = []
const log = { ...openLog('silent'), error: (fields: object) => void logged.push(fields) }
const WAIT_MS = 400
const NAME = contentName('products', 'vase', 'content', 'webp')
const open = (url: string) => openS3Store(url, log, WAIT_MS)

before(async () => {
  s3 = await openS3Double()
  files = open(s3.url)
  while (s3.asked.length === 0) await sleep(5)
})
after(async () => {
  files.close()
  await s3.close()
})
afterEach(() => {
  s3.objects.clear()
  s3.troubles.length = 0
  s3.asked.length = 0
  logged.length = 0
})

const SOON = { timeout: 10_000 }
const isUnavailable = { code: 'storage_unavailable', kind: 'unavailable' }

test('what is kept in a bucket is signed, and found again', async () => {
  assert.equal(await files.find(NAME), undefined)
  assert.equal(await files.open(NAME), undefined)
  assert.equal(await files.save(NAME, Buffer.from('content')), `/files/${NAME}`)
  assert.deepEqual(s3.objects.get(NAME), {
    bytes: Buffer.from('content'),
    headers: { 'content-type': 'image/webp', 'cache-control': 'public, max-age=31536000, immutable' },
  })
  assert.deepEqual(await files.find(NAME), { bytes: 7 })
  const file = await files.open(NAME)
  assert.deepEqual([file?.bytes, await text(file!.stream)], [7, 'content'])
  await files.remove(NAME)
  await files.remove(NAME)
  assert.equal(s3.objects.size, 0)
  assert.deepEqual(logged, [])
})

test('a name that is not ours is asked of nobody', async () => {
  for (const name of ['../x.webp', 'a/../../x.webp', '', 'a.html', 'a.webp?acl']) {
    assert.equal(await files.find(name), undefined)
    assert.equal(await files.open(name), undefined)
    await assert.rejects(files.save(name, Buffer.from('x')), /not the name/)
    await assert.rejects(files.remove(name), /not the name/)
  }
  assert.deepEqual(s3.asked, [])
})

test('a storage that fails for a moment is asked again', async () => {
  s3.troubles.push(
    (_, response) => refuse(response, 503, 'SlowDown'),
    (request) => request.destroy(),
  )
  await files.save(NAME, Buffer.from('content'))
  assert.equal(s3.objects.size, 1)
  assert.equal(s3.asked.length, 3)
  assert.deepEqual(logged, [])
})

test('a storage that goes on failing is told in the log, and refused', async () => {
  for (let tries = 0; tries < 3; tries += 1) s3.troubles.push((_, response) => refuse(response, 500, 'InternalError'))
  await assert.rejects(files.save(NAME, Buffer.from('x')), isUnavailable)
  assert.deepEqual(logged, [{ method: 'PUT', asked: NAME, reason: '500 InternalError' }])
})

test('a storage that does not answer is not waited for without end', async () => {
  for (let tries = 0; tries < 3; tries += 1) s3.troubles.push(() => {})
  const began = Date.now()
  await assert.rejects(files.find(NAME), isUnavailable)
  assert.ok(Date.now() - began < 3 * WAIT_MS + 2000)
  assert.deepEqual(logged, [{ method: 'HEAD', asked: NAME, reason: `no answer within ${WAIT_MS} ms` }])
})

test('a storage that falls silent in the middle breaks off; a slow one, and a slow reader, do not', async () => {
  const begin = (response: import('node:http').ServerResponse) => {
    response.writeHead(200, { 'content-length': 20 })
    response.write('0123456789')
  }
  s3.troubles.push((_, response) => begin(response))
  const silent = await files.open(NAME)
  await assert.rejects(buffer(silent!.stream), /silent/)
  s3.troubles.push((_, response) => {
    begin(response)
    setTimeout(() => response.end('0123456789'), WAIT_MS / 2)
  })
  const slow = await files.open(NAME)
  await sleep(WAIT_MS * 1.5)
  assert.equal((await buffer(slow!.stream)).length, 20)
})

test('a file that nobody reads to its end is let go at once', SOON, async () => {
  const patient = openS3Store(s3.url, log, 60_000)
  let closed = false
  await patient.find(NAME)
  // The store asks for its bucket when it is opened: that request must not meet the trouble meant for the file.
  while (s3.asked.length < 2) await sleep(5)
  s3.troubles.push((request, response) => {
    response.writeHead(200, { 'content-length': 2_000_000 }).write(Buffer.alloc(1000))
    request.socket.once('close', () => {
      closed = true
    })
  })
  const file = await patient.open(NAME)
  file!.stream.resume()
  await sleep(20)
  file!.stream.destroy()
  while (!closed) await sleep(10)
  patient.close()
})

test('a missing bucket, a wrong key and another region are no missing file', async () => {
  const wrongs: [string, string, string][] = [
    [s3.url.replace('/pictures', '/elsewhere'), 'GET', '404 NoSuchBucket'],
    [s3.url.replace(KEY, 'SOMEBODY'), 'PUT', '403 InvalidAccessKeyId'],
    [s3.url.replace(`${KEY}:`, `${KEY}:x`), 'PUT', '403 SignatureDoesNotMatch'],
    [s3.url.replace('eu-central-1', 'mars'), 'PUT', '403 AuthorizationHeaderMalformed'],
  ]
  for (const [url, method, reason] of wrongs) {
    const wrong = open(url)
    await assert.rejects(method === 'GET' ? wrong.open(NAME) : wrong.save(NAME, Buffer.from('x')), isUnavailable)
    // Said twice: when it was opened, and now.
    while (logged.length < 2) await sleep(5)
    assert.deepEqual(
      logged.splice(0).filter((line) => (line as { asked: string }).asked === NAME),
      [{ method, asked: NAME, reason }],
    )
    wrong.close()
  }
})

test('an address that redirects is not followed', async () => {
  s3.troubles.push((_, response) => {
    response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end()
  })
  await assert.rejects(files.open(NAME), isUnavailable)
  assert.deepEqual(logged, [{ method: 'GET', asked: NAME, reason: '307' }])
})

test('a bucket that cannot be used is told at once; a store that is closed says nothing more', SOON, async () => {
  const wrong = open(s3.url.replace('/pictures', '/elsewhere'))
  while (logged.length === 0) await sleep(10)
  assert.deepEqual(logged.splice(0), [{ method: 'GET', asked: '?list-type=2&max-keys=0', reason: '404 NoSuchBucket' }])
  wrong.close()
  await assert.rejects(wrong.find(NAME), isUnavailable)
  assert.deepEqual(logged, [])
})
