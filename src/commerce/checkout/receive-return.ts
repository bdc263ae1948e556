import { restockUnits } from '#commerce/inventory'
import { getOrder, getReturn, lockReturn, type Order, type Return, updateReturn } from '#commerce/orders'
import { isPaid, type LockedPayment, lockPaymentsOfOrder, openRefund, refundable } from '#commerce/payments'
import { inTransaction, type Tx } from '#platform/database'
import type { App } from '../app.ts'
import { finishRefund, noteSilence } from './finish-refunds.ts'
import { settleByHand } from './refund-payment.ts'

/**
 * The goods of a return are back: they are in stock again, and what was paid for them goes back with the payment that brought it
 * (V1-310), as far as it was not given back otherwise; the return says how much that is. `alongside` runs last in the same transaction.
 * Refuses `return_not_found` and `return_decided`.
 */
export async function receiveReturn(
  app: App,
  id: number,
  actor: string,
  alongside: (tx: Tx, received: Return) => Promise<void> = async () => {},
): Promise<Return> {
  const now = app.now()
  const received = await inTransaction(app.db, async (tx) => {
    const { order, sentBack } = await lockReturn(tx, id, 'received')
    await restockUnits(tx, order.number, unitsOf(await getOrder(tx, order.id), sentBack), now)
    const payments = await lockPaymentsOfOrder(tx, order.id)
    const payment = payments.filter(({ status }) => isPaid(status)).toSorted(byRefundable)[0]
    const amountMinor = Math.min(sentBack.refundMinor, payment ? refundable(payment) : 0)
    const refund =
      payment && amountMinor > 0
        ? await openRefund(tx, payment, { amountMinor, reason: `Return ${id}` }, now)
        : undefined
    await updateReturn(tx, id, { status: 'received', refund: { id: refund?.id ?? null, amountMinor } }, now)
    if (refund) await settleByHand(tx, { order, payments, payment: payment! }, refund, actor, now)
    const received = await getReturn(tx, id)
    await alongside(tx, received)
    return received
  })
  const { refundId } = received
  if (refundId) await finishRefund(app, refundId).catch(noteSilence(app, refundId))
  // As it was written down: an answer that is given again is the same.
  return received
}

const byRefundable = (one: LockedPayment, other: LockedPayment) => refundable(other) - refundable(one)

/** Articles that are no longer in the catalogue have no place to come back to. */
function unitsOf(order: Order, { lines }: Return): { variantId: number; quantity: number }[] {
  return lines.flatMap(({ lineId, quantity }) => {
    const variantId = order.lines.find(({ id }) => id === lineId)?.variantId
    return variantId == null ? [] : [{ variantId, quantity }]
  })
}
