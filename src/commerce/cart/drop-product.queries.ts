import { sql } from 'kysely'
import type { Tx } from '#platform/database'

/** Takes articles that are no longer sold out of all carts (SF-214). */
export async function dropFromCarts(tx: Tx, variantIds: number[]): Promise<void> {
  await sql`delete from cart.lines where variant_id = any(${variantIds}::bigint[])`.execute(tx)
}
