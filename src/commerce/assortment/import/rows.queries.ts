/** The rows of an import, from when they are read until they are written. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { ReadRow } from './read-row.ts'

/** Also counts them. False when the import has ended meanwhile. */
export async function insertRows(tx: Tx, id: number, rows: ReadRow[], now: Date): Promise<boolean> {
  const lines = rows.map(({ errors: _, ...line }) => line)
  const { rows: counted } = await sql`
    with kept as (
      insert into assortment.import_rows (import_id, row, name, skus, category, brand, product)
      select ${id}::bigint, row, lower(name), array(select lower(sku) from unnest(skus) sku), category, brand,
        nullif(product, 'null'::jsonb)
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line (row int, name text, skus text[],
        category text, brand text, product jsonb)
    )
    update assortment.imports set rows_read = rows_read + ${rows.length}::int, touched_at = ${now}
    where id = ${id} and ended_at is null returning id`.execute(tx)
  return counted.length > 0
}

/** A row as it is kept: name and skus in lower case. */
export type KeptRow = Omit<ReadRow, 'errors'>

/** The next rows behind this one. */
export async function findRows(db: Db, id: number, afterRow: number, limit: number): Promise<KeptRow[]> {
  const { rows } = await sql<KeptRow>`
    select row, name, skus, category, brand, product from assortment.import_rows
    where import_id = ${id} and import_rows.row > ${afterRow} order by import_rows.row limit ${limit}`.execute(db)
  return rows
}

export async function countRows(db: Db, id: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from assortment.import_rows where import_id = ${id}`.execute(db)
  return rows[0]!.count
}

/** Rows whose name another row has before them. */
export function findNamesTwice(db: Db, id: number): Promise<{ row: number; firstRow: number }[]> {
  return findTwice(
    db,
    sql`select row, name as value from assortment.import_rows where import_id = ${id} and name <> ''`,
  )
}

/** Rows with an article number that another row has before them. */
export function findSkusTwice(db: Db, id: number): Promise<{ row: number; firstRow: number }[]> {
  return findTwice(
    db,
    sql`select distinct row, sku as value from assortment.import_rows, unnest(skus) sku where import_id = ${id}`,
  )
}

async function findTwice(db: Db, values: ReturnType<typeof sql>) {
  const { rows } = await sql<{ row: number; firstRow: number }>`
    select row, min(first_row) as first_row from (
      select row, min(row) over (partition by value) as first_row from (${values}) told
    ) placed where row > first_row group by row order by row`.execute(db)
  return rows
}

export async function deleteRows(db: Db, id: number): Promise<void> {
  await sql`delete from assortment.import_rows where import_id = ${id}`.execute(db)
}

/** Rows of imports that have ended, or are gone. */
export async function deleteLeftRows(db: Db): Promise<void> {
  await sql`
    delete from assortment.import_rows kept
    where not exists (select from assortment.imports where id = kept.import_id and ended_at is null)`.execute(db)
}
