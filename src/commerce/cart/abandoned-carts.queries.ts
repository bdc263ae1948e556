/** SQL of carts that were left. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

export type AbandonedCart = { id: number; accountId: number; updatedAt: Date }

/** Carts of accounts that were last touched in this time, hold something, and were not reminded of; `after` is the last one of a page. */
export async function listAbandonedCarts(
  db: Db,
  { from, until, after }: { from: Date; until: Date; after: number },
  limit: number,
): Promise<AbandonedCart[]> {
  const { rows } = await sql<AbandonedCart>`
    select id, account_id, updated_at from cart.carts cart
    where account_id is not null and reminded_at is null and updated_at > ${from} and updated_at <= ${until} and id > ${after}
      and exists (select from cart.lines where cart_id = cart.id)
    order by id limit ${limit}`.execute(db)
  return rows
}

/** Notes that its owner is reminded of a cart. False where somebody touched it since, or was quicker. */
export async function markReminded(tx: Tx, cart: AbandonedCart, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update cart.carts set reminded_at = ${now}
    where id = ${cart.id} and reminded_at is null and updated_at = ${cart.updatedAt} returning id`.execute(tx)
  return rows.length > 0
}

/** Whose cart this is; nothing where it is gone, or a guest's. */
export async function findOwnerOfCart(db: Db, id: number): Promise<{ accountId: number } | undefined> {
  const { rows } = await sql<{ accountId: number }>`
    select account_id from cart.carts where id = ${id} and account_id is not null`.execute(db)
  return rows[0]
}
