/** What customers are worth (SF-438). */
import { sql } from 'kysely'
import type { Tx } from '#platform/database'

/** Reckons anew what the buyer of this order has paid, in the currency of the last time. The lock makes two orders of one buyer count one after the other. */
export async function refreshValueOfBuyer(tx: Tx, orderId: number): Promise<void> {
  const { rows } = await sql<{ accountId: number }>`
    select account_id from orders.orders where id = ${orderId} and account_id is not null`.execute(tx)
  const accountId = rows[0]?.accountId
  if (accountId === undefined) return
  await sql`select pg_advisory_xact_lock(hashtext('analytics.customer_values'), ${accountId}::bigint::int)`.execute(tx)
  await sql`
    with paid as (
      select * from analytics.counted_orders where account_id = ${accountId} and is_paid
    ), gone as (
      delete from analytics.customer_values where account_id = ${accountId} and not exists (select from paid)
    )
    insert into analytics.customer_values (account_id, currency, orders, spent_minor, first_order_at, last_order_at, updated_at)
    select ${accountId}, currency, count(*), sum(revenue_minor), min(placed_at), max(placed_at), clock_timestamp()
    from paid where currency = (select currency from paid order by placed_at desc limit 1) group by currency
    on conflict (account_id) do update set currency = excluded.currency, orders = excluded.orders, spent_minor = excluded.spent_minor,
      first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at, updated_at = excluded.updated_at`.execute(
    tx,
  )
}

export async function forgetCustomerValue(tx: Tx, accountId: number): Promise<void> {
  await sql`delete from analytics.customer_values where account_id = ${accountId}`.execute(tx)
}
