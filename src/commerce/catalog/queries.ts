/** All SQL of the catalog module. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { NewBrand } from './brands.ts'
import type { NewCategory } from './categories.ts'
import type { NewProduct, NewVariant } from './products.ts'
import type { ShownPrice } from './shown-price.ts'

type WithSlug<Noun> = Noun & { slug: string }

/** The slugs that begin like this one: itself, and its numbered followers. */
export async function findTakenSlugs(
  db: Db,
  noun: 'categories' | 'brands' | 'products',
  slug: string,
): Promise<string[]> {
  const { rows } = await sql<{ slug: string }>`
    select slug from catalog.${sql.raw(noun)}
    where slug = ${slug} or (slug >= ${`${slug}-`} and slug < ${`${slug}.`})`.execute(db)
  return rows.map((row) => row.slug)
}

/** Whether there is such a category; it stays where it is until the end of the transaction. */
export async function lockCategory(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await sql`select from catalog.categories where id = ${id} for share`.execute(tx)
  return rows.length > 0
}

/** Undefined when the slug is taken. */
export async function insertCategory(tx: Tx, category: WithSlug<NewCategory>): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    with fresh as materialized (select nextval(pg_get_serial_sequence('catalog.categories', 'id')) as id)
    insert into catalog.categories (id, parent_id, path, name, slug, description, image, position, is_active)
    select fresh.id, parent.id, coalesce(parent.path, '{}') || fresh.id, ${category.name}, ${category.slug},
      ${category.description ?? ''}, ${category.image ?? null}, ${category.position ?? 0}::int,
      ${category.isActive ?? true}::boolean
    from fresh left join catalog.categories parent on parent.id = ${category.parentId ?? null}
    on conflict (slug) do nothing
    returning id`.execute(tx)
  return rows[0]?.id
}

/** Undefined when the slug or the name is taken. */
export async function insertBrand(tx: Tx, brand: WithSlug<NewBrand>) {
  const { rows } = await sql<{ id: number }>`
    insert into catalog.brands (name, slug, description, logo, website, is_active)
    values (${brand.name}, ${brand.slug}, ${brand.description ?? ''}, ${brand.logo ?? null}, ${brand.website ?? null},
      ${brand.isActive ?? true})
    on conflict do nothing
    returning id`.execute(tx)
  return rows[0]?.id
}

export async function isBrandNameTaken(db: Db, name: string): Promise<boolean> {
  const { rows } = await sql`select from catalog.brands where lower(name) = lower(${name})`.execute(db)
  return rows.length > 0
}

/** Undefined when the slug is taken. */
export async function insertProduct(tx: Tx, product: WithSlug<NewProduct> & ShownPrice, now: Date) {
  const createdAt = product.createdAt ?? now
  const { rows } = await sql<{ id: number }>`
    insert into catalog.products (name, slug, description, category_id, brand_id, tags, specifications, currency,
      price_minor, compare_at_minor, is_active, is_featured, created_at, updated_at)
    values (${product.name}, ${product.slug}, ${product.description ?? ''}, ${product.categoryId ?? null},
      ${product.brandId ?? null}, ${product.tags ?? []}, ${JSON.stringify(product.specifications ?? {})}::jsonb,
      ${product.currency}, ${product.priceMinor}, ${product.compareAtMinor}, ${product.isActive ?? true},
      ${product.isFeatured ?? false}, ${createdAt}, ${createdAt})
    on conflict (slug) do nothing
    returning id`.execute(tx)
  return rows[0]?.id
}

/** All variants in one statement, in the order given. Refuses taken skus: `sku_taken`. */
export async function insertVariants(tx: Tx, productId: number, variants: NewVariant[]) {
  const lines = variants.map((variant, position) => ({
    position,
    name: variant.name ?? '',
    sku: variant.sku,
    attributes: variant.attributes ?? {},
    price_minor: variant.priceMinor,
    compare_at_minor: variant.compareAtMinor ?? null,
    weight_grams: variant.weightGrams ?? null,
    image: variant.image ?? null,
    is_active: variant.isActive ?? true,
  }))
  const { rows } = await sql<{ id: number; sku: string; position: number }>`
    insert into catalog.variants (product_id, position, name, sku, attributes, price_minor, compare_at_minor,
      weight_grams, image, is_active)
    select ${productId}::bigint, position, name, sku, attributes, price_minor, compare_at_minor, weight_grams, image, is_active
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line (position int, name text, sku text, attributes jsonb,
      price_minor bigint, compare_at_minor bigint, weight_grams int, image text, is_active boolean)
    order by position
    on conflict (lower(sku)) do nothing
    returning id, sku, position`.execute(tx)
  if (rows.length < variants.length) {
    const fresh = new Set(rows.map((row) => row.sku))
    const skus = variants.map((variant) => variant.sku).filter((sku) => !fresh.has(sku))
    throw new Refusal('conflict', 'sku_taken', 'A variant with this sku exists', { skus })
  }
  return rows.sort((a, b) => a.position - b.position).map(({ id, sku }) => ({ id, sku }))
}

export async function insertPictures(tx: Tx, productId: number, pictures: { url: string; altText?: string }[]) {
  await sql`
    insert into catalog.pictures (product_id, url, alt_text, is_primary, position)
    select ${productId}::bigint, url, alt_text, position = 1, position - 1
    from unnest(${pictures.map((picture) => picture.url)}::text[], ${pictures.map((picture) => picture.altText ?? '')}::text[])
      with ordinality as picture (url, alt_text, position)`.execute(tx)
}
