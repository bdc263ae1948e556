/** What people do with products, and the pages that they look at. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { awaitClosing } from './days.queries.ts'
import type { AnalyticsInteractionKind } from './tables.ts'

export type InteractionKind = AnalyticsInteractionKind

export type Interaction = {
  happenedAt: Date
  kind: InteractionKind
  accountId: number | null
  /** Of a visitor who is not signed in. */
  sessionId?: string | null
  /** None of a page that shows no single product. */
  productId: number | null
  /** Units, or the stars of a rating; 1 where nothing is said. */
  value?: number
  ip?: string | null
  userAgent?: string | null
  details?: Record<string, unknown>
}

/**
 * All at once, with what they add to the figures of their day; those in the order of their keys, so that two nodes do not deadlock. An
 * account that was closed meanwhile is not named.
 */
export async function insertInteractions(db: Db, interactions: Interaction[]): Promise<void> {
  await sql`
    with came as materialized (
      select each.*, account.id as account_id, each."accountId" is not null and account.id is null as is_gone
      from json_to_recordset(${JSON.stringify(interactions)}::json) as each (
        "happenedAt" timestamptz, kind analytics.interaction_kind, "accountId" bigint, "sessionId" text, "productId" bigint,
        value int, ip inet, "userAgent" text, details jsonb)
      left join identity.accounts account on account.id = each."accountId" and account.closed_at is null
    ), written as (
      insert into analytics.interactions
        (happened_at, kind, account_id, session_id, product_id, value, ip_address, user_agent, details)
      select "happenedAt", kind, account_id, case when not is_gone then "sessionId" end, "productId", coalesce(value, 1),
        case when not is_gone then ip end, case when not is_gone then "userAgent" end, coalesce(details, '{}')
      from came order by "happenedAt"
    ), looked as (
      insert into analytics.daily_traffic as daily (day, page_views)
      select ("happenedAt" at time zone 'UTC')::date as day, count(*) from came where kind = 'VIEW' group by 1 order by 1
      on conflict (day) do update set page_views = daily.page_views + excluded.page_views
    )
    insert into analytics.daily_products as daily (day, product_id, views, cart_additions, wishlist_additions)
    select ("happenedAt" at time zone 'UTC')::date as day, "productId",
      count(*) filter (where kind = 'VIEW'), count(*) filter (where kind = 'CART'), count(*) filter (where kind = 'WISHLIST')
    from came where kind in ('VIEW', 'CART', 'WISHLIST') and "productId" is not null group by 1, 2 order by 1, 2
    on conflict (day, product_id) do update set views = daily.views + excluded.views,
      cart_additions = daily.cart_additions + excluded.cart_additions,
      wishlist_additions = daily.wishlist_additions + excluded.wishlist_additions`.execute(db)
}

/**
 * An order's lines as steps of the funnel, at the time when it was placed or paid; again it makes no difference. With the order the cart that
 * it was made from is no longer left; the figures of the day on which it was are no longer right.
 */
export async function insertOrderInteractions(tx: Tx, orderId: number, kind: 'CHECKOUT' | 'PURCHASE'): Promise<void> {
  await awaitClosing(tx)
  await sql`
    with step as materialized (
      select "order".id, "order".number, "order".account_id, case when ${kind} = 'CHECKOUT' then "order".placed_at else (
        select min(happened_at) from orders.history where order_id = "order".id and payment_status = 'paid'
      ) end as happened_at
      from orders.orders "order" where "order".id = ${orderId}
    ), recovered as (
      update analytics.abandoned_carts set recovered_at = step.happened_at from step
      where ${kind} = 'CHECKOUT' and recovered_at is null and abandoned_carts.account_id = step.account_id
        and abandoned_carts.abandoned_at < step.happened_at
      returning (abandoned_at at time zone 'UTC')::date as day
    ), stale as (
      insert into analytics.stale_days (day) select day from recovered where day in (select day from analytics.closed_days)
    )
    insert into analytics.interactions (happened_at, kind, account_id, product_id, value, details)
    select step.happened_at, ${kind}::analytics.interaction_kind, step.account_id, line.product_id, sum(line.quantity),
      jsonb_build_object('order_number', step.number)
    from step join orders.lines line on line.order_id = step.id
    where line.product_id is not null and step.happened_at is not null and not exists (
      select from analytics.interactions noted
      where noted.kind = ${kind}::analytics.interaction_kind and noted.happened_at = step.happened_at
        and noted.details ->> 'order_number' = step.number
    )
    group by step.happened_at, step.account_id, step.number, line.product_id`.execute(tx)
}
