import assert from 'node:assert/strict'
import { buffer, text } from 'node:stream/consumers'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { type Cell, readSheet, readTable, writeCsv, writeXlsx } from './index.ts'
import { asStream, cellsOf, codeOf, collect, dice, rowsOf } from './test-sheets.ts'

const writers = { writeCsv, writeXlsx }

test('a CSV after RFC 4180, with the mark that Excel looks for if wanted', async () => {
  const rows: Cell[][] = [['name', 'note'], ['a "b"', 'c,d\ne'], [''], [1.5, -2, { plain: '+49 30' }]]
  assert.equal(await text(writeCsv(rows)), 'name,note\r\n"a ""b""","c,d\ne"\r\n""\r\n1.5,-2,+49 30\r\n')
  assert.equal((await buffer(writeCsv([['é']], { bom: true }))).toString('hex'), 'efbbbfc3a90d0a')
  assert.equal(await text(writeCsv([])), '')
})

test('V1-388 SF-489 what a spreadsheet would run is written so that it does not, and read as it was', async () => {
  const texts = ['=1+1', '+1', '-1', '@x', '\tx', '\rx', "'=1", "''=1", "'", "'x", "''", 'x=1', '=', "'-"]
  const written = parse(await text(writeCsv([texts])))[0] as string[]
  assert.deepEqual(
    written.filter((cell) => /^[=+\-@\t\r]/.test(cell)),
    [],
  )
  assert.deepEqual(written.slice(0, 9), ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx", "''=1", "'''=1", "'"])
  for (const [name, write] of Object.entries(writers)) {
    assert.deepEqual(await cellsOf(await buffer(write([texts]))), [texts], name)
  }
})

test('in an Excel file text stays text and numbers are numbers', async () => {
  const file = await buffer(writeXlsx([['007', 7, '7', '1e5', -0.5, { plain: '+49' }, '', 'end']]))
  assert.deepEqual(await cellsOf(file), [['007', '7', '7', '1e5', '-0.5', '+49', '', 'end']])
  const { read } = await openFirstSheet(file)
  assert.match(read, /<c r="A1" t="inlineStr"><is><t xml:space="preserve">007<\/t><\/is><\/c><c r="B1"><v>7<\/v><\/c>/)
  assert.match(read, /<c r="H1"/)
})

test('the same rows make the same Excel file, byte by byte', async () => {
  const once = await buffer(writeXlsx([['a', 1]]))
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.deepEqual(await buffer(writeXlsx([['a', 1]])), once)
})

test('columns beyond Z have their names', async () => {
  const row = Array.from({ length: 800 }, (_, index) => `c${index}`)
  assert.deepEqual(await cellsOf(await buffer(writeXlsx([row])), { maxColumns: 800 }), [row])
  const { read } = await openFirstSheet(await buffer(writeXlsx([row])))
  for (const at of ['Z1', 'AA1', 'AZ1', 'BA1', 'ZZ1', 'AAA1', 'ADT1']) assert.ok(read.includes(`r="${at}"`), at)
})

for (const [name, write] of Object.entries(writers)) {
  test(`${name}: rows are drawn as they are read, ended when the reader leaves, and their faults are passed on`, async () => {
    let drawn = 0
    let isEnded = false
    async function* endless() {
      try {
        for (;;) {
          drawn++
          yield [
            `${drawn}`,
            Buffer.from(String(Math.sin(drawn)))
              .toString('base64')
              .repeat(20),
          ]
        }
      } finally {
        isEnded = true
      }
    }
    const file = write(endless())
    let bytes = 0
    for await (const chunk of file) {
      bytes += chunk.length
      if (bytes > 100_000) break
    }
    for (let tries = 0; tries < 500 && !isEnded; tries++) await new Promise((resolve) => setTimeout(resolve, 10))
    assert.ok(isEnded)
    assert.ok(drawn < 20_000, `${drawn} rows were drawn`)
    async function* failing() {
      yield ['a']
      throw new Error('the database is gone')
    }
    await assert.rejects(buffer(write(failing())), /the database is gone/)
  })

  test(`${name}: random cells are read as they were written`, async () => {
    const throws = dice(7)
    for (let round = 0; round < 150; round++) {
      const rows = randomRows(throws)
      const file = await buffer(write(rows, { bom: round % 2 === 0 }))
      const read = await collect(readTable(readSheet(asStream(file, 1 + throws(300))), { required: ['a', 'b', 'c'] }))
      assert.deepEqual(
        read.map(({ values }) => Object.values(values)),
        rows.slice(1),
        `round ${round}`,
      )
    }
  })

  test(`${name}: NUL, which no database text can hold, is refused on the way back`, async () => {
    const file = await buffer(write([['a'], ['x\0']]))
    assert.match(await codeOf(file), /^(?:not_a_sheet|sheet_bad_character)$/)
  })
}

test('another program reads our CSV as it was, and we read its', async () => {
  const throws = dice(11)
  for (let round = 0; round < 150; round++) {
    const rows = randomRows(throws)
    // That program knows nothing of the apostrophes, and leaves line breaks without quotes that are not its own.
    const plain = rows.map((row) => row.map((cell) => ({ plain: cell })))
    assert.deepEqual(parse(await text(writeCsv(plain)), { record_delimiter: '\r\n' }), rows)
    const harmless = rows.map((row) => row.map((cell) => cell.replaceAll('\r', '').replace(/^'+(?=[=+\-@\t])/, '')))
    const quoted = round % 2 === 0
    const theirs = stringify(harmless, { quoted, record_delimiter: quoted ? '\r\n' : '\n' })
    assert.deepEqual(await cellsOf(theirs), harmless)
  }
})

test('more rows than Excel can show end with an error', async () => {
  await assert.rejects(buffer(writeXlsx([['a'], ['b'], ['c']], { maxRows: 2 })), /no more than 2 rows/)
})

const letters = [
  'a',
  'Z',
  '0',
  ' ',
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '=',
  '+',
  '-',
  '@',
  "'",
  '_x0041_',
  '_x',
]
const oddLetters = [
  'é',
  '🙂',
  '日本',
  '\u00a0',
  '\u2028',
  '<b>',
  '&amp;',
  ']]>',
  '\u0001',
  '\u001f',
  '\u007f',
  '\u0085',
  '\ufffe',
  '\ufeff',
]

/** A header, and rows of three cells of which the first begins with something that is never blank. */
function randomRows(throws: (below: number) => number): string[][] {
  const alphabet = [...letters, ...oddLetters]
  const cell = () => Array.from({ length: throws(6) }, () => alphabet[throws(alphabet.length)]!).join('')
  const row = () => [`${cell()}.`, cell(), cell()]
  return [['a', 'b', 'c'], ...Array.from({ length: 1 + throws(12) }, row)]
}

async function openFirstSheet(file: Buffer): Promise<{ read: string }> {
  const { fromBufferPromise } = await import('yauzl')
  const zip = await fromBufferPromise(file)
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== 'xl/worksheets/sheet1.xml') continue
    return { read: await text(await zip.openReadStreamPromise(entry)) }
  }
  throw new Error('there is no sheet')
}

test('a file of one text cell is a sheet', async () => {
  assert.deepEqual(await rowsOf(await buffer(writeXlsx([['a']]))), [{ row: 1, cells: ['a'] }])
})
