/** Files of 100,000 rows, each read in a process of its own that tells what it took. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createWriteStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { writeCsv, writeXlsx } from './index.ts'
import { ownTemporaryDirectory, xlsxParts, zipOf } from './test-sheets.ts'

const ROWS = 100_000
const GROWTH_MAX = 150e6
const temporary = ownTemporaryDirectory()
const header = ['name', 'description', 'category_id', 'inventory', 'price_weights']
const words = 'Leaves of the second harvest, dried in the shade, with a note of malt and honey. '
const sayings = (row: number) => `${row}: ${words.repeat(5)}`

function* products() {
  yield header
  for (let row = 0; row < ROWS; row++) yield [`Tea ${row}`, sayings(row), '001', row, '10.00-100g,20.00-200g']
}

const READER = `
const { readSheet, readTable } = await import(process.argv[1])
const read = async (path) => {
  let rows = 0, peak = 0, ends = ''
  for await (const { row, values } of readTable(readSheet(path), { required: ['name', 'description', 'price_weights'] })) {
    rows++
    ends = row + values.name + values.description.length
    if (rows % 1000 === 0) peak = Math.max(peak, process.memoryUsage().rss)
  }
  return { rows, peak, ends }
}
gc()
const before = process.memoryUsage().rss
const begun = performance.now()
const told = await read(process.argv[2])
console.log(JSON.stringify({ ...told, growth: told.peak - before, ms: performance.now() - begun }))`

async function readInChild(path: string) {
  const index = new URL('./index.ts', import.meta.url).href
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    '--input-type=module',
    '-e',
    READER,
    index,
    path,
  ])
  return JSON.parse(stdout) as { rows: number; ends: string; growth: number; ms: number }
}

const writers: Record<string, () => Readable> = {
  CSV: () => writeCsv(products()),
  'xlsx with its texts in the cells': () => writeXlsx(products()),
  'xlsx with shared strings, as Excel writes it': () => zipOf(sharedParts()),
}

for (const [kind, write] of Object.entries(writers)) {
  test(`${ROWS} rows of a ${kind} are read in bounded memory`, { timeout: 120_000 }, async (context) => {
    const path = join(temporary.path, 'sheet')
    const begun = performance.now()
    await pipeline(write(), createWriteStream(path))
    const writeMs = performance.now() - begun
    const { rows, ends, growth, ms } = await readInChild(path)
    assert.equal(rows, ROWS)
    assert.equal(ends, `${ROWS + 1}Tea ${ROWS - 1}${sayings(ROWS - 1).length}`)
    const rate = (took: number) => Math.round(ROWS / (took / 1000))
    context.diagnostic(
      `${Math.round(statSync(path).size / 1e6)} MB; written ${rate(writeMs)} rows/s, read ${rate(ms)} rows/s, ${Math.round(growth / 1e6)} MB more memory`,
    )
    assert.ok(growth < GROWTH_MAX, `memory grew by ${Math.round(growth / 1e6)} MB`)
    assert.deepEqual(temporary.left(), ['sheet'])
  })
}

/** Texts of 40 MB, numbered as they come in the cells. */
function sharedParts() {
  function* stringsXml() {
    yield '<sst>'
    for (const name of header) yield `<si><t>${name}</t></si>`
    for (let row = 0; row < ROWS; row++) yield `<si><t>Tea ${row}</t></si><si><t>${sayings(row)}</t></si>`
    yield '</sst>'
  }
  function* sheetXml() {
    yield '<worksheet><sheetData><row r="1">'
    yield `${header.map((_, index) => `<c t="s"><v>${index}</v></c>`).join('')}</row>`
    for (let row = 0; row < ROWS; row++) {
      const string = (index: number) => `<c t="s"><v>${index}</v></c>`
      const first = header.length + 2 * row
      yield `<row r="${row + 2}">${string(first)}${string(first + 1)}${string(2)}<c><v>${row}</v></c>${string(4)}</row>`
    }
    yield '</sheetData></worksheet>'
  }
  const stream = (xml: Iterable<string>) => Readable.from(xml, { objectMode: false })
  return xlsxParts('', {
    over: { 'xl/sharedStrings.xml': stream(stringsXml()), 'xl/worksheets/sheet1.xml': stream(sheetXml()) },
  })
}
