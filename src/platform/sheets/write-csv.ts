import { Readable } from 'node:stream'
import { guardText } from './formula-guard.ts'

/**
 * A text; a number, which is written as one; or a text that is nobody's typing and keeps its + or - at the beginning,
 * such as a telephone number (SF-489).
 */
export type Cell = string | number | { plain: string }

const CHUNK_CHARS = 2 ** 16

/**
 * A CSV after RFC 4180: commas, CRLF, UTF-8; `bom` puts the mark at its beginning by which Excel knows that. Text that
 * a spreadsheet would run is written so that it does not, as formula-guard.ts tells, and read back as it was. Reads
 * the rows as fast as it is read itself, and ends them when it is given up. V1-388, SF-489.
 */
export function writeCsv(
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>,
  { bom = false }: { bom?: boolean } = {},
): Readable {
  return Readable.from(chunksOf(rows, bom ? '\ufeff' : ''), { objectMode: false })
}

async function* chunksOf(rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>, start: string) {
  let text = start
  for await (const cells of rows) {
    // A record of one empty cell would be a blank line.
    text += `${cells.map(writeCell).join(',') || '""'}\r\n`
    if (text.length < CHUNK_CHARS) continue
    yield text
    text = ''
  }
  if (text !== '') yield text
}

function writeCell(cell: Cell): string {
  const text = cellText(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** What a cell says, safe for a spreadsheet. */
export function cellText(cell: Cell): string {
  if (typeof cell === 'string') return guardText(cell)
  return typeof cell === 'number' ? String(cell) : cell.plain
}
