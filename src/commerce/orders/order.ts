/** The order as an idea: no database, no clock, no promises. */
import type { PriceStep, SumStep } from './price-order.ts'
import type { OrdersLines, OrdersOrders } from './tables.ts'

/** Where an order may go by a decision of staff. Cancelling and refunding are deeds of their own. */
const nextStatuses = {
  pending: ['processing'],
  processing: ['shipped'],
  shipped: ['delivered'],
  delivered: ['completed'],
  completed: [],
  cancelled: [],
  refunded: [],
} as const satisfies Record<string, readonly string[]>

export type OrderStatus = keyof typeof nextStatuses
export const ORDER_STATUSES = Object.keys(nextStatuses) as OrderStatus[]
export const PAYMENT_STATUSES = ['pending', 'paid', 'failed', 'partially_refunded', 'refunded'] as const
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]

export type OrderAddress = {
  full_name: string
  phone: string | null
  address_line1: string
  address_line2: string
  city: string
  state: string
  postal_code: string
  country: string
}

/** What was sold, as it was then: whatever becomes of the article, this is what was agreed. */
export type Snapshot = {
  name: string
  slug: string
  /** Empty for the only variant of a product. */
  variant: string
  attributes: Record<string, string>
  /** As stored: perhaps relative. */
  image: string | null
  /** The price of one before a reduction, where there was one. Missing, as what follows, in orders of before it was kept. */
  listMinor?: number | null
  category?: string | null
  seller?: string | null
  sellerId?: number | null
  /** The code of the tariff, for the tax. */
  hsnCode?: string | null
  weightGrams?: number | null
  /** As the storefront words it: 200g. */
  weight?: string
}

export type OrderLine = Omit<OrdersLines, 'orderId' | 'position' | 'snapshot'> & { snapshot: Snapshot }

/** With `taxIncluded` the prices of the lines hold the tax, and the subtotal is what the goods cost without it. */
export type OrderFigures = Pick<
  OrdersOrders,
  'subtotalMinor' | 'discountMinor' | 'taxMinor' | 'taxPercent' | 'taxIncluded' | 'shippingMinor' | 'totalMinor'
>

type Jsons = 'shippingAddress' | 'billingAddress' | 'explanation'
/** How the parcel goes: known once there is one. */
type Transport = 'carrier' | 'trackingNumber' | 'estimatedDelivery'

/** An order that is about to be written down. After `paymentDueAt` it gives its stock back unless it is paid. */
export type OrderDraft = Omit<
  OrdersOrders,
  'id' | 'accountId' | 'placedAt' | 'updatedAt' | 'forgetsBuyer' | 'transportCostMinor' | Transport | Jsons
> & {
  accountId: number
  shippingAddress: OrderAddress
  billingAddress: OrderAddress
  /** What follows after the lines: their prices stand in them. */
  explanation: SumStep[]
  lines: Omit<OrderLine, 'id' | 'lineTotalMinor'>[]
}

/** An order with its lines. `accountId` is null once the account was closed. */
export type Order = Omit<OrderDraft, 'lines' | 'paymentDueAt' | 'accountId'> &
  Pick<OrdersOrders, 'id' | 'accountId' | 'placedAt' | 'updatedAt' | Transport> & { lines: OrderLine[] }

/** Staff moves an order one step on, never back (V1-308). */
export function canAdvance(from: OrderStatus, to: OrderStatus): boolean {
  return (nextStatuses[from] as readonly OrderStatus[]).includes(to)
}

/** The way of an order that goes well. */
const WAY: OrderStatus[] = ['pending', 'processing', 'shipped', 'delivered', 'completed']

/** The steps from one state to a later one, the last of them included; nothing where the way does not lead there (SF-482). */
export function stepsBetween(from: OrderStatus, to: OrderStatus): OrderStatus[] | undefined {
  const [start, end] = [WAY.indexOf(from), WAY.indexOf(to)]
  return start >= 0 && end > start ? WAY.slice(start + 1, end + 1) : undefined
}

/** An order can be cancelled until it leaves the house (V1-307). */
export function canBeCancelled(status: OrderStatus): boolean {
  return status === 'pending' || status === 'processing'
}

/** Whether all of an order is this seller's: then he may carry it on (MP-127). */
export const isSoldBy = ({ lines }: Pick<Order, 'lines'>, sellerId: number): boolean =>
  lines.length > 0 && lines.every(({ snapshot }) => snapshot.sellerId === sellerId)

/** Every step from the prices of the lines to the total, in the order in which it was reckoned. */
export function explainOrder({ lines, explanation }: Pick<Order, 'lines' | 'explanation'>): PriceStep[] {
  const prices = lines.map(({ name, quantity, unitPriceMinor, lineTotalMinor, snapshot }) => ({
    rule: 'price' as const,
    name,
    quantity,
    unitMinor: unitPriceMinor,
    listMinor: snapshot.listMinor ?? null,
    amountMinor: lineTotalMinor,
  }))
  return [...prices, ...explanation]
}
