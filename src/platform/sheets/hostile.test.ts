/** Files that are made to do harm. */
import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { codeOf, ownTemporaryDirectory, relationsXml, rowsOf, xlsxOf, xlsxParts, zipOf } from './test-sheets.ts'

const temporary = ownTemporaryDirectory()
const row = '<row><c><v>1</v></c></row>'
const sheet = 'xl/worksheets/sheet1.xml'

test('a bomb is refused before it is unpacked: by what it says, by its ratio, by its size', async () => {
  const empty = (mebibytes: number) =>
    Readable.from(['<a>', ...Array<Buffer>(mebibytes).fill(Buffer.alloc(2 ** 20, '<a/>'))])
  const bomb = await buffer(zipOf(xlsxParts('', { over: { [sheet]: empty(600) } })))
  assert.ok(bomb.length < 1e6)
  const before = process.memoryUsage().rss
  assert.equal(await codeOf(bomb), 'sheet_unpacks_too_large')
  // The same, but with a directory that tells a lie about the size.
  const lying = Buffer.from(bomb)
  lying.writeUInt32LE(4000, uncompressedSizeAt(lying, sheet))
  assert.equal(await codeOf(lying), 'sheet_broken')
  assert.equal(
    await codeOf(await buffer(zipOf(xlsxParts('', { over: { [sheet]: empty(20) } })))),
    'sheet_unpacks_too_large',
  )
  assert.ok(process.memoryUsage().rss - before < 150e6)
  const strings = Array.from({ length: 5000 }, (_, index) => `<t>${index * 7919}</t>`)
  assert.equal(await codeOf(await xlsxOf(row, { strings }), { maxUnpackedBytes: 50_000 }), 'sheet_unpacks_too_large')
})

test('parts that only list other parts stay small', async () => {
  const many = Array.from(
    { length: 100_000 },
    (_, index) => `<Relationship Id="${index}" Type="a/b" Target="c${index}"/>`,
  )
  const over = { 'xl/_rels/workbook.xml.rels': `<Relationships>${many.join('')}</Relationships>` }
  assert.equal(await codeOf(await xlsxOf(row, { over })), 'sheet_unpacks_too_large')
})

test('entities, document types and external references are refused and never followed', async () => {
  const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>`
  const outside = `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>`
  const asSheet = (xml: string) => xlsxOf('', { over: { [sheet]: xml } })
  const text = (inside: string) =>
    `<worksheet><sheetData><row><c t="str"><v>${inside}</v></c></row></sheetData></worksheet>`
  for (const xml of [laughs + text('&b;'), outside + text('&a;'), laughs + text('x'), text('&a;'), text('&#0;')]) {
    assert.equal(await codeOf(await asSheet(xml)), 'sheet_broken', xml)
  }
  const over = {
    'xl/_rels/workbook.xml.rels': relationsXml([
      'r1',
      'worksheet',
      'http://127.0.0.1:1/x.xml',
      'TargetMode="External"',
    ]),
  }
  assert.equal(await codeOf(await xlsxOf(row, { over })), 'not_a_sheet')
})

test('names lead nowhere outside of the file', async () => {
  const to = (target: string) => ({ over: { 'xl/_rels/workbook.xml.rels': relationsXml(['r1', 'worksheet', target]) } })
  for (const target of ['../../../../etc/passwd', '/etc/passwd', 'file:///etc/passwd', '..\\..\\x', '']) {
    assert.equal(await codeOf(await xlsxOf(row, to(target))), 'sheet_broken', target)
  }
  const climbing = await xlsxOf(row, { over: { 'xx/climb.xml': 'x' } })
  const renamed = Buffer.from(climbing.toString('latin1').replaceAll('xx/climb.xml', '../climb.xml'), 'latin1')
  assert.equal(await codeOf(renamed), 'sheet_broken')
})

test('a directory that contradicts itself is refused', async () => {
  const twice = await xlsxOf(row, { over: { 'xl/worksheets/sheet2.xml': '<worksheet/>' } })
  const same = Buffer.from(twice.toString('latin1').replaceAll('sheet2.xml', 'SHEET1.xml'), 'latin1')
  assert.equal(await codeOf(same), 'sheet_broken')
  const file = await xlsxOf(row)
  const encrypted = Buffer.from(file)
  const flags = uncompressedSizeAt(file, sheet) - 16
  encrypted.writeUInt16LE(encrypted.readUInt16LE(flags) | 1, flags)
  assert.equal(await codeOf(encrypted), 'sheet_broken')
  const changed = Buffer.from(file)
  changed.writeUInt32LE(1, uncompressedSizeAt(file, sheet) - 8)
  assert.equal(await codeOf(changed), 'sheet_broken')
})

test('an offset that no file has ends the reading and not the process', async () => {
  const locator = Buffer.alloc(20, 0xff)
  locator.writeUInt32LE(0x07064b50, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  assert.equal(await codeOf(Buffer.concat([Buffer.from('PK\x03\x04'), locator, end])), 'sheet_broken')
  const record = Buffer.alloc(56, 0xff)
  record.writeUInt32LE(0x06064b50, 0)
  record.writeUInt32LE(0, 16)
  record.writeBigUInt64LE(1n, 32)
  locator.writeBigUInt64LE(4n, 8)
  assert.equal(await codeOf(Buffer.concat([Buffer.from('PK\x03\x04'), record, locator, end])), 'sheet_broken')
})

test('XML without an end, without a bottom, out of order or of another encoding is refused', async () => {
  const endless = `<worksheet><sheetData><row><c a="${'x'.repeat(3_000_000)}"/></row></sheetData></worksheet>`
  const deep = `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`
  const cut = '<worksheet><sheetData><row><c><v>1</v></c></row>'
  const latin = Buffer.from(
    '<worksheet><sheetData><row><c t="str"><v>\u00fc</v></c></row></sheetData></worksheet>',
    'latin1',
  )
  const rows = (xml: string) => `<worksheet><sheetData>${xml}</sheetData></worksheet>`
  const backwards = [
    rows('<row r="2"/><row r="2"/>'),
    rows('<row r="1e9"/>'),
    rows('<row r="0"/>'),
    rows('<row r="x"/>'),
  ]
  const cells = [
    '<c r="B1"/><c r="A1"/>',
    '<c r="ZZZZ1"/>',
    '<c r="1"/>',
    '<c t="s"><v>7</v></c>',
    '<c t="s"><v>x</v></c>',
  ]
  const others = ['', 'text', '<a></b>', '<a/><b/>', ...cells.map((cell) => rows(`<row>${cell}</row>`))]
  for (const xml of [endless, deep, cut, latin, ...backwards, ...others]) {
    assert.equal(await codeOf(await xlsxOf('', { over: { [sheet]: xml } })), 'sheet_broken', String(xml).slice(0, 80))
  }
})

test('nothing is left behind', async () => {
  assert.equal((await rowsOf(await xlsxOf(row))).length, 1)
  assert.deepEqual(temporary.left(), [])
})

/** Where the directory of a zip file says how large a part is. */
function uncompressedSizeAt(file: Buffer, name: string): number {
  for (let at = file.indexOf('PK\x01\x02'); at >= 0; at = file.indexOf('PK\x01\x02', at + 1)) {
    if (file.subarray(at + 46, at + 46 + name.length).toString() === name) return at + 24
  }
  throw new Error(`there is no ${name}`)
}
