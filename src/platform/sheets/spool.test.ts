import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { refusalOf } from '../../../test/refusals.ts'
import { spool } from './index.ts'
import { asStream, ownTemporaryDirectory } from './test-sheets.ts'

const temporary = ownTemporaryDirectory()

test('an upload lies in a file that is ours alone, until it is removed', async () => {
  const { path, bytes, remove } = await spool(asStream('hello'), 5)
  assert.equal(bytes, 5)
  assert.equal(readFileSync(path, 'utf8'), 'hello')
  if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600)
  await remove()
  await remove()
  assert.deepEqual(temporary.left(), [])
})

test('one that is too large is refused while it comes, and leaves no file', async () => {
  let given = 0
  const endless = Readable.from(
    (function* () {
      for (;;) {
        given++
        yield Buffer.alloc(1000)
      }
    })(),
  )
  const refusal = await refusalOf(spool(endless, 10_000))
  assert.deepEqual([refusal.code, refusal.kind, refusal.details.maxBytes], ['body_too_large', 'invalid', 10_000])
  assert.ok(given < 100 && endless.destroyed)
  assert.deepEqual(temporary.left(), [])
})

test('one that breaks off leaves no file, and says why', async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('a,b')
      throw new Error('the client is gone')
    })(),
  )
  await assert.rejects(spool(broken, 10_000), /the client is gone/)
  assert.deepEqual(temporary.left(), [])
})
