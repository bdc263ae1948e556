import assert from 'node:assert/strict'
import { noteChange } from '#platform/changes'
import type { Tx } from '#platform/database'
import { insertWithSlug } from './insert-with-slug.ts'
import { type Price, shownPrice } from './prices.ts'
import { findTakenSlugs, insertPictures, insertProduct } from './products.queries.ts'
import { insertVariants } from './variants.queries.ts'

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
  /** As the storefront words it: "250gms". */
  weightLabel?: string
  image?: string | null
  isActive?: boolean
  /** The article of a product without variants to choose from. */
  isImplicit?: boolean
}

/** What is said of a product besides its price, its variants and its stock. */
export type ProductTraits = {
  name: string
  description: string
  shortDescription: string
  categoryId: number | null
  brandId: number | null
  tags: string[]
  specifications: Record<string, unknown>
  currency: string
  isActive: boolean
  isFeatured: boolean
  isBestSeller: boolean
  isFlashSale: boolean
  /** When the flash sale is over; null: when the flag is taken down. */
  flashSaleEndsAt: Date | null
}

export type NewProduct = Partial<ProductTraits> &
  Pick<ProductTraits, 'name' | 'currency'> & {
    /** Default: from the name. Taken slugs get a number. */
    slug?: string
    /** Whose it is; default: the shop's own. */
    sellerId?: number | null
    discountBasisPoints?: number | null
    /** Default: now. */
    createdAt?: Date
    /** At least one, in the order they are shown. */
    variants: NewVariant[]
    /** In the order they are shown; the first is the primary one. */
    pictures?: { url: string; altText?: string }[]
  }

export type CreatedProduct = { productId: number; slug: string; variants: { id: number; sku: string }[] }

/** Words of the addresses below /api/products/ and /api/v1/products/: no product is found under them (MP-050). */
export const RESERVED_SLUGS: readonly string[] = ['bulk-upload', 'export', 'imports', 'inventory']

/**
 * Adds a product with its variants and pictures. Variants come back in the given order.
 * Stock is none of its business: book it with `receiveStock`. Refuses a sku that is taken (`sku_taken`, details {skus}).
 */
export async function createProduct(tx: Tx, product: NewProduct, now: Date): Promise<CreatedProduct> {
  assert(product.variants.length > 0, 'a product has at least one variant')
  const price = priceOf(product.variants)
  const { id: productId, slug } = await insertWithSlug({
    name: product.name,
    wanted: product.slug,
    fallback: 'product',
    findTaken: async (wanted) => [...(await findTakenSlugs(tx, 'products', wanted)), ...RESERVED_SLUGS],
    insert: (free) => insertProduct(tx, { ...product, ...price, slug: free }, now),
  })
  const variants = await insertVariants(tx, productId, product.variants)
  if (product.pictures?.length) await insertPictures(tx, productId, product.pictures)
  noteChange(tx, 'products')
  return { productId, slug, variants }
}

/** What a product of these variants costs. */
export const priceOf = (variants: NewVariant[]): Price =>
  shownPrice(
    variants.map(({ compareAtMinor = null, isActive = true, isImplicit = false, priceMinor }) => ({
      priceMinor,
      compareAtMinor,
      isActive,
      isImplicit,
    })),
  )
