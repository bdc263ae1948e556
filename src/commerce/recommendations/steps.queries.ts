import { sql } from 'kysely'
import { WEIGHTS } from './weights.ts'

/** Rows of account_id, session_id, product_id, happened_at and weight: what was noted, and what was ordered and not cancelled. */
export const steps = {
  noted: sql`
    select account_id, session_id, product_id, happened_at, case kind when 'VIEW' then ${WEIGHTS.VIEW}
      when 'WISHLIST' then ${WEIGHTS.WISHLIST} when 'CART' then ${WEIGHTS.CART} when 'RATING' then value end::float8 as weight
    from analytics.interactions where product_id is not null and kind in ('VIEW', 'WISHLIST', 'CART', 'RATING')`,
  ordered: sql`
    select account_id, null as session_id, line.product_id, placed_at as happened_at, ${WEIGHTS.PURCHASE}::float8 as weight
    from orders.orders "order" join orders.lines line on line.order_id = "order".id
    where "order".status <> 'cancelled' and line.product_id is not null`,
}
