import { type Static, Type } from 'typebox'
import {
  explainOrder,
  type HistoryEntry,
  ORDER_STATUSES,
  type Order,
  type OrderAddress,
  PAYMENT_STATUSES,
} from '#commerce/orders'
import { toDecimal } from '#platform/money.ts'
import { Ok } from '../http/envelope.ts'
import { toFileUrl } from '../http/file-url.ts'
import { PageOf, PageQuery } from '../http/paging.ts'
import { PriceExplanationWire, toPriceExplanation } from '../http/price-explanation.wire.ts'
import { AnyObject, Choice, Money, Nullable, Time } from '../http/wire.ts'
import { PaymentWire } from '../v1/payments.wire.ts'

/** No line breaks and the like: it is printed on a parcel (MP-130). */
const AddressLine = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: '^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$',
})
const ADDRESS = {
  street: AddressLine,
  city: AddressLine,
  state: AddressLine,
  postal_code: AddressLine,
  country: AddressLine,
}
export const ShippingAddressWire = Type.Object(ADDRESS)
export const PlaceOrderWire = Type.Object({
  // Looked at by itself, so that all that is wrong with it stands under its one name.
  shipping_address: Type.Unknown({ description: 'street, city, state, postal_code, country: none of them empty' }),
  payment_method: Type.Optional(Choice(['stripe', 'paypal', 'cod'])),
  coupon_code: Type.Optional(Nullable(Type.String({ maxLength: 50 }))),
  notes: Type.Optional(Nullable(Type.String({ maxLength: 2000 }))),
})

const STATUSES = ['PENDING', 'PROCESSING', 'SHIPPED', 'DELIVERED', 'CANCELLED', 'REFUNDED'] as const
type Status = (typeof STATUSES)[number]
const PAYMENT = ['PENDING', 'PAID', 'FAILED', 'REFUNDED', 'PARTIALLY_REFUNDED'] as const

const OrderItemWire = Type.Object({
  id: Type.Integer(),
  product: Nullable(Type.Integer()),
  variant: Nullable(Type.Integer()),
  quantity: Type.Integer(),
  unit_price: Money,
  total_price: Money,
  product_snapshot: AnyObject,
})
const OrderWire = Type.Object(
  {
    id: Type.Integer(),
    order_number: Type.String(),
    user: Nullable(Type.Integer()),
    status: Choice(STATUSES),
    payment_status: Choice(PAYMENT),
    subtotal: Money,
    discount_amount: Money,
    tax_amount: Money,
    shipping_cost: Money,
    total_amount: Money,
    currency: Type.String(),
    shipping_address: Type.Object({
      street: Type.String(),
      city: Type.String(),
      state: Type.String(),
      postal_code: Type.String(),
      country: Type.String(),
    }),
    notes: Type.String(),
    payment_method: Type.String(),
    coupon_code: Nullable(Type.String()),
    price_explanation: PriceExplanationWire,
    items: Type.Array(OrderItemWire),
    status_history: Type.Array(
      Type.Object({
        status: Choice(STATUSES),
        note: Type.String(),
        changed_by: Nullable(Type.Integer()),
        timestamp: Time,
      }),
    ),
    created_at: Time,
    updated_at: Time,
  },
  { title: 'MarketplaceOrder' },
)
export type OrderMp = Static<typeof OrderWire>
export const OrderAnswerWire = Ok(OrderWire)
export const OrderPageWire = PageOf(OrderWire)
export const PaymentAnswerWire = Ok(Type.Object({ ...PaymentWire.properties }, { title: 'MarketplacePayment' }))

const word = (description: string) => Type.Optional(Type.String({ description, maxLength: 50 }))
export const OrderQuery = Type.Object({
  ...PageQuery,
  status: word(STATUSES.join(', ')),
  payment_status: word(PAYMENT.join(', ')),
  start_date: word('YYYY-MM-DD, inclusive'),
  end_date: word('YYYY-MM-DD, inclusive'),
  all: word('staff: the orders of everybody'),
})
export const AdvanceWire = Type.Object({
  // Whose order it is comes first: what is missing is told by the route.
  status: Type.Optional(Type.String({ maxLength: 50, description: STATUSES.join(', ') })),
  note: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
})
export const CancelWire = Type.Object({ reason: Type.Optional(Nullable(Type.String({ maxLength: 500 }))) })
export const PayWire = Type.Object({ provider: Choice(['stripe', 'paypal']) })

/** The document knows no order that is completed: it is delivered. */
const toStatus = (status: Order['status']): Status =>
  status === 'completed' ? 'DELIVERED' : (status.toUpperCase() as Status)

/** The status that is meant; undefined for what is none. */
export const readStatus = (text: string): Order['status'] | undefined =>
  ORDER_STATUSES.find((status) => status !== 'completed' && status === text.toLowerCase())
export const readPaymentStatus = (text: string): Order['paymentStatus'] | undefined =>
  PAYMENT_STATUSES.find((status) => status === text.toLowerCase())

/** `history` is what happened to it, oldest first. */
export function toOrderWire(order: Order, history: HistoryEntry[], publicUrl: string): OrderMp {
  const money = (amountMinor: number) => toDecimal(amountMinor, order.currency)
  const address = order.shippingAddress
  return {
    id: order.id,
    order_number: order.number,
    user: order.accountId,
    status: toStatus(order.status),
    payment_status: order.paymentStatus.toUpperCase() as (typeof PAYMENT)[number],
    subtotal: money(order.subtotalMinor),
    discount_amount: money(order.discountMinor),
    tax_amount: money(order.taxMinor),
    shipping_cost: money(order.shippingMinor),
    total_amount: money(order.totalMinor),
    currency: order.currency,
    shipping_address: {
      street: [address.address_line1, address.address_line2].filter(Boolean).join(', '),
      city: address.city,
      state: address.state,
      postal_code: address.postal_code,
      country: address.country,
    },
    notes: order.notes,
    payment_method: order.paymentMethod,
    coupon_code: order.couponCode,
    price_explanation: toPriceExplanation(explainOrder(order), order.currency),
    items: order.lines.map((line) => ({
      id: line.id,
      product: line.productId,
      variant: line.snapshot.variant === '' ? null : line.variantId,
      quantity: line.quantity,
      unit_price: money(line.unitPriceMinor),
      total_price: money(line.lineTotalMinor),
      product_snapshot: toSnapshot(line, money, publicUrl),
    })),
    status_history: history.map(({ status, note, actorId, happenedAt }) => ({
      status: toStatus(status),
      note,
      changed_by: actorId,
      timestamp: happenedAt.toISOString(),
    })),
    created_at: order.placedAt.toISOString(),
    updated_at: order.updatedAt.toISOString(),
  }
}

/** MP-122. */
const toSnapshot = (
  { sku, unitPriceMinor, snapshot }: Order['lines'][number],
  money: (minor: number) => string,
  publicUrl: string,
) => ({
  title: snapshot.name,
  name: snapshot.name,
  sku,
  price: money(unitPriceMinor),
  image: toFileUrl(publicUrl, snapshot.image),
  category: snapshot.category ?? null,
  seller: snapshot.seller ?? null,
  seller_id: snapshot.sellerId ?? null,
  slug: snapshot.slug,
  variant: snapshot.variant,
  attributes: snapshot.attributes,
})

export const toOrderAddress = (address: Static<typeof ShippingAddressWire>): OrderAddress => ({
  full_name: '',
  phone: null,
  address_line1: address.street,
  address_line2: '',
  city: address.city,
  state: address.state,
  postal_code: address.postal_code,
  country: address.country,
})
