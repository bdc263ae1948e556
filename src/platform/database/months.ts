/** Tables of what happens are partitioned by month: what is too old goes whole, and not row by row. */
import { sql } from 'kysely'
import type { Db } from './connection.ts'
import { inTransaction } from './transaction.ts'

/** `schema.name`, and the column that says when; rows are told apart by that and by `id`. */
export type TableOfMonths = { table: string; moment: string }

const DAY_MS = 86_400_000
const MONTHS_AHEAD = 2
const ROWS_AT_ONCE = 10_000

/** Makes room for this month and the next two, and removes what is older than so many days; 0 keeps all. Safe to run at any time. */
export async function keepByMonth(db: Db, of: TableOfMonths, keptDays: number, now: Date): Promise<void> {
  for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead += 1) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString().slice(0, 10)
    await inTransaction(db, (tx) =>
      sql`select platform.add_month(${of.table}, ${of.moment}, ${month}::date)`.execute(tx),
    )
  }
  if (keptDays === 0) return
  const before = new Date(now.getTime() - keptDays * DAY_MS)
  await dropMonthsBefore(db, of, before)
  await deleteBefore(db, of, before)
}

/** Months that ended before this moment go whole. */
async function dropMonthsBefore(db: Db, { table }: TableOfMonths, before: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      select relid::regclass::text as name from pg_partition_tree(${table}::regclass)
      where isleaf and relid::regclass::text ~ '_[0-9]{4}_[0-9]{2}$'
        and to_date(right(relid::regclass::text, 7), 'YYYY_MM') + interval '1 month' <= ${before}::timestamptz at time zone 'UTC'`.execute(
      tx,
    )
    for (const { name } of rows) await sql`drop table ${sql.raw(name)}`.execute(tx)
  })
}

/** What is left of before this moment goes row by row, a batch at a time. */
async function deleteBefore(db: Db, { table, moment }: TableOfMonths, before: Date): Promise<void> {
  const [rows, when] = [sql.table(table), sql.ref(moment)]
  for (;;) {
    const { numAffectedRows } = await sql`
      delete from ${rows} where (${when}, id) in (
        select ${when}, id from ${rows} where ${when} < ${before} limit ${ROWS_AT_ONCE}
      )`.execute(db)
    if (Number(numAffectedRows ?? 0) < ROWS_AT_ONCE) return
  }
}
