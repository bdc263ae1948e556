/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type PaymentsPaymentStatus =
  | 'cancelled'
  | 'failed'
  | 'partially_refunded'
  | 'pending'
  | 'refunded'
  | 'requires_action'
  | 'succeeded'

export type PaymentsProvider = 'builtin' | 'cod' | 'paypal' | 'razorpay' | 'stripe'

export type PaymentsRefundStatus = 'failed' | 'pending' | 'succeeded'

export interface PaymentsGatewayEvents {
  awaitsPayment: boolean
  captureReference: string | null
  eventId: string
  eventType: string
  outcome: string | null
  provider: PaymentsProvider
  providerReference: string | null
  receivedAt: Date
  refundedMinor: number | null
}

export interface PaymentsPayments {
  accountId: number | null
  amountMinor: number
  approvalUrl: string | null
  askedAt: Date | null
  attempts: number
  captureReference: string | null
  clientSecret: string | null
  createdAt: Date
  currency: string
  id: string
  isOpen: boolean
  method: string
  orderId: number
  orderNumber: string
  provider: PaymentsProvider
  providerReference: string | null
  refundedMinor: number
  returnUrl: string | null
  status: PaymentsPaymentStatus
  updatedAt: Date
}

export interface PaymentsRefunds {
  amountMinor: number
  askedAt: Date | null
  attempts: number
  awaitsStaff: boolean
  createdAt: Date
  id: string
  number: number
  paymentId: string
  providerReference: string | null
  reason: string
  status: PaymentsRefundStatus
  updatedAt: Date
}
