import { sql } from 'kysely'
import type { Db } from '#platform/database'

/** Adds up all views at once, in the order of the products, so that two nodes do not deadlock. A product that is gone is left out. */
export async function addViews(db: Db, views: ReadonlyMap<number, number>): Promise<void> {
  await sql`
    insert into browse.product_views as seen (product_id, views)
    select product.id, view.views
    from unnest(${[...views.keys()]}::bigint[], ${[...views.values()]}::bigint[]) as view (product_id, views)
    join catalog.products product on product.id = view.product_id
    order by product.id
    for key share of product
    on conflict (product_id) do update set views = seen.views + excluded.views`.execute(db)
}
