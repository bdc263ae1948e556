/** Which article is meant by a product and perhaps a variant: for stock, which is counted by variant. */
import type { Db } from '#platform/database'
import type { FieldCodes } from '#platform/refusal.ts'
import { findVariantsOfProducts, type Variant } from './find-variants.queries.ts'

export type VariantWanted = { productId: number; variantId?: number }
export type Resolved = { variant: Variant; faults?: undefined } | { variant?: undefined; faults: FieldCodes }

/**
 * The variant that each of these means, in their order: the named one, else the only active one, else the only one.
 * Where none is meant there are the fields at fault: `product_id` (product_unknown), `variant_id` (variant_unknown, also
 * for one of another product; variant_required where there are several). One statement for all.
 */
export async function resolveVariants(db: Db, wanted: VariantWanted[]): Promise<Resolved[]> {
  const productIds = [...new Set(wanted.map(({ productId }) => productId))]
  const variants = await findVariantsOfProducts(db, productIds)
  return wanted.map((each) =>
    choose(
      each,
      variants.filter(({ productId }) => productId === each.productId),
    ),
  )
}

function choose({ variantId }: VariantWanted, variants: Variant[]): Resolved {
  if (variants.length === 0) return { faults: { product_id: 'product_unknown' } }
  if (variantId !== undefined) {
    const variant = variants.find((each) => each.variantId === variantId)
    return variant ? { variant } : { faults: { variant_id: 'variant_unknown' } }
  }
  const active = variants.filter(({ isActive }) => isActive)
  const [only, ...others] = active.length > 0 ? active : variants
  return others.length === 0 ? { variant: only! } : { faults: { variant_id: 'variant_required' } }
}
