/** The words in which a file is refused as a whole. */
import { Refusal } from '#platform/refusal.ts'

type Details = Record<string, unknown>
const no = (code: string, text: string, details: Details = {}) => new Refusal('invalid', code, text, details)

export const notASheet = () => no('not_a_sheet', 'The file is neither a CSV nor an Excel .xlsx file')
export const sheetEmpty = () => no('sheet_empty', 'The file is empty')
/** Named as the HTTP layer names it, so that the answer is the same 413. */
export const bodyTooLarge = (maxBytes: number) => no('body_too_large', 'The file is too large', { maxBytes })
/** An .xlsx that is damaged, or made to do harm. */
export const sheetBroken = (reason: string) => no('sheet_broken', 'The Excel file is damaged', { reason })
export const unpacksTooLarge = () => no('sheet_unpacks_too_large', 'The Excel file unpacks to more than is allowed')
export const notUtf8 = (place: Details) =>
  no('sheet_not_utf8', `The file is not UTF-8 text${placeOf(place)}: save it as “CSV UTF-8”`, place)
export const quoteBroken = (row: number) =>
  no('sheet_quote_broken', `Row ${row} has a quotation mark that is not closed or not doubled`, { row })
export const badCharacter = (place: Details) =>
  no('sheet_bad_character', `The file has a character that no text may have${placeOf(place)}`, place)
export const cellTooLong = (place: Details, limit: number) =>
  no('sheet_cell_too_long', `A cell has more than ${limit} characters${placeOf(place)}; is a quotation mark missing?`, {
    ...place,
    limit,
  })
export const tooManyColumns = (row: number, limit: number) =>
  no('sheet_too_many_columns', `Row ${row} has more than ${limit} columns`, { row, limit })
export const tooManyRows = (limit: number) =>
  no('sheet_too_many_rows', `The file has more than ${limit} rows`, { limit })

export const noRows = () => no('sheet_no_rows', 'The file has no rows below its header')
export const columnsMissing = (columns: string[]) =>
  no('column_missing', `The header has no column ${columns.join(', ')}`, { columns })
export const columnTwice = (column: string) =>
  no('column_twice', `The header has the column ${column} twice`, { column })

const placeOf = ({ row, column }: Details) => (row ? ` (row ${row}, column ${column})` : '')
