/** What is asked of many products in one statement, before and while they are brought in together. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

/** The ids of categories by what the storefront calls them. They stay until the end of the transaction. */
export async function holdCategories(tx: Tx, codes: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ code: string; id: number }>`
    select code, id from catalog.categories where code = any(${codes}::text[]) order by id for key share`.execute(tx)
  return new Map(rows.map(({ code, id }) => [code, id]))
}

/** The ids of brands by their names, whatever the case: by the names as they are given. They stay until the end of the transaction. */
export async function holdBrands(tx: Tx, names: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ called: string; id: number }>`
    select wanted.called, brand.id from unnest(${names}::text[]) as wanted (called)
    join catalog.brands brand on lower(brand.name) = lower(wanted.called) order by brand.id for key share of brand`.execute(
    tx,
  )
  return new Map(rows.map(({ called, id }) => [called, id]))
}

/** Those of these names that a product of the house has, whatever the case. */
export async function findTakenNames(db: Db, names: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    select wanted.name from unnest(${names}::text[]) as wanted (name)
    where exists (
      select from catalog.products product
      where lower(product.name) = lower(wanted.name) and product.removed_at is null and product.seller_id is null
    )`.execute(db)
  return new Set(rows.map(({ name }) => name))
}

/** Those of these article numbers that a variant has, whatever the case. */
export async function findTakenSkus(db: Db, skus: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ sku: string }>`
    select wanted.sku from unnest(${skus}::text[]) as wanted (sku)
    where exists (
      select from catalog.variants variant
      where lower(variant.sku) = lower(wanted.sku) and variant.removed_at is null
    )`.execute(db)
  return new Set(rows.map(({ sku }) => sku))
}

/**
 * Until the end of the transaction nobody else gives a product of the house a name that others may not have; whoever
 * is about to is waited for.
 */
export async function holdAllNames(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('catalog.names'))`.execute(tx)
}

/** Whether one of these names is that of several products of the house. */
export async function isNameHeldTwice(tx: Tx, names: string[]): Promise<boolean> {
  const { rows } = await sql`
    select from unnest(${names}::text[]) as wanted (name)
    where (
      select count(*) from catalog.products product
      where lower(product.name) = lower(wanted.name) and product.removed_at is null and product.seller_id is null
    ) > 1
    limit 1`.execute(tx)
  return rows.length > 0
}
