/** How a body calls a category or a brand: by its id, or by its slug; digits in quotes are an id if there is such a row. */
import { Type } from 'typebox'
import type { Reference } from '#commerce/assortment'
import { Nullable } from '../http/wire.ts'

export const Called = Type.Union([Nullable(Type.String({ maxLength: 300 })), Nullable(Type.Integer({ minimum: 1 }))], {
  description: 'id or slug; null: none',
})

export function toReference(field: string, called: string | number | null | undefined): Reference | null | undefined {
  if (called === null || called === undefined) return called
  return typeof called === 'number' ? { field, called: String(called), by: ['id'] } : { field, called }
}
