import { sql } from 'kysely'
import type { Db } from '#platform/database'

/** All that is said of a product of the house, for whoever carries it elsewhere. Amounts are minor units of `currency`. */
export type ProductRecord = {
  id: number
  name: string
  slug: string
  description: string
  shortDescription: string
  categoryCode: string | null
  brandName: string | null
  tags: string[]
  specifications: Record<string, unknown>
  currency: string
  isActive: boolean
  isFeatured: boolean
  isBestSeller: boolean
  isFlashSale: boolean
  flashSaleEndsAt: Date | null
  createdAt: Date
  discountBasisPoints: number | null
  lowStockThreshold: number | null
  variants: VariantRecord[]
  /** The primary one first. */
  pictures: { url: string; altText: string }[]
}
export type VariantRecord = {
  name: string
  sku: string
  attributes: Record<string, string>
  priceMinor: number
  compareAtMinor: number | null
  weightGrams: number | null
  weightLabel: string
  image: string | null
  isActive: boolean
  isImplicit: boolean
  stock: number
}

/** The next products of the house behind this id, hidden ones too, in the order of their ids. */
export async function findProductRecords(db: Db, afterId: number, limit: number): Promise<ProductRecord[]> {
  const { rows } = await sql<ProductRecord>`
    select product.id, product.name, product.slug, product.description, product.short_description,
      category.code as category_code, brand.name as brand_name, product.tags, product.specifications, product.currency,
      product.is_active, product.is_featured, product.is_best_seller, product.is_flash_sale, product.flash_sale_ends_at,
      product.created_at, product.discount_basis_points,
      (
        select max(level.low_stock_threshold) from catalog.variants variant
        join inventory.levels level on level.variant_id = variant.id
        where variant.product_id = product.id
      ) as low_stock_threshold,
      array(
        select jsonb_build_object('name', variant.name, 'sku', variant.sku, 'attributes', variant.attributes,
          'priceMinor', variant.price_minor, 'compareAtMinor', variant.compare_at_minor,
          'weightGrams', variant.weight_grams, 'weightLabel', variant.weight_label, 'image', variant.image,
          'isActive', variant.is_active, 'isImplicit', variant.is_implicit, 'stock', (
            select coalesce(sum(level.on_hand), 0) from inventory.levels level
            join inventory.locations location on location.id = level.location_id and location.is_active
            where level.variant_id = variant.id
          ))
        from catalog.variants variant where variant.product_id = product.id and variant.removed_at is null
        order by variant.position, variant.id
      ) as variants,
      array(
        select jsonb_build_object('url', picture.url, 'altText', picture.alt_text) from catalog.pictures picture
        where picture.product_id = product.id order by picture.is_primary desc, picture.position, picture.id
      ) as pictures
    from catalog.products product
    left join catalog.categories category on category.id = product.category_id
    left join catalog.brands brand on brand.id = product.brand_id
    where product.id > ${afterId} and product.seller_id is null and product.removed_at is null
    order by product.id limit ${limit}`.execute(db)
  return rows
}

/** About how many of them there are. */
export async function countProductRecords(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from catalog.products where seller_id is null and removed_at is null`.execute(db)
  return rows[0]!.count
}
