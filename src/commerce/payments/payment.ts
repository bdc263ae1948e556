/** The payment as an idea. */
import type { Provider } from './gateway.ts'

export type PaymentStatus =
  | 'pending'
  | 'requires_action'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'refunded'
  | 'partially_refunded'

export type Payment = {
  id: string
  orderId: number
  orderNumber: string
  accountId: number | null
  provider: Provider
  providerReference: string | null
  status: PaymentStatus
  amountMinor: number
  /** Given back or promised to be: refunds that are still under way count. */
  refundedMinor: number
  currency: string
  clientSecret: string | null
  approvalUrl: string | null
  returnUrl: string | null
  createdAt: Date
}

export type Refund = {
  id: string
  paymentId: string
  status: 'pending' | 'succeeded' | 'failed'
  amountMinor: number
  reason: string
  createdAt: Date
}

/** Money may still come: an event of success is believed, a cancellation possible. */
export const awaitsMoney = (status: PaymentStatus): boolean => status === 'pending' || status === 'requires_action'

/** What an order is to be called when money has gone back: by what its payments together still hold. */
export function paymentStatusAfterRefund(
  payments: Pick<Payment, 'status' | 'amountMinor' | 'refundedMinor'>[],
  totalMinor: number,
): 'paid' | 'partially_refunded' | 'refunded' {
  const keptMinor = payments
    .filter(({ status }) => status === 'succeeded' || status === 'partially_refunded')
    .reduce((sum, payment) => sum + refundable(payment), 0)
  if (keptMinor >= totalMinor) return 'paid'
  return keptMinor > 0 ? 'partially_refunded' : 'refunded'
}

/** What may still be given back, in minor units. */
export const refundable = (payment: Pick<Payment, 'amountMinor' | 'refundedMinor'>): number =>
  payment.amountMinor - payment.refundedMinor
