import type { Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import { insertWithSlug } from './insert-with-slug.ts'
import { findTakenSlugs, insertBrand, isBrandNameTaken } from './queries.ts'

export type NewBrand = {
  name: string
  /** Default: from the name. Taken slugs get a number. */
  slug?: string
  description?: string
  logo?: string | null
  website?: string | null
  isActive?: boolean
}

/** Adds a brand. Refuses a name that another brand has, whatever its case (`brand_name_taken`). */
export async function createBrand(tx: Tx, brand: NewBrand): Promise<{ id: number; slug: string }> {
  return insertWithSlug({
    name: brand.name,
    wanted: brand.slug,
    fallback: 'brand',
    findTaken: (slug) => findTakenSlugs(tx, 'brands', slug),
    insert: async (slug) => {
      const id = await insertBrand(tx, { ...brand, slug })
      if (id === undefined && (await isBrandNameTaken(tx, brand.name))) {
        throw new Refusal('conflict', 'brand_name_taken', 'A brand of this name exists', { name: brand.name })
      }
      return id
    },
  })
}
