/** Products that come together: each kind of row in one statement, whatever their number. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Price } from './prices.ts'
import type { NewProduct, NewVariant } from './products.ts'

export async function findTakenAmong(db: Db, slugs: string[]): Promise<string[]> {
  const { rows } = await sql<{ slug: string }>`
    select slug from catalog.products where slug = any(${slugs}::text[])`.execute(db)
  return rows.map(({ slug }) => slug)
}

/** For each slug so many free ones of slug-2, slug-3 …, the first ones. Numbers are tried one by one, along the index. */
export async function findFreeNumbers(
  db: Db,
  wanted: { slug: string; count: number }[],
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ slug: string; free: string[] }>`
    select wanted.slug, array(
      select candidate from (
        select wanted.slug || '-' || generate_series(2, 10000000) as candidate
      ) numbered
      where (select id from catalog.products where products.slug = candidate) is null
      limit wanted.count
    ) as free
    from unnest(${wanted.map(({ slug }) => slug)}::text[], ${wanted.map(({ count }) => count)}::int[])
      as wanted (slug, count)`.execute(db)
  return new Map(rows.map(({ slug, free }) => [slug, free]))
}

export type ProductLine = NewProduct & Price & { slug: string }

/** In the order given. Those whose slug somebody else took meanwhile do not come back. */
export async function insertProducts(tx: Tx, products: ProductLine[], now: Date): Promise<Map<string, number>> {
  const lines = products.map((product) => ({
    name: product.name,
    slug: product.slug,
    description: product.description ?? '',
    short_description: product.shortDescription ?? '',
    category_id: product.categoryId ?? null,
    brand_id: product.brandId ?? null,
    seller_id: product.sellerId ?? null,
    tags: product.tags ?? [],
    specifications: product.specifications ?? {},
    currency: product.currency,
    price_minor: product.priceMinor,
    compare_at_minor: product.compareAtMinor,
    discount_basis_points: product.discountBasisPoints ?? null,
    is_active: product.isActive ?? true,
    is_featured: product.isFeatured ?? false,
    is_best_seller: product.isBestSeller ?? false,
    is_flash_sale: product.isFlashSale ?? false,
    flash_sale_ends_at: product.flashSaleEndsAt ?? null,
    created_at: product.createdAt ?? now,
  }))
  const { rows } = await sql<{ id: number; slug: string }>`
    insert into catalog.products (name, slug, description, short_description, category_id, brand_id, seller_id, tags,
      specifications, currency, price_minor, compare_at_minor, discount_basis_points, is_active, is_featured, is_best_seller,
      is_flash_sale, flash_sale_ends_at, created_at, updated_at)
    select name, slug, description, short_description, category_id, brand_id, seller_id, tags, specifications, currency,
      price_minor, compare_at_minor, discount_basis_points, is_active, is_featured, is_best_seller, is_flash_sale,
      flash_sale_ends_at, created_at, created_at
    from rows from (jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as (name text, slug text, description text,
      short_description text, category_id bigint, brand_id bigint, seller_id bigint, tags text[], specifications jsonb,
      currency text, price_minor bigint, compare_at_minor bigint, discount_basis_points int, is_active boolean,
      is_featured boolean, is_best_seller boolean, is_flash_sale boolean, flash_sale_ends_at timestamptz,
      created_at timestamptz)) with ordinality as line
    order by line.ordinality
    on conflict (slug) do nothing
    returning id, slug`.execute(tx)
  return new Map(rows.map(({ id, slug }) => [slug, id]))
}

export type VariantLine = NewVariant & { productId: number; position: number }

/** Those whose sku is taken do not come back. */
export async function insertVariantsOfAll(tx: Tx, variants: VariantLine[]): Promise<Map<string, number>> {
  const lines = variants.map((variant) => ({
    product_id: variant.productId,
    position: variant.position,
    name: variant.name ?? '',
    sku: variant.sku,
    attributes: variant.attributes ?? {},
    price_minor: variant.priceMinor,
    compare_at_minor: variant.compareAtMinor ?? null,
    weight_grams: variant.weightGrams ?? null,
    weight_label: variant.weightLabel ?? '',
    image: variant.image ?? null,
    is_active: variant.isActive ?? true,
    is_implicit: variant.isImplicit ?? false,
  }))
  const { rows } = await sql<{ id: number; sku: string }>`
    insert into catalog.variants (product_id, position, name, sku, attributes, price_minor, compare_at_minor,
      weight_grams, weight_label, image, is_active, is_implicit)
    select product_id, position, name, sku, attributes, price_minor, compare_at_minor, weight_grams, weight_label, image,
      is_active, is_implicit
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line (product_id bigint, position int, name text, sku text,
      attributes jsonb, price_minor bigint, compare_at_minor bigint, weight_grams int, weight_label text, image text,
      is_active boolean, is_implicit boolean)
    order by product_id, position
    on conflict (lower(sku)) where removed_at is null do nothing
    returning id, sku`.execute(tx)
  return new Map(rows.map(({ id, sku }) => [sku, id]))
}

export type PictureLine = { productId: number; position: number; url: string; altText: string }

export async function insertPicturesOfAll(tx: Tx, pictures: PictureLine[]): Promise<void> {
  await sql`
    insert into catalog.pictures (product_id, url, alt_text, is_primary, position)
    select product_id, url, alt_text, position = 0, position
    from unnest(${pictures.map(({ productId }) => productId)}::bigint[], ${pictures.map(({ url }) => url)}::text[],
      ${pictures.map(({ altText }) => altText)}::text[], ${pictures.map(({ position }) => position)}::int[])
      as picture (product_id, url, alt_text, position)
    order by product_id, position`.execute(tx)
}
