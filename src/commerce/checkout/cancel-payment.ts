import { lockOrder } from '#commerce/orders'
import { awaitsMoney, getPayment, lockPaymentsOfOrder, type Payment, setPaymentStatus } from '#commerce/payments'
import { inTransaction, type Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { tellGateways } from './tell-gateways.ts'

/**
 * Withdraws a payment that still waits for the buyer's money; the order stays, and can be paid anew.
 * Refuses `payment_not_found` (also for a stranger's) and `payment_not_pending` (V1-336).
 */
export async function cancelPayment(
  app: App,
  accountId: number,
  paymentId: string,
  alongside: (tx: Tx, payment: Payment) => Promise<void> = async () => {},
): Promise<Payment> {
  const { orderId } = await getPayment(app.db, paymentId, { accountId })
  const payment = await inTransaction(app.db, async (tx) => {
    await lockOrder(tx, { id: orderId })
    const locked = (await lockPaymentsOfOrder(tx, orderId)).find(({ id }) => id === paymentId)!
    // Cash on delivery is part of the order: nobody was asked for it.
    if (locked.provider === 'cod' || !awaitsMoney(locked.status)) {
      throw new Refusal('conflict', 'payment_not_pending', 'Only a pending payment can be cancelled')
    }
    await setPaymentStatus(tx, paymentId, 'cancelled', app.now())
    await alongside(tx, { ...locked, status: 'cancelled' })
    return locked
  })
  await tellGateways(app, { intents: [payment], refundIds: [] })
  // Money may have come in the last moment.
  return getPayment(app.db, paymentId, { accountId })
}
