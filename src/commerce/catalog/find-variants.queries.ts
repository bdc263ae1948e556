/** Variants as those know them who count them. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database'

export type Variant = {
  productId: number
  variantId: number
  sku: string
  /** Of the product, with that of the variant where it has one. */
  name: string
  isActive: boolean
  /** Null for the shop's own. */
  sellerId: number | null
}

/** All variants of these products, in the order they are shown; unknown products have none. */
export async function findVariantsOfProducts(db: Db, productIds: number[]): Promise<Variant[]> {
  const { rows } = await sql<Variant>`
    ${variants} where product.id = any(${productIds}::bigint[])
    order by product.id, variant.position, variant.id`.execute(db)
  return rows
}

/** These variants; unknown ones are left out. */
export async function findVariants(db: Db, variantIds: number[]): Promise<Variant[]> {
  const { rows } = await sql<Variant>`${variants} where variant.id = any(${variantIds}::bigint[])`.execute(db)
  return rows
}

/** Which of these stand for a product without a choice, also where they are no longer sold. */
export async function findImplicitVariants(db: Db, variantIds: number[]): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    select id from catalog.variants where id = any(${variantIds}::bigint[]) and is_implicit`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** The product of an id or, where no product has it, of a slug. */
export async function findProductId(db: Db, handle: { id: number | null; slug: string }): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select id from catalog.products where id = ${handle.id} or slug = ${handle.slug}
    order by id = ${handle.id} desc nulls last limit 1`.execute(db)
  return rows[0]?.id
}

/** The ids of a seller's products, as a query to be part of another module's. */
export const productsOfSeller = (sellerId: number): RawBuilder<unknown> =>
  sql`select id from catalog.products where seller_id = ${sellerId}`

const variants = sql`
  select product.id as product_id, variant.id as variant_id, variant.sku,
    case when variant.name = '' then product.name else format('%s (%s)', product.name, variant.name) end as name,
    variant.is_active, product.seller_id
  from catalog.products product join catalog.variants variant on variant.product_id = product.id and variant.removed_at is null`
