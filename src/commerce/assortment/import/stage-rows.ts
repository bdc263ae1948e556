import { type Db, inTransaction } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import { inBatches, readTable, type SheetRow } from '#platform/sheets'
import type { App } from '../../app.ts'
import { COLUMNS, type RowError } from './columns.ts'
import { insertErrors } from './imports.queries.ts'
import { type ReadRow, readRow } from './read-row.ts'
import { insertRows } from './rows.queries.ts'

/** So few that other requests do not wait for the check of them. */
const BATCH = 500

/**
 * Keeps the rows of a sheet, and what is wrong with each by itself. Refuses a sheet that is none, or lacks a column
 * (SF-232, SF-233); what makes a file unreadable from some row on is an error of that row.
 */
export async function stageRows(app: App, importId: number, sheet: AsyncIterable<SheetRow>): Promise<void> {
  const broken: RowError[] = []
  const rows = untilBroken(readTable(sheet, COLUMNS), broken)
  for await (const batch of inBatches(rows, BATCH)) {
    await keep(
      app.db,
      importId,
      batch.map((row) => readRow(row, app.config.CURRENCY)),
      app.now(),
    )
  }
  if (broken.length > 0) await inTransaction(app.db, (tx) => insertErrors(tx, importId, broken))
}

function keep(db: Db, importId: number, rows: ReadRow[], now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const goesOn = await insertRows(tx, importId, rows, now)
    if (!goesOn) throw new Refusal('conflict', 'import_ended', 'The import took too long and was given up')
    await insertErrors(
      tx,
      importId,
      rows.flatMap(({ errors }) => errors),
    )
  })
}

async function* untilBroken<Row>(rows: AsyncIterable<Row>, broken: RowError[]): AsyncGenerator<Row> {
  try {
    yield* rows
  } catch (error) {
    if (!(error instanceof Refusal) || typeof error.details.row !== 'number') throw error
    broken.push({ row: error.details.row, field: 'file', message: error.message })
  }
}
