import type { Tx } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import { insertWithSlug } from './insert-with-slug.ts'
import { findTakenSlugs, insertCategory, lockCategory } from './queries.ts'

export type NewCategory = {
  name: string
  /** Default: from the name. Taken slugs get a number. */
  slug?: string
  parentId?: number | null
  description?: string
  image?: string | null
  position?: number
  isActive?: boolean
}

/** Adds a category below its parent, or as a root. Refuses an unknown parent (`category_not_found`). */
export async function createCategory(tx: Tx, category: NewCategory): Promise<{ id: number; slug: string }> {
  const { parentId = null } = category
  if (parentId !== null && !(await lockCategory(tx, parentId))) throw missing('category')
  return insertWithSlug({
    name: category.name,
    wanted: category.slug,
    fallback: 'category',
    findTaken: (slug) => findTakenSlugs(tx, 'categories', slug),
    insert: (slug) => insertCategory(tx, { ...category, parentId, slug }),
  })
}
