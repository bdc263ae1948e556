import { sql } from 'kysely'
import type { Db } from '#platform/database'

/** The variants of a product that orders know, whatever became of the orders. Undefined ones, of lines without variant, are left out. */
export async function findOrderedVariants(db: Db, productId: number): Promise<Set<number>> {
  const { rows } = await sql<{ variantId: number }>`
    select distinct variant_id from orders.lines
    where product_id = ${productId} and variant_id is not null`.execute(db)
  return new Set(rows.map(({ variantId }) => variantId))
}
