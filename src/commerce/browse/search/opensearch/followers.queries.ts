/** What each index of the engine has seen of the shop, and what it has to be sent. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

/** A new index: it has seen what is committed at this moment, once it is sent all products. */
export async function insertFollower(tx: Tx, index: string, now: Date): Promise<void> {
  await sql`
    insert into browse.followers (index_name, seen, seen_at, written_at)
    values (${index}, pg_current_snapshot(), ${now}, ${now})`.execute(tx)
}

export type News = {
  productIds: number[]
  /** To be kept once these are sent. */
  asOf: string
  seenAt: Date
  /** The index is of a time that this database does not know: it was restored from a copy. */
  isFromElsewhere: boolean
}

/**
 * What the index has not seen; undefined where it is none of ours. What a transaction changed that was open when it last saw the
 * shop is news once that is committed. One statement, so `asOf` is what was seen here.
 */
export async function findNewsFor(db: Db, index: string): Promise<News | undefined> {
  const { rows } = await sql<News>`
    with follower as materialized (select seen, seen_at from browse.followers where index_name = ${index}),
    unseen as materialized (
      select change.product_ids, change.names from browse.changes change
      where change.xid >= (select pg_snapshot_xmin(seen) from follower)
        and not pg_visible_in_snapshot(change.xid, (select seen from follower))
    )
    select pg_current_snapshot()::text as as_of, seen_at,
      pg_snapshot_xmax(seen) > pg_snapshot_xmax(pg_current_snapshot()) as is_from_elsewhere,
      (select coalesce(json_agg(product_id order by product_id), '[]') from (
        select unnest(product_ids) as product_id from unseen
        union
        select document.product_id from (select distinct unnest(names) as name from unseen) renamed
        join browse.documents document on document.words @@ quote_literal(renamed.name)::tsquery
      ) changed) as product_ids
    from follower`.execute(db)
  return rows[0]
}

export async function updateSeen(tx: Tx, index: string, asOf: string, now: Date): Promise<void> {
  await sql`
    update browse.followers set seen = ${asOf}::pg_snapshot, seen_at = ${now} where index_name = ${index}`.execute(tx)
}

/**
 * The number of the next batch; undefined where the index is given up. Until the end of the transaction nobody else reads one: what
 * is read under a higher number is never older.
 */
export async function takeVersion(tx: Tx, index: string, now: Date): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`
    update browse.followers set version = version + 1, written_at = ${now} where index_name = ${index}
    returning version`.execute(tx)
  return rows[0]?.version
}

export type Document = {
  productId: number
  /** As the index keeps it; null where it should have none. */
  source: Record<string, unknown> | null
}

/** These products as they are at this moment. */
export async function findDocuments(db: Db, productIds: number[]): Promise<Document[]> {
  const { rows } = await sql<Document>`
    select wanted.id as product_id, case when document.is_active then json_build_object(
      'product_id', product.id, 'name', product.name, 'name_key', document.name_key,
      'brand', (select name from catalog.brands where id = product.brand_id and is_active),
      'category', (select json_agg(name order by cardinality(path)) from catalog.categories where id = any(category.path) and is_active),
      'tags', to_json(product.tags), 'description', left(product.short_description || ' ' || product.description, 20000),
      'skus', (select json_agg(sku) from catalog.variants
        where product_id = product.id and is_active and removed_at is null),
      'category_ids', to_json(category.path), 'category_id', product.category_id, 'brand_id', product.brand_id,
      'seller_id', product.seller_id, 'price_minor', document.price_minor,
      'in_stock', not exists (select from browse.sold_out gone where gone.product_id = product.id),
      'is_featured', document.is_featured, 'is_on_sale', document.is_on_sale, 'is_best_seller', document.is_best_seller,
      'flash_sale_until', case when document.flash_sale_until = 'infinity' then '9999-12-31T00:00:00Z'
        else to_json(document.flash_sale_until) #>> '{}' end,
      'created_at', document.created_at, 'rating_average', document.rating_average, 'merit', greatest(document.merit, 0)
    ) end as source
    from unnest(${productIds}::bigint[]) wanted (id)
    left join browse.documents document on document.product_id = wanted.id
    left join catalog.products product on product.id = document.product_id
    left join catalog.categories category on category.id = product.category_id`.execute(db)
  return rows
}

/** The next active products by their ids. */
export async function findProductIdsAfter(db: Db, productId: number, limit: number): Promise<number[]> {
  const { rows } = await sql<{ productId: number }>`
    select product_id from browse.documents where product_id > ${productId} and is_active
    order by product_id limit ${limit}`.execute(db)
  return rows.map((row) => row.productId)
}

/** Indexes of this prefix that nobody has written since; the one that is used is not among them. */
export async function findLeftIndexes(db: Db, prefix: string, used: string, before: Date): Promise<string[]> {
  const { rows } = await sql<{ indexName: string }>`
    select index_name from browse.followers
    where starts_with(index_name, ${prefix}) and index_name <> ${used} and written_at < ${before}
    order by index_name`.execute(db)
  return rows.map((row) => row.indexName)
}

export async function deleteFollower(tx: Tx, index: string): Promise<void> {
  await sql`delete from browse.followers where index_name = ${index}`.execute(tx)
}
