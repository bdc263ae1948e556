/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type IdentitySurface = 'admin' | 'marketplace' | 'nexus' | 'storefront' | 'v1'

export type OrdersOrderStatus = 'cancelled' | 'delivered' | 'pending' | 'processing' | 'refunded' | 'shipped'

export type OrdersPaymentStatus = 'failed' | 'paid' | 'partially_refunded' | 'pending' | 'refunded'

export interface OrdersHistory {
  actor: string
  happenedAt: Date
  id: number
  note: string
  orderId: number
  paymentStatus: OrdersPaymentStatus
  status: OrdersOrderStatus
}

export interface OrdersLines {
  id: number
  lineTotalMinor: number
  name: string
  orderId: number
  position: number
  productId: number | null
  quantity: number
  sku: string
  snapshot: unknown
  unitPriceMinor: number
  variantId: number | null
}

export interface OrdersOrders {
  accountId: number | null
  billingAddress: unknown
  channel: IdentitySurface
  couponCode: string | null
  currency: string
  discountMinor: number
  email: string | null
  forgetsBuyer: boolean
  id: number
  notes: string
  number: string
  paymentDueAt: Date | null
  paymentMethod: string
  paymentStatus: OrdersPaymentStatus
  placedAt: Date
  shippingAddress: unknown
  shippingMethod: string
  shippingMinor: number
  status: OrdersOrderStatus
  subtotalMinor: number
  taxMinor: number
  taxPercent: string
  totalMinor: number
  updatedAt: Date
}
