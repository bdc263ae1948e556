/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type IdentitySurface = 'admin' | 'marketplace' | 'nexus' | 'storefront' | 'v1'

export type OrdersDocumentKind = 'credit_note' | 'invoice'

export type OrdersMilestone = 'cancelled' | 'completed' | 'placed'

export type OrdersOrderStatus =
  | 'cancelled'
  | 'completed'
  | 'delivered'
  | 'pending'
  | 'processing'
  | 'refunded'
  | 'shipped'

export type OrdersPaymentStatus = 'failed' | 'paid' | 'partially_refunded' | 'pending' | 'refunded'

export type OrdersReturnStatus = 'approved' | 'received' | 'refunded' | 'rejected' | 'requested'

export interface OrdersDocuments {
  amountMinor: number
  id: number
  issuedAt: Date
  issuer: unknown
  kind: OrdersDocumentKind
  number: string
  orderId: number
  refundId: string | null
  sequence: number
  taxMinor: number
  year: number
}

export interface OrdersHistory {
  actor: string
  actorId: number | null
  happenedAt: Date
  id: number
  milestone: OrdersMilestone | null
  note: string
  orderId: number
  paymentStatus: OrdersPaymentStatus
  status: OrdersOrderStatus
}

export interface OrdersLines {
  discountMinor: number
  id: number
  lineTotalMinor: number
  name: string
  orderId: number
  position: number
  productId: number | null
  quantity: number
  sku: string
  snapshot: unknown
  taxMinor: number
  unitPriceMinor: number
  variantId: number | null
}

export interface OrdersNotes {
  author: string
  id: number
  isShown: boolean
  orderId: number
  text: string
  writtenAt: Date
}

export interface OrdersNumberSeries {
  kind: OrdersDocumentKind
  last: number
  year: number
}

export interface OrdersOrders {
  accountId: number | null
  addressId: number | null
  billingAddress: unknown
  carrier: string | null
  channel: IdentitySurface
  couponCode: string | null
  currency: string
  discountMinor: number
  email: string | null
  estimatedDelivery: string | null
  explanation: unknown
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
  taxIncluded: boolean
  taxMinor: number
  taxPercent: string
  totalMinor: number
  trackingNumber: string | null
  transportCostMinor: number | null
  updatedAt: Date
}

export interface OrdersReturnLines {
  lineId: number
  quantity: number
  refundMinor: number
  returnId: number
}

export interface OrdersReturns {
  id: number
  note: string
  orderId: number
  reason: string
  refundId: string | null
  refundMinor: number
  requestedAt: Date
  status: OrdersReturnStatus
  updatedAt: Date
}
