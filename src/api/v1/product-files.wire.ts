import { type Static, Type } from 'typebox'
import type { ProductImport, RowError } from '#commerce/assortment'
import { PageOf } from '../http/paging.ts'
import { Choice, Nullable, Time } from '../http/wire.ts'

const STATUSES = ['reading', 'queued', 'checking', 'writing', 'done', 'refused', 'failed'] as const

export const ImportErrorWire = Type.Object(
  {
    row: Type.Integer({ description: 'the header is row 1' }),
    field: Type.String({ description: 'the column; "file" where the row cannot be read' }),
    message: Type.String(),
  },
  { title: 'ProductImportError' },
)
export const ImportErrorPageWire = PageOf(ImportErrorWire)

const fields = {
  id: Type.Integer(),
  status: Choice(STATUSES),
  dry_run: Type.Boolean(),
  started_by: Nullable(Type.Integer()),
  rows_read: Type.Integer(),
  rows_total: Nullable(Type.Integer({ description: 'null until the file is read' })),
  rows_written: Type.Integer({ description: 'none of them is there for others before all are' }),
  errors_count: Type.Integer(),
  created_at: Time,
  ended_at: Nullable(Time),
}
const ImportInListWire = Type.Object(fields, { title: 'ProductImportInList' })
export const ImportPageWire = PageOf(ImportInListWire)
export const ImportWire = Type.Object(
  { ...fields, errors: Type.Array(ImportErrorWire, { description: 'the first hundred' }) },
  { title: 'ProductImport' },
)

export function toImportInListWire(each: ProductImport): Static<typeof ImportInListWire> {
  return {
    id: each.id,
    status: each.status,
    dry_run: each.isDryRun,
    started_by: each.startedBy,
    rows_read: each.rowsRead,
    rows_total: each.status === 'reading' ? null : each.rowsRead,
    rows_written: each.rowsWritten,
    errors_count: each.errors,
    created_at: each.createdAt.toISOString(),
    ended_at: each.endedAt?.toISOString() ?? null,
  }
}

export const toImportErrorWire = ({ row, field, message }: RowError): Static<typeof ImportErrorWire> => ({
  row,
  field,
  message,
})

export const toImportWire = (each: ProductImport, errors: RowError[]): Static<typeof ImportWire> => ({
  ...toImportInListWire(each),
  errors: errors.map(toImportErrorWire),
})
