/** All SQL of watches. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Sold } from './sold.ts'
import type { Watch } from './watch.ts'

const columns = sql.raw('id, account_id, product_id, variant_id, kind, price_minor, created_at')

export async function findWatch(tx: Tx, watch: Omit<Watch, 'id' | 'priceMinor' | 'createdAt'>) {
  const { rows } = await sql<Watch>`
    select ${columns} from watches.watches
    where account_id = ${watch.accountId} and product_id = ${watch.productId} and kind = ${watch.kind}
      and variant_id is not distinct from ${watch.variantId}::bigint`.execute(tx)
  return rows[0]
}

/** Undefined where it is there already, or the account has `max`. Of several at once one more may come in: nobody is harmed. */
export async function insertWatch(tx: Tx, watch: Omit<Watch, 'id'>, max: number): Promise<Watch | undefined> {
  const { rows } = await sql<Watch>`
    insert into watches.watches (account_id, product_id, variant_id, kind, price_minor, created_at)
    select ${watch.accountId}::bigint, ${watch.productId}::bigint, ${watch.variantId}::bigint, ${watch.kind}::watches.kind,
      ${watch.priceMinor}::bigint, ${watch.createdAt}::timestamptz
    where (select count(*) from watches.watches where account_id = ${watch.accountId}) < ${max}
    on conflict on constraint watches_once do nothing returning ${columns}`.execute(tx)
  return rows[0]
}

/** False where the account has no such watch. */
export async function deleteWatch(tx: Tx, accountId: number, id: number): Promise<boolean> {
  const { rows } = await sql`
    delete from watches.watches where id = ${id} and account_id = ${accountId} returning id`.execute(tx)
  return rows.length > 0
}

export async function deleteWatches(tx: Tx, accountId: number): Promise<void> {
  await sql`delete from watches.watches where account_id = ${accountId}`.execute(tx)
}

/** All of an account, the newest first. */
export async function findWatchesOf(db: Db, accountId: number): Promise<Watch[]> {
  const { rows } = await sql<Watch>`
    select ${columns} from watches.watches where account_id = ${accountId} order by id desc`.execute(db)
  return rows
}

/** Products that somebody waits for, in the order of their ids, from behind `after` on. Each is found by its own step into the index. */
export async function listWatchedProducts(db: Db, after: number, limit: number): Promise<number[]> {
  const { rows } = await sql<{ productId: number }>`
    with recursive watched as (
      select (select min(product_id) from watches.watches where product_id > ${after}) as product_id, 1 as place
      union all
      select (select min(product_id) from watches.watches where product_id > watched.product_id), place + 1
      from watched where product_id is not null and place < ${limit}
    )
    select product_id from watched where product_id is not null`.execute(db)
  return rows.map(({ productId }) => productId)
}

/** What is sold, as rows: an unknown variant is the product as a whole. */
const soldRows = (sold: Sold[]) => sql`unnest(${sold.map(({ productId }) => productId)}::bigint[],
  ${sold.map(({ variantId }) => variantId)}::bigint[], ${sold.map(({ priceMinor }) => priceMinor)}::bigint[])
  as sold (product_id, variant_id, price_minor)`

/**
 * Takes at most `limit` who wait for any of these, which are there again: they wait no longer once the transaction is committed.
 * What another worker is about to tell is left to it.
 */
export async function takeRestocked(tx: Tx, sold: Sold[], limit: number): Promise<Watch[]> {
  const there = sold.filter(({ isThere }) => isThere)
  if (there.length === 0) return []
  const { rows } = await sql<Watch>`
    delete from watches.watches where id in (
      select watch.id from ${soldRows(there)}
      join watches.watches watch on watch.product_id = sold.product_id and watch.kind = 'back_in_stock'
        and watch.variant_id is not distinct from sold.variant_id
      order by watch.account_id, watch.id limit ${limit} for update of watch skip locked
    ) returning ${columns}`.execute(tx)
  return rows
}

export type FallenWatch = Watch & { beforeMinor: number }

/** The same of who was told another price last; he waits on, for a lower one. */
export async function takeFallen(tx: Tx, sold: Sold[], limit: number): Promise<FallenWatch[]> {
  const { rows } = await sql<FallenWatch>`
    with due as (
      select watch.id, watch.price_minor as before_minor, sold.price_minor from ${soldRows(sold)}
      join watches.watches watch on watch.product_id = sold.product_id and watch.kind = 'price_drop'
        and watch.variant_id is not distinct from sold.variant_id and watch.price_minor > sold.price_minor
      order by watch.account_id, watch.id limit ${limit} for update of watch skip locked
    )
    update watches.watches watch set price_minor = due.price_minor from due where watch.id = due.id
    returning watch.id, watch.account_id, watch.product_id, watch.variant_id, watch.kind, watch.price_minor, watch.created_at,
      due.before_minor`.execute(tx)
  return rows
}
