import { type Static, Type } from 'typebox'
import type { MenuCategory } from '#commerce/assortment'
import type { CategoryBranch, CategoryNode } from '#commerce/browse'
import { toFileUrl } from '../http/file-url.ts'
import { categoryFields, MenuName, toCategoryTraits } from '../http/menu.wire.ts'
import { AnyObject, Nullable, sent } from '../http/wire.ts'
import { Called, toReference } from './references.ts'

export const RefWire = Type.Object({ id: Type.Integer(), name: Type.String(), slug: Type.String() })

const nodeFields = {
  id: Type.Integer(),
  name: Type.String(),
  slug: Type.String(),
  description: Type.String(),
  image: Nullable(Type.String()),
  parent: Nullable(Type.Integer()),
  level: Type.Integer({ description: '0 for a root' }),
  is_active: Type.Boolean(),
  product_count: Type.Integer({ description: 'active products of it and of those below it' }),
  /** Each is again such a category, however deep. */
  children: Type.Array(AnyObject),
}
export const CategoryWire = Type.Object(nodeFields, { title: 'NexusCategory' })
export const CategoryTreeWire = Type.Array(CategoryWire)
export const CategoryDetailWire = Type.Object(
  { ...nodeFields, ancestors: Type.Array(RefWire, { description: 'from the root' }) },
  { title: 'NexusCategoryDetail' },
)

const fields = { parent: Type.Optional(Called), ...categoryFields }

/** Bodies of POST, and of PUT and PATCH: there everything is optional (NX-083). */
export const NewCategoryWire = Type.Object({ name: MenuName, ...fields })
export const CategoryChangesWire = Type.Object({ name: Type.Optional(MenuName), ...fields })

export function toMenuCategory({ parent, ...body }: Static<typeof CategoryChangesWire>): MenuCategory {
  return { ...toCategoryTraits(body), ...sent({ parent: toReference('parent', parent) }) }
}

export function toCategoryWire(node: CategoryNode, publicUrl: string): Static<typeof CategoryWire> {
  return {
    id: node.id,
    name: node.name,
    slug: node.slug,
    description: node.description,
    image: toFileUrl(publicUrl, node.image),
    parent: node.parentId,
    level: node.level,
    is_active: node.isActive,
    product_count: node.productCount,
    children: node.children.map((child) => toCategoryWire(child, publicUrl)),
  }
}

export function toCategoryDetailWire(
  { category, ancestors }: CategoryBranch,
  publicUrl: string,
): Static<typeof CategoryDetailWire> {
  return { ...toCategoryWire(category, publicUrl), ancestors }
}
