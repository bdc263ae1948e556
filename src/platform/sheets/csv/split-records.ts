/**
 * Splits the bytes of a CSV (RFC 4180), given chunk by chunk, into records. Lines end with LF, CRLF or CR; a quoted cell
 * keeps its line breaks as they are. Bytes and not characters, because a cell can then be checked for itself, and keeps
 * no more of the file alive than its own text. The package csv-parse has no bound for the number of a row's cells: it
 * takes 800 MB for a file of 25 MB of commas.
 */
import { isUtf8 } from 'node:buffer'
import type { SheetLimits } from '../limits.ts'
import type { SheetRow } from '../read-sheet.ts'
import { badCharacter, cellTooLong, notUtf8, quoteBroken, tooManyColumns } from '../refusals.ts'

const QUOTE = 0x22
const LF = 0x0a
const CR = 0x0d
/** A character is at most so many bytes for each unit that `length` counts. */
const BYTES_PER_UNIT = 3

/** Where in a cell we are: before its first byte, in one without quotes, in a quoted one, after a quote in that. */
type Place = 'before' | 'plain' | 'quoted' | 'after quote'

export type RecordSplitter = { write(chunk: Buffer): void; end(): void }

/** Gives each record to `found`, blank ones too. Refuses broken quotes, bad UTF-8, NUL and whatever exceeds the limits. */
export function splitRecords(
  delimiter: number,
  limits: Pick<SheetLimits, 'maxColumns' | 'maxCellLength'>,
  found: (row: SheetRow) => void,
): RecordSplitter {
  const cell = gatherCell(limits.maxCellLength)
  let place: Place = 'before'
  let cells: string[] = []
  let column = 1
  let row = 1
  let isAfterCr = false

  function endCell(): void {
    const text = cell.take(row, column)
    if (column <= limits.maxColumns) cells.push(text)
    else if (text !== '') throw tooManyColumns(row, limits.maxColumns)
    column++
    place = 'before'
  }

  function endRecord(): void {
    endCell()
    found({ row, cells })
    cells = []
    column = 1
    row++
  }

  /** What follows a cell: the delimiter, the end of the line, or what must not be there. */
  function endBy(byte: number): void {
    isAfterCr = byte === CR
    if (byte === delimiter) endCell()
    else if (byte === LF || byte === CR) endRecord()
    else throw quoteBroken(row)
  }

  /** Works on one run of bytes from `at`, and says where the next begins. */
  function step(chunk: Buffer, at: number): number {
    if (place === 'quoted') {
      const quote = chunk.indexOf(QUOTE, at)
      cell.add(chunk, at, quote < 0 ? chunk.length : quote, row, column)
      if (quote < 0) return chunk.length
      place = 'after quote'
      return quote + 1
    }
    const byte = chunk[at]!
    if (place === 'after quote' && byte === QUOTE) {
      cell.add(chunk, at, at + 1, row, column)
      place = 'quoted'
      return at + 1
    }
    if (place === 'before' && byte === QUOTE) {
      place = 'quoted'
      return at + 1
    }
    const end = place === 'after quote' ? at : endOfPlain(chunk, at, delimiter)
    cell.add(chunk, at, end, row, column)
    if (end > at) place = 'plain'
    if (end === chunk.length) return end
    endBy(chunk[end]!)
    return end + 1
  }

  return {
    write(chunk) {
      let at = 0
      while (at < chunk.length) {
        if (isAfterCr && chunk[at] === LF) at++
        isAfterCr = false
        if (at < chunk.length) at = step(chunk, at)
      }
    },
    end() {
      if (place === 'quoted') throw quoteBroken(row)
      if (place !== 'before' || cells.length > 0) endRecord()
    },
  }
}

function endOfPlain(chunk: Buffer, from: number, delimiter: number): number {
  for (let at = from; at < chunk.length; at++) {
    const byte = chunk[at]!
    if (byte === delimiter || byte === LF || byte === CR || byte === QUOTE) return at
  }
  return chunk.length
}

/** Puts the bytes of a cell together, which may lie in several chunks. */
function gatherCell(maxLength: number) {
  let pieces: Buffer[] = []
  let bytes = 0
  return {
    add(chunk: Buffer, from: number, to: number, row: number, column: number): void {
      if (to === from) return
      pieces.push(chunk.subarray(from, to))
      bytes += to - from
      if (bytes > maxLength * BYTES_PER_UNIT) throw cellTooLong({ row, column }, maxLength)
    },
    take(row: number, column: number): string {
      if (bytes === 0) return ''
      const whole = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
      if (!isUtf8(whole)) throw notUtf8({ row, column })
      if (whole.includes(0)) throw badCharacter({ row, column })
      const text = whole.toString('utf8')
      if (text.length > maxLength) throw cellTooLong({ row, column }, maxLength)
      pieces = []
      bytes = 0
      return text
    },
  }
}
