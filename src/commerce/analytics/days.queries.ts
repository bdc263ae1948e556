/** Days whose figures are kept. The views of migration 0036 say how they are reckoned. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

/** The open days that ended before this moment, the oldest first. */
export async function listDaysToClose(db: Db, before: Date): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    select day from analytics.open_days where ends_at <= ${before} order by day`.execute(db)
  return rows.map(({ day }) => day)
}

/**
 * From now on changes of this day are marked; it counts as open until it is added up. Waits for those who are changing an order, and lets
 * nobody else begin meanwhile: that is why it is a transaction of its own.
 */
export async function beginToClose(tx: Tx, day: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('analytics.closed_days'))`.execute(tx)
  await sql`
    with closed as (insert into analytics.closed_days values (${day}) on conflict do nothing returning day)
    insert into analytics.stale_days (day) select day from closed`.execute(tx)
}

/** Whoever changes what a day is made of takes this first, and looks then whether the day is kept: either it sees the closing, or is seen. */
export async function awaitClosing(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtext('analytics.closed_days'))`.execute(tx)
}

/**
 * Who has bought before is told by the first day on which he buys: where this order is one no more, the next day on which its buyer bought
 * is read anew.
 */
export async function markNextDayOfBuyer(tx: Tx, orderId: number): Promise<void> {
  await awaitClosing(tx)
  await sql`
    insert into analytics.stale_days (day)
    select day from analytics.closed_days where day = (
      select min((later.placed_at at time zone 'UTC')::date)
      from orders.orders "order" join analytics.counted_orders later on later.account_id = "order".account_id and later.is_booked
      where "order".id = ${orderId} and (later.placed_at at time zone 'UTC')::date > ("order".placed_at at time zone 'UTC')::date
    )`.execute(tx)
}

/**
 * Writes down the figures of a day as they are now. The marks that are there go first, and one of our own keeps the day open while it is
 * read: a change that is marked after this stays marked. Of a day that began before `eventsSince`, what was put into carts is not known any
 * more: how many there were stays.
 */
export async function addUpDay(tx: Tx, day: string, eventsSince: Date | null): Promise<void> {
  await sql`delete from analytics.stale_days where day = ${day}`.execute(tx)
  const { rows } = await sql<{ id: number }>`
    insert into analytics.stale_days (day) values (${day}) returning id`.execute(tx)
  await sql`delete from analytics.daily_orders where day = ${day}`.execute(tx)
  await sql`insert into analytics.daily_orders select * from analytics.open_order_days where day = ${day}`.execute(tx)
  await sql`
    insert into analytics.daily_products select * from analytics.open_product_days where day = ${day}
    on conflict (day, product_id) do update set currency = excluded.currency, purchases = excluded.purchases,
      units = excluded.units, revenue_minor = excluded.revenue_minor`.execute(tx)
  await sql`
    insert into analytics.daily_visits as kept select * from analytics.open_visit_days where day = ${day}
    on conflict (day) do update set visits = excluded.visits, visitors = excluded.visitors,
      carts = case when ${day}::timestamp at time zone 'UTC' < ${eventsSince} then kept.carts else excluded.carts end,
      abandoned_carts = excluded.abandoned_carts, new_customers = excluded.new_customers, returning_customers = excluded.returning_customers`.execute(
    tx,
  )
  await sql`delete from analytics.stale_days where id = ${rows[0]!.id}`.execute(tx)
}
