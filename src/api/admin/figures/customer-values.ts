/** /api/admin/core/customerlifetimevalue/ (SF-438, SF-462). */
import { Type } from 'typebox'
import { predictValue, SEGMENTS, segmentOf } from '#commerce/analytics'
import { type CustomerValueFilters, type CustomerValueRow, customerValueListing } from '#commerce/backoffice'
import { toDecimal } from '#platform/money.ts'
import { Money, Time } from '../../http/wire.ts'
import { toUserRef, UserRefWire } from '../owner.wire.ts'
import { figureResource } from './figure-resource.ts'
import { BadgeWire, showMoney } from './shown-figures.ts'

const COLORS = { NEW: 'blue', REGULAR: 'green', VIP: 'gold' }

const CustomerValueWire = Type.Object(
  {
    id: Type.Integer(),
    user: UserRefWire,
    currency: Type.String(),
    total_orders: Type.Integer(),
    total_spent: Money,
    total_spent_display: Type.String(),
    avg_order_value: Money,
    avg_order_value_display: Type.String(),
    first_order_date: Time,
    last_order_date: Time,
    predicted_ltv: Money,
    predicted_ltv_display: Type.String(),
    customer_segment: Type.String(),
    customer_segment_badge: BadgeWire,
    last_updated: Time,
  },
  { title: 'AdminCustomerLifetimeValue' },
)

export const customerValueResource = figureResource<CustomerValueRow, CustomerValueFilters, typeof CustomerValueWire>({
  path: 'core/customerlifetimevalue',
  noun: { one: 'CustomerValue', many: 'CustomerValues' },
  listing: customerValueListing,
  usual: '-total_spent',
  filters: {
    segment: {
      name: 'customer_segment',
      read: (text) => SEGMENTS[text.toUpperCase() as keyof typeof SEGMENTS] ?? ([0, 0] as const),
      code: 'invalid',
      description: Object.keys(SEGMENTS).join(', '),
    },
  },
  row: CustomerValueWire,
  toRow: (row) => {
    const { currency, spentMinor, orders } = row
    const average = Math.round(spentMinor / orders)
    const predicted = predictValue(row)
    const segment = segmentOf(orders)
    return {
      id: row.id,
      user: toUserRef(row),
      currency,
      total_orders: orders,
      total_spent: toDecimal(spentMinor, currency),
      total_spent_display: showMoney(spentMinor, currency),
      avg_order_value: toDecimal(average, currency),
      avg_order_value_display: showMoney(average, currency),
      first_order_date: row.firstOrderAt.toISOString(),
      last_order_date: row.lastOrderAt.toISOString(),
      predicted_ltv: toDecimal(predicted, currency),
      predicted_ltv_display: showMoney(predicted, currency),
      customer_segment: segment,
      customer_segment_badge: { label: segment, color: COLORS[segment] },
      last_updated: row.updatedAt.toISOString(),
    }
  },
})
