/** What an account wishes for. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

export type Wish = { productId: number; addedAt: Date }

/** All wishes of an account, the newest first. */
export async function findWishes(db: Db, accountId: number): Promise<Wish[]> {
  const { rows } = await sql<Wish>`
    select product_id, added_at from customers.wishlist_items
    where account_id = ${accountId} order by added_at desc, product_id desc`.execute(db)
  return rows
}

export async function hasWish(db: Db, accountId: number, productId: number): Promise<boolean> {
  const { rows } = await sql`
    select from customers.wishlist_items where account_id = ${accountId} and product_id = ${productId}`.execute(db)
  return rows.length > 0
}

/** Adds a wish unless it is there, or there are `max` already: then nothing is returned. The caller has locked the customer. */
export async function insertWish(
  tx: Tx,
  accountId: number,
  { productId, priceMinor }: { productId: number; priceMinor: number },
  max: number,
  now: Date,
) {
  const { rows } = await sql<{ addedAt: Date; isNew: boolean }>`
    with known as (
      select added_at from customers.wishlist_items where account_id = ${accountId} and product_id = ${productId}
    ), added as (
      insert into customers.wishlist_items (account_id, product_id, price_minor, added_at)
      select ${accountId}::bigint, ${productId}::bigint, ${priceMinor}::bigint, ${now}::timestamptz
      where not exists (select from known)
        and (select count(*) from customers.wishlist_items where account_id = ${accountId}) < ${max}
      returning added_at
    )
    select added_at, false as is_new from known union all select added_at, true from added`.execute(tx)
  return rows[0]
}

/** False where there is no such wish. */
export async function deleteWish(db: Db, accountId: number, productId: number): Promise<boolean> {
  const { rows } = await sql`
    delete from customers.wishlist_items where account_id = ${accountId} and product_id = ${productId}
    returning product_id`.execute(db)
  return rows.length > 0
}
