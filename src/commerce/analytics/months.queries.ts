/** Keeping what happened: by month, and without what tells more than it has to. */
import { sql } from 'kysely'
import type { Db, TableOfMonths } from '#platform/database'

/** Tables of what happens, by the month. */
export const eventTables = {
  requests: { table: 'analytics.requests', moment: 'happened_at' },
  interactions: { table: 'analytics.interactions', moment: 'happened_at' },
  activities: { table: 'analytics.user_activities', moment: 'happened_at' },
  errors: { table: 'analytics.errors', moment: 'happened_at' },
} satisfies Record<string, TableOfMonths>

const ROWS_AT_ONCE = 10_000

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
  for (const { table } of [eventTables.requests, eventTables.interactions, eventTables.activities]) {
    const rows = sql.table(table)
    for (;;) {
      const { numAffectedRows } = await sql`
        update ${rows}
        set ip_address = network(set_masklen(ip_address, case family(ip_address) when 4 then 24 else 48 end))
        where (happened_at, id) in (
          select happened_at, id from ${rows}
          where happened_at < ${before} and masklen(ip_address) in (32, 128) limit ${ROWS_AT_ONCE}
        )`.execute(db)
      if (Number(numAffectedRows ?? 0) < ROWS_AT_ONCE) break
    }
  }
}
