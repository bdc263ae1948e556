import { noteChange } from '#platform/changes'
import type { Tx } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import { followPrice, nextPricing, type PriceChange, type Pricing, shownPrice } from './prices.ts'
import { findLockedProduct, type LockedProduct, replacePictures, updateProduct } from './products.queries.ts'
import type { ProductTraits } from './products.ts'
import { updateVariantPrices } from './variants.queries.ts'

/** What is left out stays as it is. */
export type ProductChanges = Partial<ProductTraits> & {
  price?: PriceChange
  /** All of them anew, in the order they are shown; the first is the primary one. */
  pictures?: { url: string; altText?: string }[]
}

/** Holds a product still until the end of the transaction. Refuses one that there is not, or that was removed (`product_not_found`). */
export async function lockProduct(tx: Tx, productId: number): Promise<LockedProduct> {
  const product = await findLockedProduct(tx, productId)
  if (!product) throw missing('product')
  return product
}

/**
 * Changes what is said of a locked product. A new price takes its variants along. Its slug does not change with its name
 * (NX-121). Refuses prices that contradict each other (`nextPricing`, `followPrice`).
 */
export async function changeProduct(
  tx: Tx,
  product: LockedProduct,
  { price, pictures, ...traits }: ProductChanges,
  now: Date,
): Promise<void> {
  const pricing = price ? await reprice(tx, product, price) : {}
  await updateProduct(tx, product.id, { ...traits, ...pricing, updatedAt: now })
  if (pictures) await replacePictures(tx, product.id, pictures)
  noteProduct(tx, product.id)
}

/** Tells that any answer about this product, and any list, may look different now. */
export function noteProduct(tx: Tx, productId: number): void {
  noteChange(tx, 'products', `product:${productId}`)
}

async function reprice(tx: Tx, product: LockedProduct, change: PriceChange): Promise<Pricing> {
  const from = pricingOf(product)
  const to = nextPricing(from, change)
  const followed = product.variants.map(({ id, ...variant }) => ({ id, ...followPrice(variant, from, to) }))
  await updateVariantPrices(tx, followed)
  return to
}

/** What the product as a whole costs. */
export const pricingOf = ({ variants, discountBasisPoints }: LockedProduct): Pricing => ({
  ...shownPrice(variants),
  discountBasisPoints,
})
