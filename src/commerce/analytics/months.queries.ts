/** Keeping the event tables by month. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

export const EVENT_TABLES = ['requests', 'interactions', 'errors'] as const
export type EventTable = (typeof EVENT_TABLES)[number]

/** Makes room for the month of this day, where there is none yet. */
export async function addMonth(tx: Tx, table: EventTable, month: Date): Promise<void> {
  await sql`select analytics.add_month(${table}, ${month.toISOString().slice(0, 10)}::date)`.execute(tx)
}

/** Months that ended before this moment go whole. */
export async function dropMonthsBefore(tx: Tx, table: EventTable, before: Date): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select relid::regclass::text as name from pg_partition_tree(${`analytics.${table}`}::regclass)
    where isleaf and relid::regclass::text ~ '_[0-9]{4}_[0-9]{2}$'
      and to_date(right(relid::regclass::text, 7), 'YYYY_MM') + interval '1 month' <= ${before}::timestamptz at time zone 'UTC'`.execute(
    tx,
  )
  for (const { name } of rows) await sql`drop table ${sql.raw(name)}`.execute(tx)
}

const ROWS_AT_ONCE = 10_000

/** What is left of before this moment goes row by row, a batch at a time. */
export async function deleteBefore(db: Db, table: EventTable | 'user_activities', before: Date): Promise<void> {
  for (;;) {
    const { numAffectedRows } = await sql`
      delete from ${sql.table(`analytics.${table}`)} where (happened_at, id) in (
        select happened_at, id from ${sql.table(`analytics.${table}`)} where happened_at < ${before} limit ${ROWS_AT_ONCE}
      )`.execute(db)
    if (Number(numAffectedRows ?? 0) < ROWS_AT_ONCE) return
  }
}

/** Endpoints that nobody asked for since this moment: no request that is kept names them. */
export async function forgetEndpoints(db: Db, before: Date): Promise<void> {
  await sql`delete from analytics.endpoints where seen_on < ${before}::timestamptz::date - 1`.execute(db)
}

/** Visitors that did not come since this moment. */
export async function forgetVisitors(db: Db, before: Date): Promise<void> {
  await sql`delete from analytics.visitors where last_seen_at < ${before}`.execute(db)
}

/** Cuts addresses from before this moment to their network: /24, or /48 (MP-149). What is cut already stays as it is. */
export async function cutAddresses(db: Db, before: Date): Promise<void> {
  for (const table of ['requests', 'interactions', 'user_activities']) {
    for (;;) {
      const { numAffectedRows } = await sql`
        update ${sql.table(`analytics.${table}`)}
        set ip_address = network(set_masklen(ip_address, case family(ip_address) when 4 then 24 else 48 end))
        where (happened_at, id) in (
          select happened_at, id from ${sql.table(`analytics.${table}`)}
          where happened_at < ${before} and masklen(ip_address) in (32, 128) limit ${ROWS_AT_ONCE}
        )`.execute(db)
      if (Number(numAffectedRows ?? 0) < ROWS_AT_ONCE) break
    }
  }
}
