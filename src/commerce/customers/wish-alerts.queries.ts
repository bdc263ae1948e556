/** Wishes whose owners want to know when they get cheaper. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

/** Products that somebody wishes for who wants to know, in the order of their ids, from behind `after` on. */
export async function listWatchedWishes(db: Db, after: number, limit: number): Promise<number[]> {
  const { rows } = await sql<{ productId: number }>`
    select distinct item.product_id
    from customers.profiles profile join customers.wishlist_items item on item.account_id = profile.account_id
    where profile.wish_alerts and item.product_id > ${after} order by item.product_id limit ${limit}`.execute(db)
  return rows.map(({ productId }) => productId)
}

export type Asked = { productId: number; priceMinor: number }
export type FallenWish = { accountId: number; productId: number; addedAt: Date; beforeMinor: number }

/**
 * Takes wishes whose owners want to know and that cost less now than they were told, at most `limit`; once the transaction is
 * committed they count as told. What another worker is about to tell is left to it.
 */
export async function takeFallenWishes(tx: Tx, asked: Asked[], limit: number): Promise<FallenWish[]> {
  const { rows } = await sql<FallenWish>`
    with due as (
      select item.account_id, item.product_id, item.price_minor as before_minor, asked.price_minor
      from unnest(${asked.map(({ productId }) => productId)}::bigint[],
        ${asked.map(({ priceMinor }) => priceMinor)}::bigint[]) as asked (product_id, price_minor)
      join customers.wishlist_items item on item.product_id = asked.product_id and item.price_minor > asked.price_minor
      join customers.profiles profile on profile.account_id = item.account_id and profile.wish_alerts
      order by item.account_id, item.product_id limit ${limit}
      for update of item skip locked
    )
    update customers.wishlist_items item set price_minor = due.price_minor
    from due where item.account_id = due.account_id and item.product_id = due.product_id
    returning item.account_id, item.product_id, item.added_at, due.before_minor`.execute(tx)
  return rows
}

/** From now on these prices are those that he was told. */
export async function updateWishPrices(tx: Tx, accountId: number, asked: Asked[]): Promise<void> {
  await sql`
    update customers.wishlist_items item set price_minor = asked.price_minor
    from unnest(${asked.map(({ productId }) => productId)}::bigint[],
      ${asked.map(({ priceMinor }) => priceMinor)}::bigint[]) as asked (product_id, price_minor)
    where item.account_id = ${accountId} and item.product_id = asked.product_id`.execute(tx)
}

/** The language of each of these accounts that chose one. */
export async function findLanguages(db: Db, accountIds: number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ accountId: number; language: string }>`
    select account_id, language from customers.profiles
    where account_id = any(${accountIds}::bigint[]) and language is not null`.execute(db)
  return new Map(rows.map(({ accountId, language }) => [accountId, language]))
}
