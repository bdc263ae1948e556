import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { type FileStore, nameAt, openFileStore } from '#platform/files'
import { openLog } from '#platform/log'
import { keepPicture, makeRenditions, readPicture, removePictureFiles, renditionAt } from '#platform/pictures'
import { draw, promisePng } from '../../../test/pictures.ts'

let directory: string
let files: FileStore
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'souk-pictures-'))
  files = openFileStore({ url: '', dataDirectory: directory, log: openLog('silent') })
})
after(() => rm(directory, { recursive: true }))

const KINDS = ['png', 'jpeg', 'webp', 'gif'] as const
const refused = (code: string) => ({ name: 'Refusal', kind: 'invalid', code })

const fill = (background: string, width = 40, height = 20) =>
  sharp({ create: { width, height, channels: 3, background } })

async function colourAt(bytes: Buffer, left: number, top: number): Promise<'red' | 'blue' | 'other'> {
  const [red = 0, , blue = 0] = await sharp(bytes)
    .extract({ left, top, width: 1, height: 1 })
    .removeAlpha()
    .raw()
    .toBuffer()
  if (red > 200 && blue < 60) return 'red'
  return blue > 200 && red < 60 ? 'blue' : 'other'
}

test('V1-204 the four kinds are read by their content and become WebP of the same size', async () => {
  for (const kind of KINDS) {
    const { bytes, width, height } = await readPicture(await draw(kind))
    assert.deepEqual([width, height], [40, 20], kind)
    assert.equal((await sharp(bytes).metadata()).format, 'webp')
    assert.deepEqual([await colourAt(bytes, 4, 4), await colourAt(bytes, 30, 15)], ['red', 'blue'], kind)
  }
})

test('a picture is at most 2400 pixels wide and high', async () => {
  const wide = await readPicture(await draw('jpeg', { width: 4000, height: 1000 }))
  assert.deepEqual([wide.width, wide.height], [2400, 600])
  const high = await readPicture(await draw('png', { width: 1, height: 20_000 }))
  assert.deepEqual([high.width, high.height], [1, 2400])
})

test('MP-207 nothing but what is to be seen is left of a file; it is turned upright', async () => {
  const sent = await draw('jpeg', { orientation: 6 })
  assert.ok((await sharp(sent).metadata()).exif, 'what is sent says where it was taken')
  const { bytes, width, height } = await readPicture(sent)
  assert.deepEqual([width, height], [20, 40])
  const { exif, xmp, iptc, icc, orientation } = await sharp(bytes).metadata()
  assert.deepEqual([exif, xmp, iptc, icc, orientation], [undefined, undefined, undefined, undefined, undefined])
  assert.ok(!bytes.includes('a secret'))
  // The red quarter was at the upper left; turned to the right it is at the upper right.
  assert.deepEqual([await colourAt(bytes, 15, 4), await colourAt(bytes, 4, 4)], ['red', 'blue'])
})

test('other colours, and the first picture of an animation, are read as well', async () => {
  const grey = await sharp(await draw('png'))
    .greyscale()
    .png({ palette: true })
    .toBuffer()
  const deep = await sharp(await draw('png'))
    .toColourspace('rgb16')
    .png()
    .toBuffer()
  const print = await sharp(await draw('png'))
    .toColourspace('cmyk')
    .jpeg()
    .toBuffer()
  for (const sent of [grey, deep, print]) assert.equal((await readPicture(sent)).width, 40)
  const frames = await Promise.all(['red', 'lime', 'blue'].map((colour) => fill(colour).png().toBuffer()))
  for (const kind of ['gif', 'webp'] as const) {
    const animated = await sharp(frames, { join: { animated: true } })
      .toFormat(kind)
      .toBuffer()
    assert.equal((await sharp(animated).metadata()).pages, 3)
    const { bytes, height } = await readPicture(animated)
    assert.deepEqual([height, (await sharp(bytes).metadata()).pages ?? 1], [20, 1])
  }
})

test('V1-204 what is no picture of these kinds is refused, whatever it begins with', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
  const nothings = [
    Buffer.alloc(0),
    Buffer.alloc(1000),
    Buffer.from(svg),
    Buffer.from('<!doctype html><script>alert(1)</script>'),
    Buffer.from('%PDF-1.7\n'),
    Buffer.from('GIF89a/*<script>*/=alert(1)//'),
    await draw('tiff'),
    await draw('avif'),
    ...['\x89PNG\r\n\x1a\n', '\xff\xd8\xff\xe0', 'RIFF\x10\0\0\0WEBPVP8 ', 'GIF89a'].flatMap((beginning) => [
      Buffer.from(beginning, 'latin1'),
      Buffer.concat([Buffer.from(beginning, 'latin1'), randomBytes(500)]),
      Buffer.concat([Buffer.from(beginning, 'latin1'), Buffer.from(svg)]),
    ]),
  ]
  for (const bytes of nothings)
    await assert.rejects(readPicture(bytes), refused('not_an_image'), bytes.toString('latin1', 0, 40))
  for (let length = 1; length < 200; length += 13)
    await assert.rejects(readPicture(randomBytes(length)), refused('not_an_image'))
})

test('V1-204 a file that was cut off anywhere is refused', async () => {
  for (const kind of KINDS) {
    const whole = await draw(kind, { width: 300, height: 200 })
    for (const part of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const bytes = whole.subarray(0, Math.floor(whole.length * part))
      await assert.rejects(readPicture(bytes), refused('not_an_image'), `${kind} to ${part}`)
    }
  }
})

test('damaged files are refused or harmless, never a fault of ours', async () => {
  for (const kind of KINDS) {
    const whole = await draw(kind, { width: 60, height: 40 })
    for (let round = 0; round < 60; round += 1) {
      const bytes = Buffer.from(whole)
      for (let flips = 0; flips < 4; flips += 1) bytes[Math.floor(Math.random() * bytes.length)] = Math.random() * 256
      const { width } = await readPicture(bytes).catch((error) => {
        assert.match(error.code, /^(not_an_image|picture_too_large)$/)
        return { width: 0 }
      })
      assert.ok(width <= 2400)
    }
  }
})

test('V1-204 a picture of too many pixels is refused by its head alone', async () => {
  const began = process.memoryUsage().rss
  const beganAt = Date.now()
  for (const [width, height] of [
    [8000, 6251],
    [2_100_000, 20],
    [20, 20_001],
  ] as const)
    await assert.rejects(readPicture(await promisePng(width, height)), refused('picture_too_large'))
  // Wider than a PNG may be.
  await assert.rejects(readPicture(await promisePng(4_294_967_295, 1)), refused('not_an_image'))
  assert.ok(Date.now() - beganAt < 1000)
  await assert.rejects(readPicture(await promisePng(60_000, 60_000)), refused('picture_too_large'))
  // Few bytes, many pixels, all of them there.
  const bomb = await sharp({ create: { width: 9000, height: 6000, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  await assert.rejects(readPicture(bomb), refused('picture_too_large'))
  assert.ok(process.memoryUsage().rss - began < 200_000_000)
})

test('MP-207 what hides behind a picture is not kept', async () => {
  for (const kind of ['png', 'jpeg', 'gif'] as const) {
    const hidden = Buffer.concat([await draw(kind), Buffer.from('<script>alert(1)</script>PK\x03\x04')])
    const { bytes } = await readPicture(hidden)
    assert.ok(!bytes.includes('script') && !bytes.includes('PK\x03\x04'))
  }
})

test('many pictures at once do not take the memory of all of them', async () => {
  // Of all kinds this one needs most: it is whole in memory before its first line is known.
  const large = await fill('red', 8000, 5000).png({ progressive: true }).toBuffer()
  await readPicture(large)
  const before = process.memoryUsage().rss
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 10)
  await Promise.all(Array.from({ length: 4 }, () => readPicture(large)))
  clearInterval(watch)
  assert.ok(most - before < 250_000_000, `${Math.round((most - before) / 1e6)} MB more, all of them have 480`)
})

test('a kept picture has smaller copies beside it, and goes with them', async () => {
  const sent = { bytes: await draw('jpeg', { width: 1000, height: 2000 }), folder: 'products', label: 'Blue vase' }
  const [one, other] = [await keepPicture(files, sent), await keepPicture(files, sent)]
  assert.notEqual(one.address, other.address)
  assert.match(one.address, /^\/files\/products\/blue-vase-[0-9a-f]{16}\.webp$/)
  for (let twice = 0; twice < 2; twice += 1) await makeRenditions(files, one.address, one)
  for (const width of [160, 480, 960]) {
    const copy = await files.open(nameAt(renditionAt(one.address, width))!)
    const { width: actual, height, format } = await sharp(await buffer(copy!.stream)).metadata()
    assert.deepEqual([actual, height, format], [width, width * 2, 'webp'])
  }
  const small = await keepPicture(files, { ...sent, bytes: await draw('png', { width: 300, height: 300 }) })
  await makeRenditions(files, small.address, small)
  assert.deepEqual(await files.find(nameAt(renditionAt(small.address, 480))!), undefined)
  assert.equal((await readdir(join(directory, 'files/products'))).length, 3 + 3 + 1)
  for (let twice = 0; twice < 2; twice += 1) await removePictureFiles(files, one.address)
  assert.equal((await readdir(join(directory, 'files/products'))).length, 3)
  assert.ok(await files.find(nameAt(other.address)!))
  await assert.rejects(makeRenditions(files, one.address, one), /not there/)
  await removePictureFiles(files, 'https://elsewhere.example/a.webp')
})
