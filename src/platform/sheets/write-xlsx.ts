import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { type Cell, cellText } from './write-csv.ts'

type Rows = Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>

const CHUNK_CHARS = 2 ** 16
/** What Excel can show. */
const ROW_MAX = 1_048_576
/** The same rows make the same file. */
const mtime = new Date(Date.UTC(2000, 0, 1))

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const types = 'application/vnd.openxmlformats'

const parts: Record<string, string> = {
  '[Content_Types].xml':
    `<Types xmlns="${packaged}/content-types">` +
    `<Default Extension="rels" ContentType="${types}-package.relationships+xml"/>` +
    `<Override PartName="/xl/workbook.xml" ContentType="${types}-officedocument.spreadsheetml.sheet.main+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}-officedocument.spreadsheetml.worksheet+xml"/>` +
    '</Types>',
  '_rels/.rels':
    `<Relationships xmlns="${packaged}/relationships">` +
    `<Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml':
    `<workbook xmlns="${main}" xmlns:r="${relations}">` +
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    `<Relationships xmlns="${packaged}/relationships">` +
    `<Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
}

/**
 * An Excel file of one sheet. Text stays text, though it may look like a number; numbers are numbers. Guarded and
 * streamed like writeCsv: memory does not grow with the rows. More rows than `maxRows`, or else than Excel can show, end it with an error.
 * SF-489.
 */
export function writeXlsx(rows: Rows, { maxRows = ROW_MAX }: { maxRows?: number } = {}): Readable {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  const sheet = Readable.from(sheetChunks(rows, maxRows), { objectMode: false })
  for (const [name, xml] of Object.entries(parts)) zip.addBuffer(Buffer.from(head + xml), name, { mtime })
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', { mtime })
  zip.end()
  sheet.on('error', (error) => output.destroy(error))
  zip.on('error', (error) => output.destroy(error))
  output.on('close', () => sheet.destroy())
  return output
}

async function* sheetChunks(rows: Rows, maxRows: number): AsyncGenerator<string> {
  let text = `${head}<worksheet xmlns="${main}"><sheetData>`
  let row = 0
  for await (const cells of rows) {
    row++
    if (row > maxRows) throw new Error(`an Excel sheet has no more than ${maxRows} rows`)
    text += `<row r="${row}">${cells.map((cell, place) => writeCell(cell, `${columnName(place)}${row}`)).join('')}</row>`
    if (text.length < CHUNK_CHARS) continue
    yield text
    text = ''
  }
  yield `${text}</sheetData></worksheet>`
}

function writeCell(cell: Cell, at: string): string {
  if (typeof cell === 'number' && Number.isFinite(cell)) return `<c r="${at}"><v>${cell}</v></c>`
  const text = cellText(cell)
  return text === '' ? '' : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escapeText(text)}</t></is></c>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** As Excel does it: what XML cannot hold as _x000D_, and text that looks like that with its underscore as _x005F_. */
function escapeText(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>]/g, (character) => entities[character]!)
    .replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, (character) => {
      return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
    })
}

const names: string[] = []

/** A, B, … Z, AA, AB, … */
function columnName(place: number): string {
  names[place] ??= (place >= 26 ? columnName(Math.floor(place / 26) - 1) : '') + String.fromCharCode(65 + (place % 26))
  return names[place]
}
