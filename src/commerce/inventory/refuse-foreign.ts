import type { Variant } from '#commerce/catalog'
import { Refusal } from '#platform/refusal.ts'

/** Whoever may deal with the products of one seller only: refuses those of others, and of the shop, as `foreign_product`. */
export function refuseForeign(variant: Pick<Variant, 'sellerId'>, sellerId: number | undefined): void {
  if (sellerId !== undefined && variant.sellerId !== sellerId)
    throw new Refusal('forbidden', 'foreign_product', 'This product belongs to somebody else')
}
