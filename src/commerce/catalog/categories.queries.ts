/** Categories, as the catalog writes them. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { CategoryChanges, NewCategory } from './categories.ts'

/** Only one at a time moves branches of the tree: two moves could otherwise hang one below the other. */
export async function lockCategoryTree(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('catalog.categories'))`.execute(tx)
}

/** A category that others are to be hung below; it stays where it is until the end of the transaction. */
export async function findParent(tx: Tx, id: number): Promise<{ path: number[] } | undefined> {
  const { rows } = await sql<{ path: number[] }>`
    select path from catalog.categories where id = ${id} for share`.execute(tx)
  return rows[0]
}

/** Undefined when the slug is taken. */
export async function insertCategory(tx: Tx, category: NewCategory & { slug: string; code: string }) {
  const { rows } = await sql<{ id: number }>`
    with fresh as materialized (select nextval(pg_get_serial_sequence('catalog.categories', 'id')) as id)
    insert into catalog.categories
      (id, parent_id, path, name, slug, code, description, image, tags, display_order, position, is_active)
    select fresh.id, parent.id, coalesce(parent.path, '{}') || fresh.id, ${category.name}, ${category.slug}, ${category.code},
      ${category.description ?? ''}, ${category.image ?? null}, ${category.tags ?? []}, ${category.displayOrder ?? null}::int,
      ${category.position ?? 0}::int, ${category.isActive ?? true}::boolean
    from fresh left join catalog.categories parent on parent.id = ${category.parentId ?? null}
    on conflict (slug) do nothing
    returning id`.execute(tx)
  return rows[0]?.id
}

export async function updateCategory(tx: Tx, id: number, changes: Omit<CategoryChanges, 'parentId'>): Promise<void> {
  const set = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
  if (set.length > 0) await sql`update catalog.categories set ${sql.join(set)} where id = ${id}`.execute(tx)
}

/** Hangs a category, with all below it, under another parent, or makes it a root. */
export async function moveBranch(tx: Tx, id: number, parentId: number | null): Promise<void> {
  await sql`
    update catalog.categories category
    set parent_id = case when category.id = ${id} then ${parentId}::bigint else category.parent_id end,
      path = coalesce((select path from catalog.categories where id = ${parentId}), '{}')
        || category.path[array_position(category.path, ${id}::bigint):]
    where category.path @> array[${id}::bigint]`.execute(tx)
}

export async function isCategoryCodeTaken(db: Db, code: string, except: number | null): Promise<boolean> {
  const { rows } = await sql`
    select from catalog.categories where code = ${code} and id is distinct from ${except}::bigint`.execute(db)
  return rows.length > 0
}

export async function isCategorySlugTaken(db: Db, slug: string, except: number): Promise<boolean> {
  const { rows } = await sql`select from catalog.categories where slug = ${slug} and id <> ${except}`.execute(db)
  return rows.length > 0
}

export async function findHolderOfPlace(db: Db, displayOrder: number, except: number | null): Promise<boolean> {
  const { rows } = await sql`
    select from catalog.categories
    where display_order = ${displayOrder} and id is distinct from ${except}::bigint`.execute(db)
  return rows.length > 0
}

/** What stands in the way of removing a category. It is locked: nothing comes into it meanwhile. */
export async function findCategoryUse(tx: Tx, id: number) {
  const { rows: found } = await sql`select from catalog.categories where id = ${id} for update`.execute(tx)
  if (found.length === 0) return undefined
  const { rows } = await sql<{ children: boolean; products: boolean }>`
    select exists (select from catalog.categories where parent_id = ${id}) as children,
      exists (select from catalog.products where category_id = ${id}) as products`.execute(tx)
  return rows[0]
}

export async function deleteCategory(tx: Tx, id: number): Promise<void> {
  await sql`delete from catalog.categories where id = ${id}`.execute(tx)
}

export async function findCategoryImage(db: Db, id: number): Promise<string | null | undefined> {
  const { rows } = await sql<{ image: string | null }>`
    select image from catalog.categories where id = ${id}`.execute(db)
  return rows[0]?.image
}

/** What a request may call a category by. */
export type CategoryName = 'id' | 'slug' | 'code' | 'name'

/**
 * The id of the category that is called so; of several ways to call it the first that fits, in the order given. With `hold`
 * it stays until the end of the transaction.
 */
export async function findCategoryId(
  db: Db,
  called: string,
  by: CategoryName[],
  { hold = false }: { hold?: boolean } = {},
): Promise<number | undefined> {
  const isId = /^\d{1,15}$/.test(called)
  const ways = {
    id: sql`id = ${isId ? Number(called) : null}::bigint`,
    slug: sql`slug = ${called}`,
    code: sql`code = ${called}`,
    name: sql`lower(name) = lower(${called})`,
  }
  const order = by.map((way, index) => sql`when ${ways[way]} then ${index}`)
  const { rows } = await sql<{ id: number }>`
    select id from catalog.categories where ${sql.join(
      by.map((way) => ways[way]),
      sql` or `,
    )}
    order by case ${sql.join(order, sql` `)} end, id limit 1 ${hold ? sql`for share` : sql``}`.execute(db)
  return rows[0]?.id
}
