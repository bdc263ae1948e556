import { noteChange } from '#platform/changes'
import type { Tx } from '#platform/database'
import { type FieldCodes, invalidFields, missing, Refusal } from '#platform/refusal.ts'
import {
  deleteCategory,
  findCategoryUse,
  findHolderOfPlace,
  findParent,
  insertCategory,
  isCategoryCodeTaken,
  isCategorySlugTaken,
  lockCategoryTree,
  moveBranch,
  updateCategory,
} from './categories.queries.ts'
import { insertWithSlug } from './insert-with-slug.ts'
import { findTakenSlugs } from './products.queries.ts'
import { sayingTaken } from './saying-taken.ts'
import { withSlug } from './slug.ts'

export type CategoryTraits = {
  name: string
  parentId: number | null
  description: string
  image: string | null
  /** What the storefront calls it by; unlike the slug it is taken or free, never made to fit. */
  code: string
  tags: string[]
  /** 1 to 8: its place on the storefront's front page. */
  displayOrder: number | null
  position: number
  isActive: boolean
}

export type NewCategory = Partial<CategoryTraits> & {
  name: string
  /** Default: from the name. Taken slugs get a number. */
  slug?: string
}

/** The slug of a name without letters or digits. */
const FALLBACK = 'category'

/** Words of the storefront's addresses: no category can be called by them (SF-177). */
export const RESERVED_CODES: readonly string[] = ['ordered', 'available-orders']

/**
 * Adds a category below its parent, or as a root. Refuses, together with the faults that are known already, an unknown
 * parent (`parent`), a code that is reserved or taken (`category_id`), and a place that is taken, or none of the eight (`display_order`).
 */
export async function createCategory(
  tx: Tx,
  category: NewCategory,
  faults: FieldCodes = {},
): Promise<{ id: number; slug: string }> {
  // A branch that moves meanwhile would leave its newest leaf behind.
  if (category.parentId) await lockCategoryTree(tx)
  await refuse(tx, null, category, faults)
  const created = await insertWithSlug({
    name: category.name,
    wanted: category.slug,
    fallback: FALLBACK,
    findTaken: async (slug) => [...(await findTakenSlugs(tx, 'categories', slug)), ...RESERVED_CODES],
    insert: (slug) => sayingTaken(TAKEN, () => insertCategory(tx, { ...category, code: category.code ?? slug, slug })),
  })
  noteChange(tx, 'categories')
  return created
}

export type CategoryChanges = Partial<CategoryTraits> & { slug?: string }

/**
 * Changes a category; with a new parent all below it move along. Refuses as `createCategory` does, a slug that is taken
 * (`slug`), and a parent that is the category itself or lies below it (`parent`).
 */
export async function changeCategory(
  tx: Tx,
  id: number,
  wanted: CategoryChanges,
  faults: FieldCodes = {},
): Promise<void> {
  const { parentId, ...changes } = withSlug(wanted, FALLBACK)
  if (parentId !== undefined) await lockCategoryTree(tx)
  await refuse(tx, id, { ...changes, ...(parentId === undefined ? {} : { parentId }) }, faults)
  await sayingTaken(TAKEN, () => updateCategory(tx, id, changes))
  if (parentId !== undefined) await moveBranch(tx, id, parentId)
  noteChange(tx, 'categories', 'products')
}

/** Takes an empty category away. Refuses one with children or products (`category_in_use`), or that is not there. */
export async function removeCategory(tx: Tx, id: number): Promise<void> {
  const use = await findCategoryUse(tx, id)
  if (!use) throw missing('category')
  if (use.children || use.products)
    throw new Refusal('conflict', 'category_in_use', 'The category has categories below it or products', use)
  await deleteCategory(tx, id)
  noteChange(tx, 'categories')
}

async function refuse(tx: Tx, id: number | null, wanted: CategoryChanges, known: FieldCodes): Promise<void> {
  const faults: FieldCodes = { ...known }
  const { code, slug, displayOrder, parentId } = wanted
  const add = (field: string, fault: string) => {
    faults[field] ??= fault
  }
  if (code !== undefined && (RESERVED_CODES.includes(code) || (await isCategoryCodeTaken(tx, code, id))))
    add('category_id', 'category_code_taken')
  if (slug !== undefined && id !== null && (await isCategorySlugTaken(tx, slug, id))) add('slug', 'slug_taken')
  if (displayOrder !== undefined && displayOrder !== null && !isPlace(displayOrder))
    add('display_order', 'display_order_invalid')
  else if (displayOrder && (await findHolderOfPlace(tx, displayOrder, id))) add('display_order', 'display_order_taken')
  if (parentId) {
    const parent = await findParent(tx, parentId)
    if (!parent) add('parent', 'category_unknown')
    else if (id !== null && parent.path.includes(id)) add('parent', 'category_cycle')
  }
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
}

const isPlace = (place: number): boolean => Number.isInteger(place) && place >= 1 && place <= 8

const TAKEN: Record<string, FieldCodes> = {
  categories_code: { category_id: 'category_code_taken' },
  categories_display_order: { display_order: 'display_order_taken' },
  categories_slug_key: { slug: 'slug_taken' },
}
