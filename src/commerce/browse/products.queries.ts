/** Products as they are shown: what a page selects is decorated here, for its rows only, in the same statement. */
import type { Db } from '#platform/database'
import type { Handle, ProductPage, ProductView, ProductWithVariants } from './product-view.ts'
import { once, runText } from './run-text.ts'
import { type Count, idOf, type Selection } from './selection.queries.ts'

type Counted<Row> = Row & { count: number }

/**
 * The rows of a page, each with the number of all that match; `knownCount` spares the counting. Without rows there is
 * no number: ask `findCount` where the page is not the first.
 */
export function findSelected(db: Db, selection: Selection, knownCount?: number): Promise<Counted<ProductView>[]> {
  return runSelected(db, selection, knownCount, '')
}

/** The same, each product with its active variants. */
export function findSelectedWithVariants(
  db: Db,
  selection: Selection,
  knownCount?: number,
): Promise<Counted<ProductWithVariants>[]> {
  return runSelected(db, selection, knownCount, `(${variants('false')}) as variants, `)
}

function runSelected<Row>(
  db: Db,
  { ids, count, values, isKept, isUsual }: Selection,
  knownCount: number | undefined,
  more: string,
): Promise<Row[]> {
  const number = isKept ? count : `coalesce($${values.length + 1}::bigint, ${count})`
  const text = `${decorated(ids, { columns: `${more}${number} as "count"` })} order by page.place`
  const all = isKept ? values : [...values, knownCount ?? null]
  return runText<Row>(db, isUsual ? text : once(text), all)
}

export async function findCount(db: Db, { count, values }: Count): Promise<number> {
  const rows = await runText<{ count: number }>(db, once(`select ${count} as "count"`), values)
  return rows[0]!.count
}

/** The page of one product, with its active variants; `seesAll` shows hidden ones too. One statement. */
export async function findProductPage(db: Db, handle: Handle, seesAll: boolean): Promise<ProductPage | undefined> {
  const values: unknown[] = [seesAll]
  const ids = `array[${idOf('products', handle, (value) => `$${values.push(value)}`)}]`
  const columns = `(${variants('$1')}) as variants,
    coalesce((select views from browse.product_views seen where seen.product_id = product.id), 0) as views`
  const rows = await runText<ProductPage>(
    db,
    `${decorated(ids, { columns })} where product.is_active or $1::boolean`,
    values,
  )
  return rows[0]
}

/** The id that a handle stands for; `seesAll` finds hidden products too. One statement. */
export async function findProductId(db: Db, handle: Handle, seesAll: boolean): Promise<number | undefined> {
  const values: unknown[] = [seesAll]
  const id = idOf('products', handle, (value) => `$${values.push(value)}`)
  const text = `select id from catalog.products where id = ${id} and (is_active or $1::boolean)`
  const [product] = await runText<{ id: number }>(db, text, values)
  return product?.id
}

/** These products in the order of the ids, hidden ones too; those that there are not are left out. One statement. */
export function findProducts(db: Db, ids: number[]): Promise<ProductView[]> {
  return runText<ProductView>(db, `${decorated('$1::bigint[]')} order by page.place`, [ids])
}

/** Up to `limit` active products of the same category or brand, those that share both first, then the newest. One statement. */
export function findRelated(db: Db, productId: number, limit: number): Promise<ProductView[]> {
  const alike = (column: string) => `(
    select other.product_id as id, other.created_at
    from browse.documents origin join browse.documents other on other.${column} = origin.${column}
    where origin.product_id = $1 and other.product_id <> $1 and other.is_active
    order by other.created_at desc, other.product_id desc limit 50)`
  const ids = `array(
    select id from (${alike('category_id')} union all ${alike('brand_id')}) alike
    group by id, created_at order by count(*) desc, created_at desc, id desc limit $2)`
  return runText<ProductView>(db, `${decorated(ids)} order by page.place`, [productId, limit])
}

/** The active ones of these, in this order. One statement. */
export function findActiveProducts(db: Db, ids: number[]): Promise<ProductView[]> {
  return runText<ProductView>(db, PRODUCTS, [ids])
}

/** The same, each with its active variants. One statement. */
export function findProductsWithVariants(db: Db, ids: number[]): Promise<ProductWithVariants[]> {
  return runText<ProductWithVariants>(db, WITH_VARIANTS, [ids])
}

/** The planner takes an unnested array for a few rows, so it looks up each by its key whatever the size of the tables. */
function decorated(ids: string, { columns }: { columns?: string } = {}): string {
  return `
  select product.id, product.name, product.slug, product.description, product.short_description as "shortDescription",
    product.currency, product.tags, product.specifications, product.discount_basis_points as "discountBasisPoints",
    product.price_minor as "priceMinor", product.compare_at_minor as "compareAtMinor",
    product.is_active as "isActive", product.removed_at is not null as "isRemoved", product.is_featured as "isFeatured",
    product.is_best_seller as "isBestSeller", product.is_flash_sale as "isFlashSale",
    product.flash_sale_ends_at as "flashSaleEndsAt", product.seller_id as "sellerId",
    nullif(btrim(concat_ws(' ', seller.first_name, seller.last_name)), '') as "sellerName", category.code as "categoryCode",
    product.created_at as "createdAt", product.updated_at as "updatedAt",
    category.id as "categoryId", category.name as "categoryName", category.slug as "categorySlug",
    brand.id as "brandId", brand.name as "brandName", brand.slug as "brandSlug",
    coalesce(summary.rating_average, 0) as "ratingAverage", coalesce(summary.rating_count, 0) as "ratingCount",
    sold.sku, sold.stock, sold.threshold as "lowStockThreshold", shown.pictures${columns ? `,\n    ${columns}` : ''}
  from unnest(${ids}) with ordinality as page (id, place)
  join catalog.products product on product.id = page.id
  left join catalog.categories category on category.id = product.category_id
  left join catalog.brands brand on brand.id = product.brand_id
  left join identity.accounts seller on seller.id = product.seller_id
  left join reviews.summaries summary on summary.product_id = product.id
  cross join lateral (${stock}) sold
  cross join lateral (${pictures}) shown`
}

const levels = `inventory.levels level join inventory.locations location on location.id = level.location_id and location.is_active`

const stock = `
  select coalesce(
      (select sku from catalog.variants implicit where implicit.product_id = product.id and implicit.is_implicit),
      case when min(variant.id) = max(variant.id) then min(variant.sku) end
    ) as sku,
    coalesce(sum(level.on_hand), 0)::int as stock, coalesce(max(level.low_stock_threshold), 0) as threshold
  from catalog.variants variant left join (${levels}) on level.variant_id = variant.id
  where variant.product_id = product.id and variant.is_active`

const pictures = `
  select coalesce(json_agg(json_build_object('id', picture.id, 'url', picture.url, 'altText', picture.alt_text,
    'isPrimary', picture.is_primary, 'position', picture.position, 'sizes', picture.sizes) order by picture.position, picture.id), '[]') as pictures
  from catalog.pictures picture where picture.product_id = product.id`

const variants = (seesAll: string) => `
  select coalesce(json_agg(json_build_object('id', variant.id, 'name', variant.name, 'sku', variant.sku,
    'attributes', variant.attributes, 'priceMinor', variant.price_minor, 'compareAtMinor', variant.compare_at_minor,
    'weightGrams', variant.weight_grams, 'weightLabel', variant.weight_label, 'image', variant.image,
    'isActive', variant.is_active, 'isImplicit', variant.is_implicit,
    'stock', (select coalesce(sum(level.on_hand), 0) from ${levels} where level.variant_id = variant.id)
  ) order by variant.position, variant.id), '[]')
  from catalog.variants variant where variant.product_id = product.id and variant.removed_at is null and (variant.is_active or ${seesAll}::boolean)`

const PRODUCTS = `${decorated('$1::bigint[]')} where product.is_active order by page.place`

const WITH_VARIANTS = `${decorated('$1::bigint[]', { columns: `(${variants('false')}) as variants` })}
  where product.is_active order by page.place`
