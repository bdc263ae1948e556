/** What customers are worth (SF-438). */
import { sql } from 'kysely'
import type { Tx } from '#platform/database'

/**
 * Reckons anew what the buyer of this order has paid, in the currency of the last time; who has closed the account is no customer any
 * more. The lock makes two orders of one buyer count one after the other.
 */
export async function refreshValueOfBuyer(tx: Tx, orderId: number): Promise<void> {
  const { rows } = await sql<{ accountId: number }>`
    select account.id as account_id from orders.orders "order" join identity.accounts account on account.id = "order".account_id
    where "order".id = ${orderId} and account.closed_at is null`.execute(tx)
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

/** Reckons all of them anew: what was paid without an event, as in an import, is found by it. */
export async function refreshAllValues(tx: Tx): Promise<void> {
  await sql`
    with paid as (
      select *, first_value(currency) over (partition by account_id order by placed_at desc) as last_currency
      from analytics.counted_orders where is_paid and account_id in (select id from identity.accounts where closed_at is null)
    ), valued as (
      select account_id, currency, count(*) as orders, sum(revenue_minor)::bigint as spent_minor, min(placed_at) as first_order_at,
        max(placed_at) as last_order_at
      from paid where currency = last_currency group by account_id, currency order by account_id
    ), gone as (
      delete from analytics.customer_values where account_id not in (select account_id from valued)
    )
    insert into analytics.customer_values as known (account_id, currency, orders, spent_minor, first_order_at, last_order_at, updated_at)
    select account_id, currency, orders, spent_minor, first_order_at, last_order_at, clock_timestamp() from valued
    on conflict (account_id) do update set currency = excluded.currency, orders = excluded.orders, spent_minor = excluded.spent_minor,
      first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at, updated_at = excluded.updated_at
    where (known.currency, known.orders, known.spent_minor, known.last_order_at)
      is distinct from (excluded.currency, excluded.orders, excluded.spent_minor, excluded.last_order_at)`.execute(tx)
}

export async function forgetCustomerValue(tx: Tx, accountId: number): Promise<void> {
  await sql`delete from analytics.customer_values where account_id = ${accountId}`.execute(tx)
}
