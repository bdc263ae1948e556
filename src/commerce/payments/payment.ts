/** The payment as an idea. */
import type { PaymentsPayments, PaymentsRefunds } from './tables.ts'

/**
 * A payment as it is stored. `refundedMinor` is what was given back or is promised: refunds under way count.
 * `accountId` is null once the account was closed. `isOpen`: money may still come at the provider, whatever it is called here.
 */
export type Payment = Omit<PaymentsPayments, 'askedAt' | 'updatedAt'>
/** One that the caller has locked; `givenBackMinor` has left us, of `refundedMinor` some may be on its way. */
export type LockedPayment = Payment & { givenBackMinor: number }
export type PaymentStatus = Payment['status']
/** With `awaitsStaff` it is a request: no money moves until the gateway tells of it, or staff settles it (SF-371). */
export type Refund = Pick<
  PaymentsRefunds,
  'id' | 'paymentId' | 'status' | 'amountMinor' | 'reason' | 'awaitsStaff' | 'attempts' | 'createdAt'
>

/** Money may still come: an event of success is believed, a cancellation possible. */
export const awaitsMoney = (status: PaymentStatus): boolean => status === 'pending' || status === 'requires_action'

/** What an order is to be called when money has gone back: by what its payments together still hold. */
export function paymentStatusAfterRefund(
  payments: Pick<LockedPayment, 'status' | 'amountMinor' | 'givenBackMinor'>[],
  totalMinor: number,
): 'paid' | 'partially_refunded' | 'refunded' {
  const keptMinor = keptOf(payments)
  if (keptMinor >= totalMinor) return 'paid'
  return keptMinor > 0 ? 'partially_refunded' : 'refunded'
}

/** What payments together still hold, in minor units: what came, less what has gone back. */
export const keptOf = (payments: Pick<LockedPayment, 'status' | 'amountMinor' | 'givenBackMinor'>[]): number =>
  payments
    .filter(({ status }) => isPaid(status))
    .reduce((sum, { amountMinor, givenBackMinor }) => sum + amountMinor - givenBackMinor, 0)

/** Money came, and some of it may still be there. */
export const isPaid = (status: PaymentStatus): boolean => status === 'succeeded' || status === 'partially_refunded'

/** What may still be given back, in minor units. */
export const refundable = (payment: Pick<Payment, 'amountMinor' | 'refundedMinor'>): number =>
  payment.amountMinor - payment.refundedMinor
