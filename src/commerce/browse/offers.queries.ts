/** What a variant is sold as right now: for carts, checkout and wishlists. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database'

export type Offer = {
  variantId: number
  productId: number
  productName: string
  productSlug: string
  /** As stored, perhaps relative: the variant's own picture, else the product's primary one. */
  image: string | null
  variantName: string
  sku: string
  attributes: Record<string, string>
  currency: string
  priceMinor: number
  compareAtMinor: number | null
  weightGrams: number | null
  /** As the storefront words it; empty where it was never given one. */
  weightLabel: string
  /** Units on hand at active locations. */
  available: number
  /** Variant and product are both active. */
  isSellable: boolean
  categoryName: string | null
  /** Of its category, from the root; empty without one. */
  categoryPath: number[]
  sellerId: number | null
  sellerName: string | null
  /** The code of the tariff, where the product's specifications have one: `hsn_code`. */
  hsnCode: string | null
}

/** The offers of these variants, in no particular order; unknown ids are left out. One statement. */
export async function findOffers(db: Db, variantIds: number[]): Promise<Offer[]> {
  if (variantIds.length === 0) return []
  // Through a sub-select the planner does not look at the array, and keeps one plan for all: half the time of a short list.
  const { rows } = await sql<Offer>`
    ${offers} where variant.id = any((select ${variantIds}::bigint[])::bigint[])`.execute(db)
  return rows
}

/** The offer of a product's variant; without `variantId` of its first active one. Undefined when there is none. One statement. */
export async function findOfferOfProduct(db: Db, productId: number, variantId?: number): Promise<Offer | undefined> {
  const chosen: RawBuilder<unknown> =
    variantId === undefined
      ? sql`variant.is_active order by variant.position, variant.id limit 1`
      : sql`variant.id = ${variantId}`
  const { rows } = await sql<Offer>`${offers} where variant.product_id = ${productId} and ${chosen}`.execute(db)
  return rows[0]
}

/** The offers of all active variants of a product, in the order they are shown. One statement. */
export async function findOffersOfAll(db: Db, productId: number): Promise<Offer[]> {
  const { rows } = await sql<Offer>`
    ${offers} where variant.product_id = ${productId} and variant.is_active and variant.removed_at is null
    order by variant.position, variant.id`.execute(db)
  return rows
}

/** Of each of these products the offer of its first active variant; products without one are left out. One statement. */
export async function findOffersOfProducts(db: Db, productIds: number[]): Promise<Offer[]> {
  if (productIds.length === 0) return []
  const { rows } = await sql<Offer>`${offers} where variant.id in (
    select distinct on (product_id) id from catalog.variants
    where product_id = any(${productIds}::bigint[]) and is_active
    order by product_id, position, id
  )`.execute(db)
  return rows
}

const offers = sql`
  select variant.id as variant_id, product.id as product_id, product.name as product_name, product.slug as product_slug,
    coalesce(variant.image, (
      select url from catalog.pictures picture where picture.product_id = product.id
      order by is_primary desc, position, id limit 1
    )) as image,
    variant.name as variant_name, variant.sku, variant.attributes, product.currency, variant.price_minor,
    variant.compare_at_minor, variant.weight_grams, variant.weight_label,
    (
      select coalesce(sum(level.on_hand), 0)::int
      from inventory.levels level
      where level.variant_id = variant.id
        and level.location_id <> all (array(select id from inventory.locations where not is_active))
    ) as available,
    variant.is_active and product.is_active as is_sellable, category.name as category_name,
    to_json(coalesce(category.path, '{}')) as category_path, product.seller_id,
    nullif(btrim(concat_ws(' ', seller.first_name, seller.last_name)), '') as seller_name,
    product.specifications ->> 'hsn_code' as hsn_code
  from catalog.variants variant join catalog.products product on product.id = variant.product_id
  left join catalog.categories category on category.id = product.category_id
  left join identity.accounts seller on seller.id = product.seller_id`
