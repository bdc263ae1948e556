/** Brands, as the catalog writes them. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { BrandChanges, NewBrand } from './brands.ts'

/** Undefined when the slug or the name is taken. */
export async function insertBrand(tx: Tx, brand: NewBrand & { slug: string }): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    insert into catalog.brands (name, slug, description, logo, website, is_active)
    values (${brand.name}, ${brand.slug}, ${brand.description ?? ''}, ${brand.logo ?? null}, ${brand.website ?? null},
      ${brand.isActive ?? true})
    on conflict do nothing
    returning id`.execute(tx)
  return rows[0]?.id
}

export async function updateBrand(tx: Tx, id: number, changes: BrandChanges) {
  const set = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
  if (set.length > 0) await sql`update catalog.brands set ${sql.join(set)} where id = ${id}`.execute(tx)
}

export async function isBrandNameTaken(db: Db, name: string, except: number | null): Promise<boolean> {
  const { rows } = await sql`
    select from catalog.brands where lower(name) = lower(${name}) and id is distinct from ${except}::bigint`.execute(db)
  return rows.length > 0
}

export async function isBrandSlugTaken(db: Db, slug: string, except: number): Promise<boolean> {
  const { rows } = await sql`select from catalog.brands where slug = ${slug} and id <> ${except}`.execute(db)
  return rows.length > 0
}

/** Locked: no product comes to it meanwhile. */
export async function findBrandUse(tx: Tx, id: number): Promise<{ products: boolean } | undefined> {
  const { rows: found } = await sql`select from catalog.brands where id = ${id} for update`.execute(tx)
  if (found.length === 0) return undefined
  const { rows } = await sql<{ products: boolean }>`
    select exists (select from catalog.products where brand_id = ${id}) as products`.execute(tx)
  return rows[0]
}

export async function deleteBrand(tx: Tx, id: number): Promise<void> {
  await sql`delete from catalog.brands where id = ${id}`.execute(tx)
}

/** The id of the brand that is called so: by its id, or else by its slug. It stays until the end of the transaction. */
export async function findBrandId(tx: Tx, called: string): Promise<number | undefined> {
  const id = /^\d{1,15}$/.test(called) ? Number(called) : null
  const { rows } = await sql<{ id: number }>`
    select id from catalog.brands where id = ${id}::bigint or slug = ${called}
    order by id = ${id}::bigint desc nulls last limit 1 for key share`.execute(tx)
  return rows[0]?.id
}
