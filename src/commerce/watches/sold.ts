/** What can be waited for, as it is sold now. */
import type { ProductWithVariants } from '#commerce/browse'

/** A product as a whole has no variant. */
export type Sold = { productId: number; variantId: number | null; priceMinor: number; isThere: boolean }

/** A product that is shown, and each of its variants. */
export const soldOf = ({ id, priceMinor, stock, variants }: ProductWithVariants): Sold[] => [
  { productId: id, variantId: null, priceMinor, isThere: stock > 0 },
  ...variants.map((variant) => ({
    productId: id,
    variantId: variant.id,
    priceMinor: variant.priceMinor,
    isThere: variant.stock > 0,
  })),
]
