import { type Static, Type } from 'typebox'
import type { Alert } from '#commerce/inventory'
import { Ok } from '../http/envelope.ts'
import { openFilters } from '../http/filters.ts'
import { UNITS_MAX } from '../http/numbers.ts'
import { PageOf, PageQuery } from '../http/paging.ts'
import { sent, Time } from '../http/wire.ts'
import { ProductVariant } from './stock-transactions.wire.ts'

export const AlertQuery = Type.Object({
  ...PageQuery,
  resolved: Type.Optional(Type.String({ description: 'true, false, 1 or 0', maxLength: 200 })),
})

export function readAlertFilter(query: Static<typeof AlertQuery>): { isResolved?: boolean } {
  const { yesNo, refuseFaults } = openFilters(query)
  const filter = sent({ isResolved: yesNo('resolved') })
  refuseFaults()
  return filter
}

const AlertWire = Type.Object(
  {
    id: Type.Integer(),
    product: Type.Integer(),
    product_variant: ProductVariant,
    threshold: Type.Integer({ description: 'as it was when the alert opened' }),
    stock: Type.Integer({ description: 'of the variant, when the alert opened' }),
    resolved: Type.Boolean({ description: 'the stock rose above the threshold, or somebody has seen to it' }),
    created_at: Time,
  },
  { title: 'SharedStockAlert' },
)
export const AlertPageWire = PageOf(AlertWire)

/** `isChoice` says whether the variant is one that shoppers choose. */
export function toAlertWire(alert: Alert, isChoice: boolean): Static<typeof AlertWire> {
  return {
    id: alert.id,
    product: alert.productId,
    product_variant: isChoice ? alert.variantId : null,
    threshold: alert.threshold,
    stock: alert.available,
    resolved: alert.resolvedAt !== null,
    created_at: alert.createdAt.toISOString(),
  }
}

export const ThresholdInputWire = Type.Object(
  { threshold: Type.Integer({ minimum: 0, maximum: UNITS_MAX }) },
  { title: 'SharedStockThresholdInput' },
)
export const ThresholdAnswerWire = Ok(
  Type.Object({ product: Type.Integer(), threshold: Type.Integer() }, { title: 'SharedStockThreshold' }),
)
