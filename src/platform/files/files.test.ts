import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { contentName, type FileStore, nameAt, openFileStore } from '#platform/files'
import { openLog } from '#platform/log'

let directory: string
let root: string
let files: FileStore
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'souk-files-'))
  root = join(directory, 'files')
  files = openFileStore({ url: '', dataDirectory: directory, log: openLog('silent') })
})
after(() => rm(directory, { recursive: true }))

const read = async (name: string) => {
  const file = await files.open(name)
  return file && { bytes: file.bytes, text: String(await buffer(file.stream)) }
}

test('a file is named for its label and its content', () => {
  const name = contentName('products', 'Blue  Vase, “Ögü”', 'one', 'webp')
  assert.match(name, /^products\/blue-vase-o-gu-[0-9a-f]{16}\.webp$/)
  assert.equal(contentName('products', 'Blue  Vase, “Ögü”', Buffer.from('one'), 'webp'), name)
  assert.notEqual(contentName('products', 'Blue  Vase, “Ögü”', 'two', 'webp'), name)
  assert.match(contentName('products', '花瓶', 'one', 'png'), /^products\/file-[0-9a-f]{16}\.png$/)
})

test('an address of ours tells the name of the file, any other tells none', () => {
  assert.equal(nameAt('/files/products/vase-1.webp'), 'products/vase-1.webp')
  for (const address of ['https://shop.example/files/a.webp', '/files/../a.webp', '/files/', '/a.webp', '', 'a.webp'])
    assert.equal(nameAt(address), undefined, address)
})

test('a file is there as a whole, and nothing is left beside it', async () => {
  const name = contentName('products', 'vase', 'content', 'webp')
  assert.equal(await files.open(name), undefined)
  const addresses = await Promise.all(Array.from({ length: 8 }, () => files.save(name, Buffer.from('content'))))
  assert.deepEqual(new Set(addresses), new Set([`/files/${name}`]))
  assert.deepEqual(await read(name), { bytes: 7, text: 'content' })
  assert.equal((await readdir(join(root, 'products'))).length, 1)
  assert.deepEqual(await files.find(name), { bytes: 7 })
  await files.remove(name)
  await files.remove(name)
  assert.equal(await files.find(name), undefined)
})

test('what cannot be kept leaves nothing behind', async () => {
  const name = 'products/in-the-way.webp'
  await mkdir(join(root, name), { recursive: true })
  await assert.rejects(files.save(name, Buffer.from('x')))
  assert.deepEqual(await readdir(join(root, 'products')), ['in-the-way.webp'])
  assert.equal(await files.open(name), undefined)
  await writeFile(join(root, 'plain.webp'), '')
  assert.equal(await files.open('plain.webp/x.webp'), undefined)
})

test('a name that leads out of the folder, hides, or is of another kind, is refused', async () => {
  for (const name of [
    '../x.webp',
    'a/../../x.webp',
    '/etc/passwd.webp',
    '.hidden.webp',
    'a/.b.webp',
    'a//b.webp',
    'a\\b.webp',
    'a\0.webp',
    'a.html',
    'a.svg',
    'constructor',
  ]) {
    await assert.rejects(files.save(name, Buffer.from('x')), /not the name/)
    await assert.rejects(files.remove(name), /not the name/)
    assert.equal(await files.find(name), undefined)
    assert.equal(await files.open(name), undefined)
  }
})
