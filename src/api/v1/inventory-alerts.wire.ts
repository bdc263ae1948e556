import { type Static, Type } from 'typebox'
import type { Alert } from '#commerce/inventory'
import { PageOf, PageQuery } from '../http/paging.ts'
import { Time } from '../http/wire.ts'
import { ProductInQuery } from './inventory-filters.ts'

export const AlertQuery = Type.Object({
  ...PageQuery,
  resolved: Type.Optional(Type.Boolean()),
  product: ProductInQuery,
})

export const AlertWire = Type.Object(
  {
    id: Type.Integer(),
    product: Type.Integer(),
    variant: Type.Integer(),
    threshold: Type.Integer({ description: 'as it was when the alert opened' }),
    resolved: Type.Boolean({ description: 'somebody has seen to it, or the stock rose above the threshold' }),
    created_at: Time,
  },
  { title: 'StockAlert' },
)
export const AlertPageWire = PageOf(AlertWire)

export function toAlertWire(alert: Alert): Static<typeof AlertWire> {
  return {
    id: alert.id,
    product: alert.productId,
    variant: alert.variantId,
    threshold: alert.threshold,
    resolved: alert.resolvedAt !== null,
    created_at: alert.createdAt.toISOString(),
  }
}
