/** Imports: how far each has come, and what is wrong in its file. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { AssortmentImportStatus } from '../tables.ts'
import type { RowError } from './columns.ts'

export type ImportStatus = AssortmentImportStatus
export type ProductImport = {
  id: number
  status: ImportStatus
  isDryRun: boolean
  startedBy: number | null
  rowsRead: number
  rowsWritten: number
  errors: number
  createdAt: Date
  endedAt: Date | null
}

const columns = sql`id, status, is_dry_run, started_by, rows_read, rows_written, errors, created_at, ended_at`

export async function insertImport(tx: Tx, isDryRun: boolean, startedBy: number | null, now: Date): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into assortment.imports (is_dry_run, started_by, created_at, touched_at)
    values (${isDryRun}, ${startedBy}, ${now}, ${now}) returning id`.execute(tx)
  return rows[0]!.id
}

export async function findImport(db: Db, id: number): Promise<ProductImport | undefined> {
  const { rows } = await sql<ProductImport>`select ${columns} from assortment.imports where id = ${id}`.execute(db)
  return rows[0]
}

/** The newest first. */
export async function findImports(db: Db, { limit, offset }: { limit: number; offset: number }) {
  const { rows } = await sql<ProductImport & { count: number }>`
    select ${columns}, (select count(*) from assortment.imports) as count from assortment.imports
    order by created_at desc, id desc limit ${limit} offset ${offset}`.execute(db)
  if (rows.length > 0 || offset === 0) return { rows, count: rows[0]?.count ?? 0 }
  const { rows: counted } = await sql<{ count: number }>`select count(*) from assortment.imports`.execute(db)
  return { rows, count: counted[0]!.count }
}

/** In the order of the rows. */
export async function findErrors(db: Db, id: number, { limit, offset }: { limit: number; offset: number }) {
  const { rows } = await sql<RowError>`
    select row, field, message from assortment.import_errors where import_id = ${id}
    order by import_errors.row, import_errors.id limit ${limit} offset ${offset}`.execute(db)
  return rows
}

/** The first rows at fault, each once. */
export async function findRowsAtFault(db: Db, id: number, limit: number): Promise<number[]> {
  const { rows } = await sql<{ row: number }>`
    select distinct row from assortment.import_errors where import_id = ${id}
    order by import_errors.row limit ${limit}`.execute(db)
  return rows.map(({ row }) => row)
}

export async function insertErrors(tx: Tx, id: number, errors: RowError[]): Promise<void> {
  if (errors.length === 0) return
  await sql`
    with noted as (
      insert into assortment.import_errors (import_id, row, field, message)
      select ${id}::bigint, row, field, message
      from unnest(${errors.map(({ row }) => row)}::int[], ${errors.map(({ field }) => field)}::text[],
        ${errors.map(({ message }) => message)}::text[]) as error (row, field, message)
      returning 1
    )
    update assortment.imports set errors = errors + (select count(*) from noted) where id = ${id}`.execute(tx)
}

const ENDS: ImportStatus[] = ['done', 'refused', 'failed']

/** Says how it stands with an import that has not ended. Whether it had not. */
export async function updateStatus(db: Db, id: number, status: ImportStatus, now: Date): Promise<boolean> {
  const endedAt = ENDS.includes(status) ? now : null
  const { rows } = await sql`
    update assortment.imports set status = ${status}, touched_at = ${now}, ended_at = ${endedAt}::timestamptz
    where id = ${id} and ended_at is null returning id`.execute(db)
  return rows.length > 0
}

/** Whether it had not ended. */
export async function noteDone(tx: Tx, id: number, rowsWritten: number, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update assortment.imports set status = 'done', rows_written = ${rowsWritten}, touched_at = ${now}, ended_at = ${now}
    where id = ${id} and ended_at is null returning id`.execute(tx)
  return rows.length > 0
}

export async function updateRowsWritten(db: Db, id: number, rowsWritten: number, now: Date): Promise<void> {
  await sql`
    update assortment.imports set rows_written = ${rowsWritten}, touched_at = ${now}
    where id = ${id} and ended_at is null`.execute(db)
}

export async function deleteImport(tx: Tx, id: number): Promise<void> {
  await sql`delete from assortment.imports where id = ${id}`.execute(tx)
}

/** Those that give no sign of life any more: they have failed. */
export async function endStaleImports(tx: Tx, before: Date, queuedBefore: Date, now: Date): Promise<void> {
  await sql`
    update assortment.imports set status = 'failed', ended_at = ${now}
    where ended_at is null and touched_at < case status when 'queued' then ${queuedBefore}::timestamptz else ${before}::timestamptz end`.execute(
    tx,
  )
}

export async function deleteImportsBefore(tx: Tx, before: Date): Promise<void> {
  await sql`delete from assortment.imports where ended_at < ${before}`.execute(tx)
}

/** Only one import is written at a time, on all nodes together. False while another one is. */
export async function holdWriting(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('assortment.imports')) as held`.execute(tx)
  return rows[0]!.held
}
