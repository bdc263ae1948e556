/** What of it can be had, and what fills the list. */
import { sql } from 'kysely'
import type { Db } from '#platform/database'
import type { Scored } from './likely.queries.ts'

export type Chosen = Scored & { isPopular: boolean }

/**
 * The first of these that are sold, in stock and not bought yet by the account (in orders that are not cancelled); where they are too
 * few, what is popular follows, and then what is well rated. `without` is no part of it. One statement.
 */
export async function chooseFrom(
  db: Db,
  candidates: Scored[],
  { limit, accountId, without }: { limit: number; accountId: number | null; without: number | null },
): Promise<Chosen[]> {
  const { rows } = await sql<Chosen>`
    with bought as materialized (
      select line.product_id from orders.orders "order" join orders.lines line on line.order_id = "order".id
      where "order".account_id = ${accountId}::bigint and "order".status <> 'cancelled' and line.product_id is not null
      union select ${without}::bigint where ${without}::bigint is not null
    ), chosen as (
      select candidate.product_id, candidate.score, 0 as rank, candidate.place
      from unnest(${candidates.map(({ productId }) => productId)}::bigint[],
        ${candidates.map(({ score }) => score)}::float8[]) with ordinality as candidate (product_id, score, place)
      where exists (select from browse.documents document where document.product_id = candidate.product_id and is_active)
        and not exists (select from browse.sold_out where sold_out.product_id = candidate.product_id)
        and candidate.product_id not in (select product_id from bought)
      order by candidate.place limit ${limit}
    ), filling as (
      select popular.product_id, popular.score::float8 as score, 1 as rank,
        row_number() over (order by popular.score desc, popular.product_id) as place
      from recommendations.popular
      where exists (select from browse.documents document where document.product_id = popular.product_id and is_active)
        and not exists (select from browse.sold_out where sold_out.product_id = popular.product_id)
        and popular.product_id not in (select product_id from bought)
        and popular.product_id not in (select product_id from chosen)
      order by place limit ${limit}
    ), rated as (
      select document.product_id, 0::float8 as score, 2 as rank,
        row_number() over (order by document.merit desc, document.product_id desc) as place
      from (
        select product_id, merit from browse.documents
        where is_active and (select count(*) from chosen) + (select count(*) from filling) < ${limit}
          and not exists (select from browse.sold_out where sold_out.product_id = documents.product_id)
          and product_id not in (select product_id from bought)
          and product_id not in (select product_id from chosen union select product_id from filling)
        order by merit desc, product_id desc limit ${limit}
      ) document
    )
    select product_id, score, rank > 0 as is_popular
    from (select * from chosen union all select * from filling union all select * from rated) pick
    order by rank, place limit ${limit}`.execute(db)
  return rows
}
