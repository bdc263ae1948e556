import assert from 'node:assert/strict'
import type { Tx } from '#platform/database'
import { publish } from '#platform/events'
import { invalidFields } from '#platform/refusal.ts'
import { refundSucceeded } from './events.ts'
import { type LockedPayment, type Payment, type Refund, refundable } from './payment.ts'
import { addRefunded, insertRefund, lockRefund, setPaymentStatus, updateRefund } from './queries.ts'

/**
 * Writes down a refund before the gateway is asked for it. The caller has locked the payment. The amount (the rest,
 * unless one is given) counts as given back from now on, so that two refunds together never exceed the payment.
 * Refuses (`amount`: `more_than_paid`) what is above the rest.
 */
export async function openRefund(
  tx: Tx,
  payment: Payment,
  wanted: { amountMinor?: number; reason: string; awaitsStaff?: boolean },
  now: Date,
): Promise<Refund> {
  const amountMinor = wanted.amountMinor ?? refundable(payment)
  if (amountMinor <= 0 || amountMinor > refundable(payment)) throw invalidFields({ amount: 'more_than_paid' })
  await addRefunded(tx, payment.id, amountMinor, now)
  const { reason, awaitsStaff = false } = wanted
  return insertRefund(tx, { paymentId: payment.id, amountMinor, reason, awaitsStaff }, now)
}

/**
 * Writes down what became of a refund. A failed one gives its amount back to what may be refunded. Returns the payment
 * as it is then, or nothing when the refund was settled before.
 */
export async function settleRefund(
  tx: Tx,
  payment: LockedPayment,
  refundId: string,
  answer: { status: 'succeeded' | 'failed'; reference: string | null },
  now: Date,
): Promise<LockedPayment | undefined> {
  const refund = await lockRefund(tx, refundId)
  assert(refund?.paymentId === payment.id, 'a refund belongs to its payment')
  if (refund.status !== 'pending') return undefined
  await updateRefund(tx, refundId, answer, now)
  if (answer.status === 'failed') {
    await addRefunded(tx, payment.id, -refund.amountMinor, now)
    return { ...payment, refundedMinor: payment.refundedMinor - refund.amountMinor }
  }
  const givenBackMinor = payment.givenBackMinor + refund.amountMinor
  const status = givenBackMinor === payment.amountMinor ? 'refunded' : 'partially_refunded'
  await setPaymentStatus(tx, payment.id, status, now)
  await publish(tx, refundSucceeded({ refundId, orderId: payment.orderId }))
  return { ...payment, status, givenBackMinor }
}
