import { type CategoryName, findBrandId, findCategoryId, isProductNameTaken, isSkuTaken } from '#commerce/catalog'
import type { Db, Tx } from '#platform/database'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import type { OfferChanges, Reference } from './offer.ts'

/** The id of what is called so; what there is not goes to `faults`. */
async function resolve(
  { field, called, by = ['id', 'slug'] }: Reference,
  find: (called: string, by: CategoryName[]) => Promise<number | undefined>,
  fault: string,
  faults: FieldCodes,
): Promise<number | null> {
  const id = await find(called, by)
  if (id === undefined) faults[field] ??= fault
  return id ?? null
}

/** The id of the category that others are to lie below. Whoever hangs them there holds it himself. */
export const resolveParent = (db: Db, parent: Reference, faults: FieldCodes): Promise<number | null> =>
  resolve(parent, (called, by) => findCategoryId(db, called, by), 'category_unknown', faults)

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
  const { category, brand, sku, name, isNameUnique } = offer
  const found: { categoryId?: number | null; brandId?: number | null } = {}
  const holdCategory = (called: string, by: CategoryName[]) => findCategoryId(tx, called, by, { hold: true })
  if (category !== undefined)
    found.categoryId = category && (await resolve(category, holdCategory, 'category_unknown', faults))
  if (brand !== undefined)
    found.brandId = brand && (await resolve(brand, (called) => findBrandId(tx, called), 'brand_unknown', faults))
  if (sku !== undefined && (await isSkuTaken(tx, sku, holder.variantId))) faults.sku ??= 'sku_taken'
  if (isNameUnique && name !== undefined && (await isProductNameTaken(tx, name, holder.sellerId, holder.productId)))
    faults.name ??= 'name_taken'
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
  return found
}
