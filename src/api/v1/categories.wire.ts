import { type Static, Type } from 'typebox'
import type { CategoryNode, CategoryView } from '#commerce/browse'
import { toFileUrl } from '../http/file-url.ts'
import { PageOf, PageQuery } from '../http/paging.ts'
import { AnyObject, Nullable } from '../http/wire.ts'

export const CategoryQuery = Type.Object({
  ...PageQuery,
  search: Type.Optional(Type.String({ description: 'part of the name', maxLength: 200 })),
  tree: Type.Optional(Type.String({ description: 'true: all of them, nested, without pages or filters' })),
  include_inactive: Type.Optional(Type.String({ description: 'true: hidden ones, too (staff)' })),
})

const categoryFields = {
  id: Type.Integer(),
  name: Type.String(),
  slug: Type.String(),
  description: Type.String(),
  image: Nullable(Type.String()),
  parent: Nullable(Type.Integer()),
  level: Type.Integer({ description: '0 for a root' }),
  is_active: Type.Boolean(),
  product_count: Type.Integer({ description: 'active products of it and of those below it' }),
}
export const CategoryWire = Type.Object(categoryFields, { title: 'Category' })
/** Each child is again such a category. */
export const CategoryTreeWire = Type.Array(
  Type.Object({ ...categoryFields, children: Type.Array(AnyObject) }, { title: 'CategoryNode' }),
)
export const CategoryListWire = Type.Union([PageOf(CategoryWire), CategoryTreeWire])

export function toCategoryWire(category: CategoryView, publicUrl: string): Static<typeof CategoryWire> {
  return {
    id: category.id,
    name: category.name,
    slug: category.slug,
    description: category.description,
    image: toFileUrl(publicUrl, category.image),
    parent: category.parentId,
    level: category.level,
    is_active: category.isActive,
    product_count: category.productCount,
  }
}

export function toCategoryTreeWire(nodes: CategoryNode[], publicUrl: string): Static<typeof CategoryTreeWire> {
  return nodes.map((node) => ({
    ...toCategoryWire(node, publicUrl),
    children: toCategoryTreeWire(node.children, publicUrl),
  }))
}
