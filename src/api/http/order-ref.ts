/** What names an order in a path or a body: its number or its id (C-32, MP-126). */
import { Type } from 'typebox'
import type { OrderRef } from '#commerce/orders'

export const OrderInPath = Type.Object({ order: Type.String({ maxLength: 40, description: 'number or id' }) })
/** In a body. */
export const OrderSent = Type.Union([Type.Integer(), Type.String({ minLength: 1, maxLength: 40 })], {
  description: 'number or id of an order',
})

export function readOrderRef(sent: string | number): OrderRef {
  const text = String(sent).trim()
  return /^\d{1,15}$/.test(text) ? { id: Number(text) } : { number: text.toUpperCase() }
}
