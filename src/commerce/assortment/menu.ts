/** The menu of the shop: its categories and brands, as staff keeps them (V1-221, V1-230, NX-083, NX-085). */
import {
  addCategory,
  type BrandChanges,
  type CategoryChanges,
  changeBrand,
  createBrand,
  editCategory,
  type NewBrand,
  type NewCategory,
  removeBrand,
} from '#commerce/catalog'
import { type Db, inTransaction } from '#platform/database'
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

/** Adds a category. Refuses, with `faults` that are known already, what `addCategory` refuses, and an unknown parent. */
export async function addCategoryToMenu(
  app: App,
  { parent, ...category }: MenuCategory & { name: string },
  faults: FieldCodes,
): Promise<Added> {
  const found: FieldCodes = { ...faults }
  const wanted: NewCategory = { ...category, ...(await parentOf(app.db, parent, found)) }
  return addCategory(app, wanted, undefined, found)
}

/** Changes a category; all below it move along. Refuses as `addCategoryToMenu` does, and a parent that lies below it. */
export async function changeCategoryOfMenu(
  app: App,
  id: number,
  { parent, ...changes }: MenuCategory,
  faults: FieldCodes,
): Promise<void> {
  const found: FieldCodes = { ...faults }
  const wanted: CategoryChanges = { ...changes, ...(await parentOf(app.db, parent, found)) }
  await editCategory(app, id, wanted, undefined, found)
}

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
  db: Db,
  parent: Reference | null | undefined,
  faults: FieldCodes,
): Promise<{ parentId?: number | null }> {
  if (parent === undefined) return {}
  return { parentId: parent && (await resolveParent(db, parent, faults)) }
}
