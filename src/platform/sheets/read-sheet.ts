import { open } from 'node:fs/promises'
import { readCsv } from './csv/read-csv.ts'
import { sniffSheet } from './csv/sniff-sheet.ts'
import { unguardText } from './formula-guard.ts'
import { type SheetLimits, usualLimits } from './limits.ts'
import { readBytes } from './read-bytes.ts'
import { bodyTooLarge, sheetEmpty, tooManyRows } from './refusals.ts'
import { spool } from './spool.ts'
import { readXlsx } from './xlsx/read-xlsx.ts'

/** `row` is what a person sees beside it, the first being 1. Cells beyond the last written one are left out. */
export type SheetRow = { row: number; cells: string[] }
/** `onRead` is told how much of the file has been read, from 0 to 1. */
export type ReadOptions = Partial<SheetLimits> & { onRead?: (share: number) => void }

/**
 * The rows of a CSV or .xlsx file, which one its content tells; of an .xlsx the first sheet. A stream is spooled first.
 * Blank rows are counted and left out. In a CSV a record is a row, however many lines its quoted cells take. Numbers
 * come as Excel holds them, dates as ISO 8601, truth values as TRUE and FALSE, formulas as their last result.
 * What formula-guard.ts put before a text is taken off. Refuses what refusals.ts words; SF-232, SF-233.
 */
export async function* readSheet(
  source: string | AsyncIterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<SheetRow> {
  const limits = { ...usualLimits, ...options }
  if (typeof source === 'string') return yield* readFile(source, limits)
  const spooled = await spool(source, limits.maxBytes)
  try {
    yield* readFile(spooled.path, limits)
  } finally {
    await spooled.remove()
  }
}

async function* readFile(path: string, limits: SheetLimits & ReadOptions): AsyncGenerator<SheetRow> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size > limits.maxBytes) throw bodyTooLarge(limits.maxBytes)
    const head = (await readBytes(file, 0, size).next()).value
    const kind = sniffSheet(head ?? Buffer.alloc(0))
    const progress = limits.onRead ?? (() => {})
    const rows = kind === 'xlsx' ? readXlsx(file, size, limits, progress) : readCsv(file, size, kind, limits, progress)
    yield* onlyFilled(rows, limits.maxRows)
  } finally {
    await file.close()
  }
}

async function* onlyFilled(rows: AsyncIterable<SheetRow>, maxRows: number): AsyncGenerator<SheetRow> {
  let count = 0
  for await (const { row, cells } of rows) {
    if (cells.every((cell) => cell.trim() === '')) continue
    count++
    if (count > maxRows) throw tooManyRows(maxRows)
    yield { row, cells: cells.map(unguardText) }
  }
  if (count === 0) throw sheetEmpty()
}
