import { type Static, Type } from 'typebox'
import {
  canBeCancelled,
  explainOrder,
  ORDER_STATUSES,
  type Order,
  type OrderAddress,
  type OrderLine,
  type OrderStatus,
  PAYMENT_STATUSES,
} from '#commerce/orders'
import { toDecimal } from '#platform/money.ts'
import { toFileUrl } from '../http/file-url.ts'
import { PriceExplanationWire, toPriceExplanation } from '../http/price-explanation.wire.ts'
import { AnyObject, Choice, Filled, Money, Nullable, Time } from '../http/wire.ts'

/** The document knows no order that is completed: it is delivered. */
const STATUSES = ORDER_STATUSES.filter((status) => status !== 'completed')
const Status = Choice(STATUSES)
const PaymentStatus = Choice(PAYMENT_STATUSES)
const Line255 = Filled({ maxLength: 255 })
const OptionalText = Type.Optional(Nullable(Type.String({ maxLength: 255 })))

/** An address written out in an order (V1-300); the one from the book is named by its id. */
const OrderAddressInput = Type.Object({
  full_name: OptionalText,
  phone: OptionalText,
  address_line1: Line255,
  address_line2: OptionalText,
  city: Line255,
  state: OptionalText,
  postal_code: Filled({ maxLength: 20 }),
  country: Line255,
})

export const PlaceOrderWire = Type.Object(
  {
    shipping_address_id: Type.Optional(Nullable(Type.Integer())),
    shipping_address: Type.Optional(Nullable(OrderAddressInput)),
    billing_address_id: Type.Optional(Nullable(Type.Integer())),
    shipping_method: Type.Optional(Type.String({ maxLength: 50, default: 'standard' })),
    payment_method: Type.Optional(Choice(['stripe', 'paypal', 'cod'])),
    coupon_code: Type.Optional(Nullable(Type.String({ maxLength: 50 }))),
    notes: Type.Optional(Nullable(Type.String({ maxLength: 2000 }))),
  },
  { $id: 'PlaceOrder' },
)

const OrderAddressWire = Type.Object(
  {
    full_name: Type.String(),
    phone: Nullable(Type.String()),
    address_line1: Type.String(),
    address_line2: Type.String(),
    city: Type.String(),
    state: Type.String(),
    postal_code: Type.String(),
    country: Type.String(),
  },
  { $id: 'OrderAddress' },
)

/** What was sold, as it was then. */
const SnapshotWire = Type.Object(
  {
    name: Type.String(),
    slug: Type.String(),
    variant: Type.String(),
    attributes: AnyObject,
    image: Nullable(Type.String()),
  },
  { $id: 'ProductSnapshot' },
)

const OrderItemWire = Type.Object({
  id: Type.Integer(),
  product_id: Nullable(Type.Integer()),
  variant_id: Nullable(Type.Integer()),
  name: Type.String(),
  sku: Nullable(Type.String()),
  quantity: Type.Integer(),
  unit_price: Money,
  line_total: Money,
  product_snapshot: SnapshotWire,
})

export const OrderWire = Type.Object(
  {
    id: Type.Integer(),
    order_number: Type.String(),
    status: Status,
    payment_status: PaymentStatus,
    currency: Type.String(),
    items: Type.Array(OrderItemWire),
    subtotal: Money,
    discount: Money,
    tax: Money,
    shipping_cost: Money,
    total: Money,
    coupon_code: Nullable(Type.String()),
    shipping_address: OrderAddressWire,
    billing_address: OrderAddressWire,
    shipping_method: Type.String(),
    payment_method: Type.String(),
    notes: Type.String(),
    can_cancel: Type.Boolean(),
    price_explanation: PriceExplanationWire,
    created_at: Time,
    updated_at: Time,
  },
  { $id: 'Order' },
)

export const toStatusWire = (status: OrderStatus) => (status === 'completed' ? 'delivered' : status)

export function toOrderWire(order: Order, publicUrl: string): Static<typeof OrderWire> {
  const money = (amountMinor: number) => toDecimal(amountMinor, order.currency)
  return {
    id: order.id,
    order_number: order.number,
    status: toStatusWire(order.status),
    payment_status: order.paymentStatus,
    currency: order.currency,
    items: order.lines.map((line) => ({
      id: line.id,
      product_id: line.productId,
      variant_id: line.variantId,
      name: line.name,
      sku: line.sku,
      quantity: line.quantity,
      unit_price: money(line.unitPriceMinor),
      line_total: money(line.lineTotalMinor),
      product_snapshot: toSnapshotWire(line.snapshot, publicUrl),
    })),
    subtotal: money(order.subtotalMinor),
    discount: money(order.discountMinor),
    tax: money(order.taxMinor),
    shipping_cost: money(order.shippingMinor),
    total: money(order.totalMinor),
    coupon_code: order.couponCode,
    shipping_address: toAddressWire(order.shippingAddress),
    billing_address: toAddressWire(order.billingAddress),
    shipping_method: order.shippingMethod,
    payment_method: order.paymentMethod,
    notes: order.notes,
    can_cancel: canBeCancelled(order.status),
    price_explanation: toPriceExplanation(explainOrder(order), order.currency),
    created_at: order.placedAt.toISOString(),
    updated_at: order.updatedAt.toISOString(),
  }
}

function toAddressWire(address: OrderAddress): Static<typeof OrderAddressWire> {
  return {
    full_name: address.full_name,
    phone: address.phone,
    address_line1: address.address_line1,
    address_line2: address.address_line2,
    city: address.city,
    state: address.state,
    postal_code: address.postal_code,
    country: address.country,
  }
}

function toSnapshotWire(snapshot: OrderLine['snapshot'], publicUrl: string): Static<typeof SnapshotWire> {
  return {
    name: snapshot.name,
    slug: snapshot.slug,
    variant: snapshot.variant,
    attributes: snapshot.attributes,
    image: toFileUrl(publicUrl, snapshot.image),
  }
}

export function readAddress(input: Static<typeof OrderAddressInput>): OrderAddress {
  return {
    full_name: input.full_name ?? '',
    phone: input.phone ?? null,
    address_line1: input.address_line1,
    address_line2: input.address_line2 ?? '',
    city: input.city,
    state: input.state ?? '',
    postal_code: input.postal_code,
    country: input.country,
  }
}

export const OrderHistoryWire = Type.Array(
  Type.Object({
    status: Status,
    payment_status: PaymentStatus,
    note: Type.String(),
    actor: Type.String(),
    created_at: Time,
  }),
)

export const CancelOrderWire = Type.Object({ reason: Type.Optional(Nullable(Type.String({ maxLength: 500 }))) })
export const AdvanceOrderWire = Type.Object({
  status: Status,
  note: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
})
export const OrderNumberInPath = Type.Object({ order_number: Type.String({ maxLength: 40 }) })
