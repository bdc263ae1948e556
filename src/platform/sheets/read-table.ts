import type { SheetRow } from './read-sheet.ts'
import { columnsMissing, columnTwice, noRows, sheetEmpty } from './refusals.ts'

/**
 * The columns that a caller knows, by their names in lower case. `rest` is one of them whose cell people write without
 * quotes though it has the delimiter in it: what a row has too many belongs to it, joined by commas (C-24).
 */
export type TableColumns<Name extends string> = {
  required: readonly Name[]
  optional?: readonly Name[]
  rest?: NoInfer<Name>
}

/**
 * A value is the cell as it is written, and empty where the row or the file has none. `extraCells` is how many filled
 * cells stand beyond the header and belong to no column: the row is then most likely shifted, and its values with it.
 */
export type TableRow<Name extends string> = { row: number; values: Record<Name, string>; extraCells: number }

type Header<Name extends string> = { places: Map<Name, number>; width: number; restAt: number }

/**
 * The rows below a header. Header names match ignoring case and blanks around them; columns that nobody knows are left
 * out. Refuses a header that lacks a required column (`column_missing`, with `columns`) or has a known one twice
 * (`column_twice`), and a file without rows below it (`sheet_no_rows`). SF-226, SF-232, SF-236.
 */
export async function* readTable<const Name extends string>(
  rows: AsyncIterable<SheetRow>,
  columns: TableColumns<Name>,
): AsyncGenerator<TableRow<Name>> {
  let header: Header<Name> | undefined
  let count = 0
  for await (const { row, cells } of rows) {
    if (header) {
      count++
      yield { row, ...takeValues(cells, header) }
    } else header = readHeader(cells, columns)
  }
  if (!header) throw sheetEmpty()
  if (count === 0) throw noRows()
}

function readHeader<Name extends string>(cells: string[], columns: TableColumns<Name>): Header<Name> {
  // A BOM is white space to trim().
  const names = cells.map((cell) => cell.trim().toLowerCase())
  const places = new Map<Name, number>()
  for (const column of [...columns.required, ...(columns.optional ?? [])]) {
    const place = names.indexOf(column)
    if (place !== names.lastIndexOf(column)) throw columnTwice(column)
    places.set(column, place)
  }
  const lacking = columns.required.filter((column) => places.get(column)! < 0)
  if (lacking.length > 0) throw columnsMissing(lacking)
  const width = filledLength(names, 0)
  return { places, width, restAt: columns.rest === undefined ? -1 : places.get(columns.rest)! }
}

/** Cells beyond the header move those after the `rest` column to the right, and are part of that column. */
function takeValues<Name extends string>(cells: string[], { places, width, restAt }: Header<Name>) {
  const extra = Math.max(0, filledLength(cells, width) - width)
  const values = {} as Record<Name, string>
  for (const [column, place] of places) {
    if (extra === 0 || restAt < 0 || place < restAt) values[column] = cells[place] ?? ''
    else if (place > restAt) values[column] = cells[place + extra] ?? ''
    else values[column] = cells.slice(place, place + extra + 1).join(',')
  }
  const extraCells = restAt < 0 ? cells.slice(width).filter((cell) => cell.trim() !== '').length : 0
  return { values, extraCells }
}

/** How many cells there are without the empty ones at the end, but at least so many. */
function filledLength(cells: string[], least: number): number {
  let length = cells.length
  while (length > least && cells[length - 1]!.trim() === '') length--
  return length
}
