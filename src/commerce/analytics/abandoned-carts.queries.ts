/** Carts that were left (SF-437). */
import { sql } from 'kysely'
import type { Tx } from '#platform/database'
import { awaitClosing } from './days.queries.ts'

/**
 * Notes the carts that hold something and were last touched in this time. One that is noted already, and was not ordered, is brought up
 * to date. Begun is a checkout of which an order came that nothing became of. A day that is kept is read anew where one was left on it, or is left later now.
 */
export async function noteCartsLeft(tx: Tx, { from, until }: { from: Date; until: Date }): Promise<void> {
  await awaitClosing(tx)
  await sql`
    with left_now as materialized (
      select cart.id, cart.account_id, added.session_id, cart.created_at, cart.updated_at, cart.currency, held.value_minor, held.units,
        case when exists (
          select from orders.orders "order"
          where "order".account_id = cart.account_id and "order".placed_at >= cart.created_at
            and ("order".status = 'cancelled' or "order".payment_status = 'failed')
        ) then 'CHECKOUT' else 'CART' end as stage, cart.reminded_at
      from cart.carts cart
      cross join lateral (
        select sum(unit_price_minor * quantity) as value_minor, sum(quantity) as units from cart.lines where cart_id = cart.id
      ) held
      left join lateral (
        select session_id from analytics.interactions
        where kind = 'CART' and happened_at >= cart.updated_at - interval '1 second' and happened_at <= cart.updated_at + interval '1 second'
          and details ->> 'cart_id' = cart.id::text limit 1
      ) added on true
      where cart.updated_at > ${from} and cart.updated_at <= ${until} and held.units > 0
        and not exists (
          select from analytics.abandoned_carts noted
          where noted.cart_id = cart.id and noted.recovered_at is null and noted.abandoned_at = cart.updated_at
            and noted.reminded_at is not distinct from cart.reminded_at
        )
      order by cart.id
    ), stale as (
      insert into analytics.stale_days (day)
      select day from analytics.closed_days where day in (
        select (updated_at at time zone 'UTC')::date from left_now
        union all
        select (abandoned_at at time zone 'UTC')::date from analytics.abandoned_carts
        where recovered_at is null and cart_id in (select id from left_now)
      )
    )
    insert into analytics.abandoned_carts as known (cart_id, account_id, session_id, cart_created_at, abandoned_at, currency, value_minor, units, stage,
      reminded_at)
    select * from left_now
    on conflict (cart_id) where recovered_at is null do update set abandoned_at = excluded.abandoned_at,
      account_id = excluded.account_id, session_id = coalesce(excluded.session_id, known.session_id), currency = excluded.currency, value_minor = excluded.value_minor, units = excluded.units,
      stage = excluded.stage, reminded_at = excluded.reminded_at`.execute(tx)
}

/** The cart of a guest that was left is that of the account it went into: it is recovered by what the account orders (SF-437). */
export async function giveCartLeft(tx: Tx, cartId: number, accountId: number): Promise<void> {
  await sql`
    update analytics.abandoned_carts set account_id = ${accountId}
    where cart_id = ${cartId} and recovered_at is null`.execute(tx)
}
