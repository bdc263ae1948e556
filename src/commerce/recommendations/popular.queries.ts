import { sql } from 'kysely'
import type { Tx } from '#platform/database'
import { WEIGHTS } from './weights.ts'

/** So many are kept: some of them are sold out, or bought already. */
const POPULAR_MAX = 1000

/** Writes anew what was looked at, wished for, put into carts and bought most since then; the first one scores 1. */
export async function refreshPopular(tx: Tx, since: Date): Promise<void> {
  await sql`
    with counted as (
      select product_id, sum(views) * ${WEIGHTS.VIEW} + sum(wishlist_additions) * ${WEIGHTS.WISHLIST}
        + sum(cart_additions) * ${WEIGHTS.CART} + sum(purchases) * ${WEIGHTS.PURCHASE} as points
      from analytics.product_days where day >= (${since}::timestamptz at time zone 'UTC')::date group by product_id
    ), best as (
      select product_id, points / max(points) over () as score
      from counted join catalog.products product on product.id = product_id
      where points > 0 order by points desc, product_id limit ${POPULAR_MAX}
    ), gone as (
      delete from recommendations.popular where product_id not in (select product_id from best)
    )
    insert into recommendations.popular (product_id, score) select product_id, score from best order by product_id
    on conflict (product_id) do update set score = excluded.score`.execute(tx)
}
