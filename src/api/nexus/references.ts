/** How a body calls a category or a brand: by its id, or by its slug; digits in quotes are an id if there is such a row. */
import { type Static, Type } from 'typebox'
import type { Reference } from '#commerce/assortment'
import { Nullable } from '../http/wire.ts'

const Id = Type.Integer({ minimum: 1 })
export const Called = Type.Union([Nullable(Type.String({ maxLength: 300 })), Nullable(Id), Type.Object({ id: Id })], {
  description: 'id or slug, or an object with the id as products show it; null: none',
})

export function toReference(field: string, called: Static<typeof Called> | undefined): Reference | null | undefined {
  if (called === null || called === undefined) return called
  if (typeof called === 'string') return { field, called }
  return { field, called: String(typeof called === 'number' ? called : called.id), by: ['id'] }
}
