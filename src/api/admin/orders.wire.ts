import { type Static, Type } from 'typebox'
import type { OrderRow } from '#commerce/backoffice'
import type { Order } from '#commerce/orders'
import type { Payment } from '#commerce/payments'
import { toDecimal } from '#platform/money.ts'
import { Amount } from '../http/amounts.ts'
import { Choice, Money, Nullable } from '../http/wire.ts'
import {
  OrderSummaryWire,
  OrderWire,
  ORDER_STATUSES as STATUSES,
  toOrderSummaryWire,
  toOrderWire,
} from '../storefront/orders.wire.ts'
import { toUserRef, UserRefWire } from './owner.wire.ts'

const Word = Nullable(Type.String({ maxLength: 100 }))

export const OrderRowWire = Type.Object(
  {
    ...OrderSummaryWire.properties,
    user: UserRefWire,
    currency: Type.String(),
    carrier: Nullable(Type.String()),
    tracking_number: Nullable(Type.String()),
  },
  { title: 'AdminOrderRow' },
)

export const AdminOrderWire = Type.Object(
  {
    ...OrderWire.properties,
    user: UserRefWire,
    shipping_cost: Type.String({
      description: 'what the transport has cost the shop, or else what the buyer pays for it',
    }),
    shipping_charged: Money,
  },
  { title: 'AdminOrder' },
)

export const OrderChangesWire = Type.Object({
  status: Type.Optional(Choice(STATUSES)),
  carrier: Type.Optional(Word),
  tracking_number: Type.Optional(Word),
  estimated_delivery_date: Type.Optional(Nullable(Type.String({ maxLength: 10 }))),
  shipping_cost: Type.Optional(Amount),
})

export const toOrderRowWire = (row: OrderRow): Static<typeof OrderRowWire> => ({
  ...toOrderSummaryWire(row),
  user: toUserRef(row),
  currency: row.currency,
  carrier: row.carrier,
  tracking_number: row.trackingNumber,
})

export function toAdminOrderWire(row: OrderRow, order: Order, payments: Payment[]): Static<typeof AdminOrderWire> {
  const wire = toOrderWire(order, payments)
  const cost = row.transportCostMinor ?? order.shippingMinor
  return {
    ...wire,
    user: toUserRef(row),
    shipping_cost: toDecimal(cost, order.currency),
    shipping_charged: wire.shipping_cost,
  }
}
