/** The menu of the shop: its categories and brands, as staff keeps them (V1-221, V1-230, NX-083, NX-085). */
import {
  type BrandChanges,
  type CategoryChanges,
  changeBrand,
  changeCategory,
  createBrand,
  createCategory,
  type NewBrand,
  type NewCategory,
  removeBrand,
  removeCategory,
} from '#commerce/catalog'
import { inTransaction, type Tx } from '#platform/database'
import type { FieldCodes } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import type { Reference } from './offer.ts'
import { resolveParent } from './resolve-references.ts'

/** What is left out stays as it is. */
export type MenuCategory = Omit<CategoryChanges, 'parentId'> & {
  /** Null: a root. */
  parent?: Reference | null
}
type Added = { id: number; slug: string }

/** Adds a category. Refuses, with `faults` that are known already, what `createCategory` refuses, and an unknown parent. */
export function addCategoryToMenu(
  app: App,
  { parent, ...category }: MenuCategory & { name: string },
  faults: FieldCodes,
): Promise<Added> {
  return inTransaction(app.db, async (tx) => {
    const found: FieldCodes = { ...faults }
    const wanted: NewCategory = { ...category, ...(await parentOf(tx, parent, found)) }
    return createCategory(tx, wanted, found)
  })
}

/** Changes a category; all below it move along. Refuses as `addCategoryToMenu` does, and a parent that lies below it. */
export async function changeCategoryOfMenu(
  app: App,
  id: number,
  { parent, ...changes }: MenuCategory,
  faults: FieldCodes,
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const found: FieldCodes = { ...faults }
    const wanted: CategoryChanges = { ...changes, ...(await parentOf(tx, parent, found)) }
    await changeCategory(tx, id, wanted, found)
  })
}

/** Takes an empty category away (`category_in_use`, `category_not_found`). */
export const removeCategoryFromMenu = (app: App, id: number): Promise<void> =>
  inTransaction(app.db, (tx) => removeCategory(tx, id))

/** Adds a brand. Refuses, with `faults` that are known already, what `createBrand` refuses. */
export const addBrandToMenu = (app: App, brand: NewBrand, faults: FieldCodes): Promise<Added> =>
  inTransaction(app.db, (tx) => createBrand(tx, brand, faults))

/** Changes a brand. Refuses what `changeBrand` refuses. */
export const changeBrandOfMenu = (app: App, id: number, changes: BrandChanges, faults: FieldCodes): Promise<void> =>
  inTransaction(app.db, (tx) => changeBrand(tx, id, changes, faults))

/** Takes a brand without products away (`brand_in_use`, `brand_not_found`). */
export const removeBrandFromMenu = (app: App, id: number): Promise<void> =>
  inTransaction(app.db, (tx) => removeBrand(tx, id))

async function parentOf(
  tx: Tx,
  parent: Reference | null | undefined,
  faults: FieldCodes,
): Promise<{ parentId?: number | null }> {
  if (parent === undefined) return {}
  return { parentId: parent && (await resolveParent(tx, parent, faults)) }
}
