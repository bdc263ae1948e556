import { type Static, Type } from 'typebox'
import { type CategoryView, PLACES } from '#commerce/browse'
import type { CategoryChanges } from '#commerce/catalog'
import { toFileUrl } from '../http/file-url.ts'
import { Filled, Nullable, sent } from '../http/wire.ts'

/** A code stands in addresses: what would have to be encoded there is no part of one. */
const Code = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._~-]*$', maxLength: 100 })
export const CodeInPath = Type.Object({ category_id: Type.String({ maxLength: 300 }) })

const fields = {
  description: Type.Optional(Type.String({ maxLength: 20_000 })),
  tags: Type.Optional(Type.Array(Filled({ maxLength: 100 }), { maxItems: 100 })),
  // Read by hand: whatever is not 1 to 8 has one sentence of its own (SF-175).
  display_order: Type.Optional(Type.Unknown({ description: `1 to ${PLACES}; null or empty frees the place` })),
}
const Name = Filled({ maxLength: 255 })
export const NewCategoryWire = Type.Object(
  { category_id: Code, name: Name, ...fields },
  { title: 'NewStorefrontCategory' },
)
export const CategoryChangesWire = Type.Object(
  { category_id: Type.Optional(Code), name: Type.Optional(Name), ...fields },
  { title: 'StorefrontCategoryChanges' },
)
type Body = Partial<Static<typeof NewCategoryWire>>

export const CategoryWire = Type.Object(
  {
    id: Type.Integer(),
    category_id: Type.String(),
    name: Type.String(),
    description: Type.String(),
    tags: Type.Array(Type.String()),
    image: Nullable(Type.String()),
    display_order: Nullable(Type.Integer()),
    available_display_orders: Type.Array(Type.Integer()),
  },
  { title: 'StorefrontCategory' },
)
export const FreePlacesWire = Type.Object(
  { available_orders: Type.Array(Type.Integer()), total_slots: Type.Integer(), used_slots: Type.Integer() },
  { title: 'StorefrontFreePlaces' },
)

export function toCategoryWire(category: CategoryView, free: number[], publicUrl: string): Static<typeof CategoryWire> {
  return {
    id: category.id,
    category_id: category.code,
    name: category.name,
    description: category.description,
    tags: category.tags,
    image: toFileUrl(publicUrl, category.image),
    display_order: category.displayOrder,
    available_display_orders: free,
  }
}

export const toFreePlacesWire = (free: number[]): Static<typeof FreePlacesWire> => ({
  available_orders: free,
  total_slots: PLACES,
  used_slots: PLACES - free.length,
})

/** What a body says of a category. Whoever changes one does not change what it is called by. */
export function toCategoryChanges({
  category_id: code,
  name,
  description,
  tags,
  display_order: place,
}: Body): CategoryChanges {
  return sent({
    code,
    name: name?.trim(),
    description,
    tags,
    displayOrder: place === undefined ? undefined : readPlace(place),
  })
}

/** A form sends text: "3" is 3, and nothing is nowhere. What is no place is told by the core (`display_order_invalid`). */
function readPlace(place: unknown): number | null {
  if (place === null || place === '') return null
  const number = typeof place === 'string' && /^\s*\d{1,3}\s*$/.test(place) ? Number(place) : place
  return typeof number === 'number' ? number : Number.NaN
}
