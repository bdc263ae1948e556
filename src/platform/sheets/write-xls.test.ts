/** What is written is read by another's reader. */
import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { read, utils } from 'xlsx'
import { type Cell, writeXls } from './index.ts'

async function readBack(rows: Iterable<readonly Cell[]>): Promise<unknown[][]> {
  const bytes = await buffer(await writeXls(rows))
  assert.equal(bytes.subarray(0, 8).toString('hex'), 'd0cf11e0a1b11ae1')
  assert.equal(bytes.length % 512, 0)
  const book = read(bytes)
  return utils.sheet_to_json(book.Sheets[book.SheetNames[0]!]!, { header: 1, defval: '' })
}

test('SF-485 an .xls holds texts and numbers as they were given', async () => {
  const rows = [
    ['number', 'text', 'नमस्ते ₹'],
    [599.99, '00042', 'Käse'],
    [-3, '', { plain: '+919876543210' }],
  ]
  assert.deepEqual(await readBack(rows), [
    ['number', 'text', 'नमस्ते ₹'],
    [599.99, '00042', 'Käse'],
    [-3, '', '+919876543210'],
  ])
})

test('SF-489 a text that Excel would run stands behind an apostrophe', async () => {
  const typed = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx']
  assert.deepEqual(await readBack([typed]), [typed.map((text) => `'${text}`)])
})

test('SF-485 texts that go over the ends of records are read as they were, and one that is too long is cut', async () => {
  const texts = [8211, 8212, 8213, 8214, 8215, 8216, 4100, 4105, 4106, 4107, 4108, 20_000, 32_767].flatMap((length) => [
    'w'.repeat(length),
    'ज'.repeat(length),
    `ab${'₹'.repeat(length - 2)}`,
  ])
  assert.deepEqual(
    await readBack(texts.map((text) => [text])),
    texts.map((text) => [text]),
  )
  assert.deepEqual(await readBack([['x'.repeat(40_000)]]), [['x'.repeat(32_767)]])
})

test('SF-485 a file of many megabytes is read to its last row', async () => {
  function* many() {
    for (let row = 0; row < 20_000; row += 1)
      yield [row, ...Array.from({ length: 8 }, (_, at) => `text ${at} of row ${row}, ऊ`)]
  }
  const rows = await readBack(many())
  assert.equal(rows.length, 20_000)
  assert.deepEqual(rows.at(-1), [19_999, ...Array.from({ length: 8 }, (_, at) => `text ${at} of row 19999, ऊ`)])
})

test('SF-485 more rows than such a sheet has are refused', async () => {
  function* rows(count: number) {
    for (let row = 0; row < count; row += 1) yield [row]
  }
  assert.equal((await readBack(rows(65_536))).length, 65_536)
  await assert.rejects(writeXls(rows(65_537)), { code: 'sheet_too_many_rows', details: { limit: 65_535 } })
})
