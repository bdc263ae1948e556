/** What became of one product (MP-140). */
import { sql } from 'kysely'
import type { Db } from '#platform/database'
import type { Days } from './days.ts'
import { within } from './summary.queries.ts'

export type ProductFigures = {
  /** None of the whole period. */
  day: string | null
  views: number
  viewers: number
  cartAdditions: number
  wishlistAdditions: number
  /** Orders that hold it and are not cancelled. */
  purchases: number
  units: number
  amountMinor: number
}

/** Day by day, and for the whole period in the row without a day: who came on two days is one viewer of it. */
export async function listProductFigures(db: Db, productId: number, days: Days): Promise<ProductFigures[]> {
  const { rows } = await sql<ProductFigures>`
    with span as (
      select day::date from generate_series(${days.from}::timestamp, ${days.until}::timestamp, interval '1 day') day
    ), looked as (
      select (happened_at at time zone 'UTC')::date as day, count(distinct coalesce(account_id::text, session_id, host(ip_address))) as viewers
      from analytics.interactions where product_id = ${productId} and kind = 'VIEW' and ${within('happened_at', days)}
      group by rollup (1)
    ), sold as (
      select ("order".placed_at at time zone 'UTC')::date as day, count(distinct "order".id) as purchases, sum(line.quantity) as units,
        sum(line.line_total_minor - line.discount_minor) as amount_minor
      from orders.lines line join analytics.counted_orders "order" on "order".id = line.order_id
      where line.product_id = ${productId} and is_booked and ${within('order.placed_at', days)}
      group by 1
    )
    select span.day, coalesce(sum(daily.views), 0)::bigint as views,
      coalesce((select viewers from looked where looked.day is not distinct from span.day), 0) as viewers,
      coalesce(sum(daily.cart_additions), 0)::bigint as cart_additions,
      coalesce(sum(daily.wishlist_additions), 0)::bigint as wishlist_additions, coalesce(sum(sold.purchases), 0)::bigint as purchases,
      coalesce(sum(sold.units), 0)::bigint as units, coalesce(sum(sold.amount_minor), 0)::bigint as amount_minor
    from span
    left join analytics.daily_products daily on daily.day = span.day and daily.product_id = ${productId}
    left join sold on sold.day = span.day
    group by rollup (span.day) order by span.day nulls last`.execute(db)
  return rows
}
