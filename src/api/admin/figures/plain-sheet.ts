/** A sheet of what a list shows: a column a key, what has parts in one cell (SF-466). */
import type { TObject } from 'typebox'
import { type Choice, type Listing, readRows } from '#commerce/backoffice'
import type { Db } from '#platform/database'
import type { Cell } from '#platform/sheets'
import type { Sheet } from '../resource.ts'

export function plainSheet<Row extends { id: number }, Filters>(
  filename: string,
  listing: Listing<Row, Filters>,
  row: TObject,
  toRow: (row: Row) => object,
): Sheet<Filters> {
  const columns = Object.keys(row.properties)
  async function* write(db: Db, choice: Choice<Filters>): AsyncGenerator<readonly Cell[]> {
    yield columns
    for await (const each of readRows(db, listing, choice)) {
      const shown = toRow(each) as Record<string, unknown>
      yield columns.map((column) => toCell(shown[column]))
    }
  }
  return { filename, formats: ['csv', 'xlsx', 'xls'], write }
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'string') return value
  if (typeof value !== 'object') return String(value)
  const { username, name, label } = value as { username?: string; name?: string; label?: string }
  return username ?? name ?? label ?? JSON.stringify(value)
}
