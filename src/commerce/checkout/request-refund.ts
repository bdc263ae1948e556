import { lockOrder, type OrderRef, type OrderScope } from '#commerce/orders'
import { isPaid, lockPaymentsOfOrder, openRefund, type Refund, refundable } from '#commerce/payments'
import { inTransaction, type Tx } from '#platform/database'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'

export type RefundWish = { order: OrderRef; amountMinor: number; reason: string }

/**
 * Notes that a buyer, or staff for one, wants money back: no money moves, and nothing is said of order or payment, until the
 * gateway tells of it or staff settles it (SF-366…SF-371). The amount counts as given back from now on, so that all requests
 * together never exceed what was paid. Refuses `order_not_found`, `order_not_paid`, and an `amount` above what is left of
 * the payment (`more_than_paid`).
 */
export function requestRefund(
  app: App,
  scope: OrderScope,
  { order: ref, amountMinor, reason }: RefundWish,
  alongside: (tx: Tx, refund: Refund) => Promise<void> = async () => {},
): Promise<Refund> {
  return inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, ref, scope)
    const payments = await lockPaymentsOfOrder(tx, order.id)
    const paid = payments.filter(({ status }) => isPaid(status) || status === 'refunded')
    if (paid.length === 0) throw new Refusal('conflict', 'order_not_paid', 'Nothing was paid for the order')
    const payment = paid.find((each) => refundable(each) >= amountMinor)
    if (!payment) throw invalidFields({ amount: 'more_than_paid' })
    const refund = await openRefund(tx, payment, { amountMinor, reason, awaitsStaff: true }, app.now())
    await alongside(tx, refund)
    return refund
  })
}
