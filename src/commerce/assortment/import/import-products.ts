/** The ways in for a file of products: done while somebody waits, or by a job. */
import { inTransaction } from '#platform/database'
import { type ReadOptions, readSheet, type SheetRow } from '#platform/sheets'
import type { App } from '../../app.ts'
import type { RowError } from './columns.ts'
import {
  deleteImport,
  findErrors,
  findImport,
  findRowsAtFault,
  insertImport,
  type ProductImport,
  updateStatus,
} from './imports.queries.ts'
import { deleteRows } from './rows.queries.ts'
import { endImport, importRuns, runImport } from './run-import.ts'
import { stageRows } from './stage-rows.ts'

export type ImportOrder = {
  isDryRun: boolean
  /** Who asks; null: somebody at the command line. */
  startedBy: number | null
}

/** What became of an import. Of many errors only the first ones. */
export type ImportResult = ProductImport & { firstErrors: RowError[]; rowsAtFault: number[] }

const FIRST_ERRORS = 1000

/** Of descriptions and of variants as JSON. */
const CELL_LENGTH_MAX = 200_000

/** The sheet of an upload, or of a file; `limits` where it may be larger than one that is sent usually is. */
export const readProductSheet = (source: string | AsyncIterable<Uint8Array>, options: ReadOptions = {}) =>
  readSheet(source, { maxCellLength: CELL_LENGTH_MAX, ...options })

/**
 * Brings in the products of a sheet, or none where anything is wrong with one of them, and then says what (SF-225 to
 * SF-236). Refuses a sheet that is none, and one that lacks a column. `onRead` is told the import once all is read.
 */
export async function importProducts(
  app: App,
  sheet: AsyncIterable<SheetRow>,
  order: ImportOrder,
  onRead: (importId: number) => void = () => {},
): Promise<ImportResult> {
  const importId = await stage(app, sheet, order)
  onRead(importId)
  const ended = await runImport(app, importId).catch(async (error: unknown) => {
    await endImport(app, importId, 'failed')
    throw error
  })
  return {
    ...ended,
    firstErrors: await findErrors(app.db, importId, { limit: FIRST_ERRORS, offset: 0 }),
    rowsAtFault: await findRowsAtFault(app.db, importId, FIRST_ERRORS),
  }
}

/** The same by a job: returns once all is read. What becomes of it is asked with `findImport`. */
export async function queueImport(
  app: App,
  sheet: AsyncIterable<SheetRow>,
  order: ImportOrder,
): Promise<ProductImport> {
  const importId = await stage(app, sheet, order)
  await inTransaction(app.db, async (tx) => {
    await updateStatus(tx, importId, 'queued', app.now())
    await app.jobs.enqueue(tx, importRuns, [{ importId }])
  })
  return (await findImport(app.db, importId))!
}

/** Of a sheet that cannot be read nothing is left. */
async function stage(app: App, sheet: AsyncIterable<SheetRow>, { isDryRun, startedBy }: ImportOrder): Promise<number> {
  const importId = await inTransaction(app.db, (tx) => insertImport(tx, isDryRun, startedBy, app.now()))
  try {
    await stageRows(app, importId, sheet)
    return importId
  } catch (error) {
    await inTransaction(app.db, async (tx) => {
      await deleteRows(tx, importId)
      await deleteImport(tx, importId)
    })
    throw error
  }
}
