import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { contentName, findFile, removeFile, saveFile } from '#platform/files'

let root: string
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'souk-files-'))
})
after(() => rm(root, { recursive: true }))

test('a file is named for its label and its content', () => {
  const name = contentName('products', 'Blue  Vase, “Ögü”', 'one', 'webp')
  assert.match(name, /^products\/blue-vase-o-gu-[0-9a-f]{16}\.webp$/)
  assert.equal(contentName('products', 'Blue  Vase, “Ögü”', Buffer.from('one'), 'webp'), name)
  assert.notEqual(contentName('products', 'Blue  Vase, “Ögü”', 'two', 'webp'), name)
  assert.match(contentName('products', '花瓶', 'one', 'png'), /^products\/file-[0-9a-f]{16}\.png$/)
})

test('a file is there as a whole, and nothing is left beside it', async () => {
  const name = contentName('products', 'vase', 'content', 'webp')
  const addresses = await Promise.all(Array.from({ length: 8 }, () => saveFile(root, name, Buffer.from('content'))))
  assert.deepEqual(new Set(addresses), new Set([`/files/${name}`]))
  assert.equal(await readFile(join(root, name), 'utf8'), 'content')
  assert.equal((await readdir(join(root, 'products'))).length, 1)
  assert.equal((await findFile(root, name))?.bytes, 7)
  await removeFile(root, name)
  await removeFile(root, name)
  assert.equal(await findFile(root, name), undefined)
})

test('a name that leads out of the folder, or hides, is refused', async () => {
  for (const name of [
    '../x.webp',
    'a/../../x.webp',
    '/etc/passwd.webp',
    '.hidden.webp',
    'a/.b.webp',
    'a//b.webp',
    'a\\b.webp',
    'a\0.webp',
  ]) {
    await assert.rejects(saveFile(root, name, Buffer.from('x')), /not the name/)
    assert.equal(await findFile(root, name), undefined)
  }
})
