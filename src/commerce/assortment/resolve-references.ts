import { findBrandId, findCategoryId, isProductNameTaken, isSkuTaken } from '#commerce/catalog'
import type { Tx } from '#platform/database'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import type { OfferChanges, Reference } from './offer.ts'

type Holder = { productId: number | null; sellerId: number | null; variantId: number | null }

/**
 * The ids of what an offer calls by name. Refuses, together with the faults that are known already, what there is not
 * (`category_unknown`, `brand_unknown`) and what another product has (`sku_taken`, `name_taken`).
 */
export async function resolveReferences(
  tx: Tx,
  offer: OfferChanges,
  holder: Holder,
  known: FieldCodes,
): Promise<{ categoryId?: number | null; brandId?: number | null }> {
  const faults: FieldCodes = { ...known }
  const resolve = async (reference: Reference, find: () => Promise<number | undefined>, fault: string) => {
    const id = await find()
    if (id === undefined) faults[reference.field] ??= fault
    return id ?? null
  }
  const { category, brand, sku, name, isNameUnique } = offer
  const found: { categoryId?: number | null; brandId?: number | null } = {}
  if (category !== undefined) {
    found.categoryId =
      category &&
      (await resolve(
        category,
        () => findCategoryId(tx, category.called, category.by ?? ['id', 'slug']),
        'category_unknown',
      ))
  }
  if (brand !== undefined)
    found.brandId = brand && (await resolve(brand, () => findBrandId(tx, brand.called), 'brand_unknown'))
  if (sku !== undefined && (await isSkuTaken(tx, sku, holder.variantId))) faults.sku ??= 'sku_taken'
  if (isNameUnique && name !== undefined && (await isProductNameTaken(tx, name, holder.sellerId, holder.productId)))
    faults.name ??= 'name_taken'
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
  return found
}
