import { Readable } from 'node:stream'
import { Refusal } from '#platform/refusal.ts'
import { openSlots } from '#platform/slots.ts'
import { type Cell, cellText } from './write-csv.ts'
import { wrapFile } from './xls/compound-file.ts'
import { rowRecords, SHEET_END, sheetStart, workbookRecords } from './xls/records.ts'
import { openSharedTexts } from './xls/shared-texts.ts'

/** What Excel 97 to 2003 can show, the header among them. */
const XLS_ROWS_MAX = 65_536
const COLUMNS_MAX = 256
/** A file is whole before it is sent: one at a time, so that memory does not grow with those who ask. */
const turns = openSlots(1)

/**
 * An Excel file of before 2007, of one sheet. Guarded as writeXlsx is; text stays text, numbers are numbers. Refuses more rows
 * than such a sheet has (`sheet_too_many_rows`). SF-485, SF-489.
 */
export async function writeXls(rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>): Promise<Readable> {
  const giveBack = await turns.take(1)
  try {
    const texts = openSharedTexts()
    const cells: Buffer[] = []
    let row = 0
    let columns = 0
    for await (const written of rows) {
      if (row === XLS_ROWS_MAX) throw tooManyRows()
      const inRow = written.slice(0, COLUMNS_MAX)
      cells.push(
        rowRecords(
          row,
          inRow.map((cell) => toCell(cell, texts.placeOf)),
        ),
      )
      columns = Math.max(columns, inRow.length)
      row += 1
    }
    const sheet = [...sheetStart(row, columns), ...cells, ...SHEET_END]
    return Readable.from(wrapFile('Workbook', [...workbookRecords('Sheet1', texts.records()), ...sheet]))
  } finally {
    giveBack()
  }
}

const tooManyRows = () =>
  new Refusal(
    'invalid',
    'sheet_too_many_rows',
    `An .xls file has no more than ${XLS_ROWS_MAX - 1} rows: choose fewer, or another format`,
    {
      limit: XLS_ROWS_MAX - 1,
    },
  )

function toCell(cell: Cell, placeOf: (text: string) => number): { text: number } | { number: number } | undefined {
  if (typeof cell === 'number' && Number.isFinite(cell)) return { number: cell }
  const text = cellText(cell)
  return text === '' ? undefined : { text: placeOf(text) }
}
