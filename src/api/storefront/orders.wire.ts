import { type Static, Type } from 'typebox'
import { explainOrder, type Order, type OrderLine } from '#commerce/orders'
import { isPaid, type Payment, toPaymentNumber } from '#commerce/payments'
import { toDecimal } from '#platform/money.ts'
import { PriceExplanationWire, toPriceExplanation } from '../http/price-explanation.wire.ts'
import { Choice, Money, Nullable, Time } from '../http/wire.ts'

export const PAYMENT_METHODS = ['card', 'upi', 'netbanking', 'wallet'] as const
export const CheckoutWire = Type.Object({
  address_id: Type.Integer(),
  payment_data: Type.Optional(
    Type.Object({
      simulate_failure: Type.Optional(Type.Boolean()),
      deferred: Type.Optional(Type.Boolean({ description: 'the order waits to be paid by the payment routes' })),
      payment_method: Type.Optional(Choice(PAYMENT_METHODS)),
    }),
  ),
})

export const ORDER_STATUSES = ['PENDING', 'PROCESSING', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'CANCELLED'] as const
const PAYMENT_STATUSES = ['PENDING', 'COMPLETED', 'FAILED', 'REFUNDED'] as const
const Day = Type.String({ format: 'date' })

const summaryFields = {
  id: Type.Integer(),
  order_number: Type.String(),
  user: Nullable(Type.Integer()),
  address: Nullable(Type.Integer({ description: 'null once it was taken out of the book' })),
  total_price: Money,
  payment_status: Choice(PAYMENT_STATUSES),
  status: Choice(ORDER_STATUSES),
  created_at: Time,
}
export const OrderSummaryWire = Type.Object(summaryFields, { title: 'StorefrontOrderSummary' })
const OrderItemWire = Type.Object(
  {
    id: Type.Integer(),
    product_id: Nullable(Type.Integer()),
    product_name: Type.String(),
    price: Money,
    weight: Type.String(),
    quantity: Type.Integer(),
    total_price: Money,
  },
  { title: 'StorefrontOrderItem' },
)
export const OrderWire = Type.Object(
  {
    ...summaryFields,
    currency: Type.String(),
    subtotal: Type.String({ description: 'what the goods cost without the tax' }),
    gst_amount: Money,
    discount: Money,
    shipping_cost: Money,
    payment_method: Type.String(),
    payment_id: Nullable(Type.String()),
    carrier: Nullable(Type.String()),
    tracking_number: Nullable(Type.String()),
    estimated_delivery_date: Nullable(Day),
    updated_at: Time,
    items: Type.Array(OrderItemWire),
    shipping_address: Type.Object({
      name: Type.String(),
      address_line1: Type.String(),
      address_line2: Type.String(),
      city: Type.String(),
      state: Type.String(),
      country: Type.String(),
      postal_code: Type.String(),
    }),
    price_explanation: PriceExplanationWire,
  },
  { title: 'StorefrontOrder' },
)
export const CancelledWire = Type.Object(
  { message: Type.String(), order_number: Type.String(), status: Choice(['CANCELLED']) },
  { title: 'StorefrontCancelledOrder' },
)

export const toCancelledWire = ({ number }: Order): Static<typeof CancelledWire> => ({
  message: 'Order cancelled successfully.',
  order_number: number,
  status: 'CANCELLED',
})

/** An order that another surface calls refunded was not carried out. */
const statusOf: Record<Order['status'], (typeof ORDER_STATUSES)[number]> = {
  pending: 'PENDING',
  processing: 'PROCESSING',
  shipped: 'SHIPPED',
  delivered: 'DELIVERED',
  completed: 'COMPLETED',
  cancelled: 'CANCELLED',
  refunded: 'CANCELLED',
}
const paymentStatusOf: Record<Order['paymentStatus'], (typeof PAYMENT_STATUSES)[number]> = {
  pending: 'PENDING',
  paid: 'COMPLETED',
  partially_refunded: 'COMPLETED',
  failed: 'FAILED',
  refunded: 'REFUNDED',
}

/** What is shown by such a word, the plainest first; undefined where nothing is. */
export const toStatus = ({ status }: Pick<Order, 'status'>) => statusOf[status]
export const statusesShownAs = (shown: string) => keysOf(statusOf, shown)
export const paymentStatusesShownAs = (shown: string) => keysOf(paymentStatusOf, shown)

function keysOf<Key extends string>(words: Record<Key, string>, shown: string): Key[] | undefined {
  const keys = (Object.keys(words) as Key[]).filter((key) => words[key] === shown.toUpperCase())
  return keys.length > 0 ? keys : undefined
}

type Summarized = Pick<
  Order,
  'id' | 'number' | 'accountId' | 'addressId' | 'totalMinor' | 'currency' | 'paymentStatus' | 'status' | 'placedAt'
>

export function toOrderSummaryWire(order: Summarized): Static<typeof OrderSummaryWire> {
  return {
    id: order.id,
    order_number: order.number,
    user: order.accountId,
    address: order.addressId,
    total_price: toDecimal(order.totalMinor, order.currency),
    payment_status: paymentStatusOf[order.paymentStatus],
    status: statusOf[order.status],
    created_at: order.placedAt.toISOString(),
  }
}

/** `payments` are those of the order: the one that settled it is shown, or else the last one. */
export function toOrderWire(order: Order, payments: Payment[]): Static<typeof OrderWire> {
  const money = (amountMinor: number) => toDecimal(amountMinor, order.currency)
  const payment = payments.find(({ status }) => isPaid(status) || status === 'refunded') ?? payments.at(-1)
  const address = order.shippingAddress
  return {
    ...toOrderSummaryWire(order),
    currency: order.currency,
    subtotal: money(order.subtotalMinor),
    gst_amount: money(order.taxMinor),
    discount: money(order.discountMinor),
    shipping_cost: money(order.shippingMinor),
    payment_method: payment?.method || order.paymentMethod,
    payment_id: payment ? toPaymentNumber(payment.id) : null,
    carrier: order.carrier,
    tracking_number: order.trackingNumber,
    estimated_delivery_date: order.estimatedDelivery,
    updated_at: order.updatedAt.toISOString(),
    items: order.lines.map((line) => toItemWire(line, money)),
    shipping_address: {
      name: address.full_name,
      address_line1: address.address_line1,
      address_line2: address.address_line2,
      city: address.city,
      state: address.state,
      country: address.country,
      postal_code: address.postal_code,
    },
    price_explanation: toPriceExplanation(explainOrder(order), order.currency),
  }
}

/** Lines of before weights were kept say what was chosen. */
const toItemWire = (line: OrderLine, money: (minor: number) => string): Static<typeof OrderItemWire> => ({
  id: line.id,
  product_id: line.productId,
  product_name: line.snapshot.name,
  price: money(line.unitPriceMinor),
  weight: line.snapshot.weight ?? line.snapshot.variant,
  quantity: line.quantity,
  total_price: money(line.lineTotalMinor),
})
