import { noteChange } from '#platform/changes'
import type { Tx } from '#platform/database'
import { type FieldCodes, invalidFields, missing, Refusal } from '#platform/refusal.ts'
import {
  deleteBrand,
  findBrandUse,
  insertBrand,
  isBrandNameTaken,
  isBrandSlugTaken,
  updateBrand,
} from './brands.queries.ts'
import { insertWithSlug } from './insert-with-slug.ts'
import { findTakenSlugs } from './products.queries.ts'
import { sayingTaken } from './saying-taken.ts'
import { withSlug } from './slug.ts'

export type BrandTraits = {
  name: string
  description: string
  logo: string | null
  website: string | null
  isActive: boolean
}
export type NewBrand = Partial<BrandTraits> & {
  name: string
  /** Default: from the name. Taken slugs get a number. */
  slug?: string
}
export type BrandChanges = Partial<BrandTraits> & { slug?: string }

/** The slug of a name without letters or digits. */
const FALLBACK = 'brand'

/** Adds a brand. Refuses, with the faults that are known already, a name that another brand has, whatever its case (`name`). */
export async function createBrand(
  tx: Tx,
  brand: NewBrand,
  faults: FieldCodes = {},
): Promise<{ id: number; slug: string }> {
  await refuse(tx, null, brand, faults)
  const created = await insertWithSlug({
    name: brand.name,
    wanted: brand.slug,
    fallback: FALLBACK,
    findTaken: (slug) => findTakenSlugs(tx, 'brands', slug),
    insert: async (slug) => {
      const id = await insertBrand(tx, { ...brand, slug })
      if (id === undefined) await refuse(tx, null, brand)
      return id
    },
  })
  noteChange(tx, 'brands')
  return created
}

/** Changes a brand. Refuses a name or slug that another one has (`name`, `slug`). */
export async function changeBrand(tx: Tx, id: number, wanted: BrandChanges, faults: FieldCodes = {}): Promise<void> {
  const changes = withSlug(wanted, FALLBACK)
  await refuse(tx, id, changes, faults)
  await sayingTaken(TAKEN, () => updateBrand(tx, id, changes))
  noteChange(tx, 'brands', 'products')
}

/** Takes a brand away. Refuses one that products are of (`brand_in_use`), or that is not there. */
export async function removeBrand(tx: Tx, id: number): Promise<void> {
  const use = await findBrandUse(tx, id)
  if (!use) throw missing('brand')
  if (use.products) throw new Refusal('conflict', 'brand_in_use', 'There are products of this brand')
  await deleteBrand(tx, id)
  noteChange(tx, 'brands')
}

async function refuse(
  tx: Tx,
  id: number | null,
  { name, slug }: { name?: string; slug?: string },
  known: FieldCodes = {},
): Promise<void> {
  const faults: FieldCodes = { ...known }
  if (name !== undefined && (await isBrandNameTaken(tx, name, id))) faults.name ??= 'brand_name_taken'
  if (slug !== undefined && id !== null && (await isBrandSlugTaken(tx, slug, id))) faults.slug ??= 'slug_taken'
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
}

const TAKEN: Record<string, FieldCodes> = {
  brands_name: { name: 'brand_name_taken' },
  brands_slug_key: { slug: 'slug_taken' },
}
