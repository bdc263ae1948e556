/** Products and their pictures, as the catalog writes them. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Price, Pricing } from './prices.ts'
import type { NewProduct, ProductTraits } from './products.ts'

type Noun = 'categories' | 'brands' | 'products'

/** The slugs that begin like this one: itself, and its numbered followers. What the storefront calls a category by counts as well. */
export async function findTakenSlugs(db: Db, noun: Noun, slug: string): Promise<string[]> {
  const begin = (column: string) => sql`
    select ${sql.raw(column)} as slug from catalog.${sql.raw(noun)}
    where ${sql.raw(column)} = ${slug} or (${sql.raw(column)} >= ${`${slug}-`} and ${sql.raw(column)} < ${`${slug}.`})`
  const codes = noun === 'categories' ? sql`union all ${begin('code')}` : sql``
  const { rows } = await sql<{ slug: string }>`${begin('slug')} ${codes}`.execute(db)
  return rows.map((row) => row.slug)
}

/** Undefined when the slug is taken. */
export async function insertProduct(tx: Tx, product: NewProduct & Price & { slug: string }, now: Date) {
  const createdAt = product.createdAt ?? now
  const { rows } = await sql<{ id: number }>`
    insert into catalog.products (name, slug, description, short_description, category_id, brand_id, seller_id, tags,
      specifications, currency, price_minor, compare_at_minor, discount_basis_points, is_active, is_featured, is_best_seller,
      is_flash_sale, flash_sale_ends_at, created_at, updated_at)
    values (${product.name}, ${product.slug}, ${product.description ?? ''}, ${product.shortDescription ?? ''},
      ${product.categoryId ?? null}, ${product.brandId ?? null}, ${product.sellerId ?? null}, ${product.tags ?? []},
      ${JSON.stringify(product.specifications ?? {})}::jsonb, ${product.currency}, ${product.priceMinor},
      ${product.compareAtMinor}, ${product.discountBasisPoints ?? null}, ${product.isActive ?? true},
      ${product.isFeatured ?? false}, ${product.isBestSeller ?? false}, ${product.isFlashSale ?? false},
      ${product.flashSaleEndsAt ?? null}, ${createdAt}, ${createdAt})
    on conflict (slug) do nothing
    returning id`.execute(tx)
  return rows[0]?.id
}

export type LockedProduct = {
  id: number
  name: string
  slug: string
  sellerId: number | null
  categoryId: number | null
  currency: string
  isActive: boolean
  discountBasisPoints: number | null
  /** All that were not removed, in the order they are shown. */
  variants: LockedVariant[]
}
export type LockedVariant = Price & {
  id: number
  name: string
  sku: string
  weightLabel: string
  position: number
  isActive: boolean
  isImplicit: boolean
}

/** The product and its variants, held until the end of the transaction. Two statements: the second sees what the first waited for. */
export async function findLockedProduct(tx: Tx, productId: number): Promise<LockedProduct | undefined> {
  const { rows } = await sql<Omit<LockedProduct, 'variants'>>`
    select id, name, slug, seller_id, category_id, currency, is_active, discount_basis_points from catalog.products
    where id = ${productId} for update`.execute(tx)
  if (!rows[0]) return undefined
  const variants = await sql<LockedVariant>`
    select id, name, sku, weight_label, position, price_minor, compare_at_minor, is_active, is_implicit from catalog.variants
    where product_id = ${productId} and removed_at is null order by position, id`.execute(tx)
  return { ...rows[0], variants: variants.rows }
}

export type ProductColumns = Partial<ProductTraits> & Partial<Pricing> & { slug?: string }

/** A product that becomes active again is removed no more. */
export async function updateProduct(tx: Tx, id: number, columns: ProductColumns & { updatedAt: Date }): Promise<void> {
  const { specifications, ...plain } = columns
  const values: Record<string, unknown> = { ...plain }
  if (specifications) values.specifications = JSON.stringify(specifications)
  const set = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
  if (columns.isActive) set.push(sql`removed_at = null`)
  await sql`update catalog.products set ${sql.join(set)} where id = ${id}`.execute(tx)
}

/** The price that lists show, after its variants have changed. */
export async function updateShownPrice(tx: Tx, id: number, price: Price, now: Date): Promise<void> {
  await updateProduct(tx, id, { ...price, updatedAt: now })
}

export async function hideProduct(tx: Tx, id: number, now: Date): Promise<void> {
  await sql`
    update catalog.products set is_active = false, removed_at = ${now}, category_id = null, brand_id = null, updated_at = ${now}
    where id = ${id}`.execute(tx)
}

export async function deleteProduct(tx: Tx, id: number): Promise<void> {
  await sql`delete from catalog.products where id = ${id}`.execute(tx)
}

/** Whether there is another product of this name by the same seller, whatever the case. Others who ask for it wait (MP-068). */
export async function isProductNameTaken(tx: Tx, name: string, sellerId: number | null, except: number | null) {
  // The first lock is for whoever brings in many names, and holds them all.
  await sql`
    select pg_advisory_xact_lock_shared(hashtext('catalog.names')), pg_advisory_xact_lock(hashtextextended(lower(${name}), 7))`.execute(
    tx,
  )
  const { rows } = await sql`
    select from catalog.products
    where lower(name) = lower(${name}) and removed_at is null and seller_id is not distinct from ${sellerId}::bigint
      and id is distinct from ${except}::bigint limit 1`.execute(tx)
  return rows.length > 0
}

type NewPicture = { url: string; altText?: string }

export async function insertPictures(tx: Tx, productId: number, pictures: NewPicture[]): Promise<void> {
  await sql`
    insert into catalog.pictures (product_id, url, alt_text, is_primary, position)
    select ${productId}::bigint, url, alt_text, position = 1, position - 1
    from unnest(${pictures.map((picture) => picture.url)}::text[], ${pictures.map((picture) => picture.altText ?? '')}::text[])
      with ordinality as picture (url, alt_text, position)`.execute(tx)
}

/** Makes these the pictures of a product, in this order. One that is there already, by its address, stays what it is. */
export async function replacePictures(tx: Tx, productId: number, pictures: NewPicture[]): Promise<void> {
  const urls = pictures.map((picture) => picture.url)
  await sql`
    delete from catalog.pictures where product_id = ${productId} and url <> all(${urls}::text[])`.execute(tx)
  await sql`
    update catalog.pictures set is_primary = false where product_id = ${productId} and is_primary`.execute(tx)
  await sql`
    insert into catalog.pictures (product_id, url, alt_text)
    select ${productId}::bigint, url, alt_text
    from unnest(${urls}::text[], ${pictures.map((picture) => picture.altText ?? '')}::text[])
      with ordinality as picture (url, alt_text, place)
    where not exists (
      select from catalog.pictures known where known.product_id = ${productId} and known.url = picture.url)
    order by place`.execute(tx)
  await sql`
    update catalog.pictures picture set position = wanted.place - 1, is_primary = wanted.place = 1
    from (
      select url, min(place)::int as place from unnest(${urls}::text[]) with ordinality as each (url, place) group by url
    ) wanted
    where picture.product_id = ${productId} and picture.url = wanted.url`.execute(tx)
}

/** Where the pictures of a product are, as stored. */
export async function findPictureAddresses(tx: Tx, productId: number): Promise<string[]> {
  const { rows } = await sql<{ url: string }>`
    select url from catalog.pictures where product_id = ${productId}`.execute(tx)
  return rows.map(({ url }) => url)
}
