import assert from 'node:assert/strict'
import type { Tx } from '#platform/database'
import { insertWithSlug } from './insert-with-slug.ts'
import { findTakenSlugs, insertPictures, insertProduct, insertVariants } from './queries.ts'
import { shownPrice } from './shown-price.ts'

export type NewVariant = {
  /** Default: none, as for the only variant of a product. */
  name?: string
  /** Unique in the shop, whatever its case. */
  sku: string
  attributes?: Record<string, string>
  priceMinor: number
  /** The former price, if it was higher. */
  compareAtMinor?: number | null
  weightGrams?: number | null
  image?: string | null
  isActive?: boolean
}

export type NewProduct = {
  name: string
  /** Default: from the name. Taken slugs get a number. */
  slug?: string
  description?: string
  categoryId?: number | null
  brandId?: number | null
  tags?: string[]
  specifications?: Record<string, unknown>
  currency: string
  isActive?: boolean
  isFeatured?: boolean
  /** Default: now. */
  createdAt?: Date
  /** At least one, in the order they are shown. */
  variants: NewVariant[]
  /** In the order they are shown; the first is the primary one. */
  pictures?: { url: string; altText?: string }[]
}

export type CreatedProduct = { productId: number; slug: string; variants: { id: number; sku: string }[] }

/**
 * Adds a product with its variants and pictures. Variants come back in the given order.
 * Stock is none of its business: book it with `receiveStock`. Refuses a sku that is taken (`sku_taken`, details {skus}).
 */
export async function createProduct(tx: Tx, product: NewProduct, now: Date): Promise<CreatedProduct> {
  assert(product.variants.length > 0, 'a product has at least one variant')
  const price = shownPrice(product.variants)
  const { id: productId, slug } = await insertWithSlug({
    name: product.name,
    wanted: product.slug,
    fallback: 'product',
    findTaken: (wanted) => findTakenSlugs(tx, 'products', wanted),
    insert: (free) => insertProduct(tx, { ...product, ...price, slug: free }, now),
  })
  const variants = await insertVariants(tx, productId, product.variants)
  if (product.pictures?.length) await insertPictures(tx, productId, product.pictures)
  return { productId, slug, variants }
}
