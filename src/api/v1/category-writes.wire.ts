import { type Static, Type } from 'typebox'
import type { MenuCategory } from '#commerce/assortment'
import { categoryFields, MenuName, toCategoryTraits } from '../http/menu.wire.ts'
import { Nullable, sent } from '../http/wire.ts'

const fields = { parent: Type.Optional(Nullable(Type.Integer({ minimum: 1 }))), ...categoryFields }

/** Bodies of POST, and of PUT and PATCH: there everything is optional (V1-221). */
export const NewCategoryWire = Type.Object({ name: MenuName, ...fields })
export const CategoryChangesWire = Type.Object({ name: Type.Optional(MenuName), ...fields })

export function toMenuCategory({ parent, ...body }: Static<typeof CategoryChangesWire>): MenuCategory {
  const reference =
    typeof parent === 'number' ? { field: 'parent', called: String(parent), by: ['id' as const] } : parent
  return { ...toCategoryTraits(body), ...sent({ parent: reference }) }
}
