/**
 * Tables in files: CSV and Excel's .xlsx, read and written row by row, so that memory does not grow with the file; and Excel's
 * former .xls, written alone.
 * A file is checked by its content, never by its name; whatever is wrong with it as a whole is a Refusal.
 *
 * To import: `spool` the upload, then go over the file twice, as a path may be read again and again. First
 * `readTable(readSheet(path), columns)` through `inBatches`: check each batch with a few statements, and note what is
 * wrong by `row` and column, as many notes as shall be told. Only when nothing is wrong, a second time, to write.
 * What readSheet refuses ends the file: `details.row`, and `column` (the first is 1), where it can be said.
 */
export { inBatches } from './in-batches.ts'
export type { SheetLimits } from './limits.ts'
export { type ReadOptions, readSheet, type SheetRow } from './read-sheet.ts'
export { readTable, type TableColumns, type TableRow } from './read-table.ts'
export { type Spooled, spool } from './spool.ts'
export { type Cell, writeCsv } from './write-csv.ts'
export { writeXls } from './write-xls.ts'
export { writeXlsx } from './write-xlsx.ts'
