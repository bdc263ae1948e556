import { findOverdueOrders, lockOrder } from '#commerce/orders'
import { type Conclusion, findPaymentsOfOrder, type OnlineProvider, type Payment } from '#commerce/payments'
import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { cancelLockedOrder } from './cancel-locked-order.ts'
import { concludePayment, withdrawPayment } from './conclude-payment.ts'
import { noteNothingTold } from './silent-gateways.ts'
import { tellGateways } from './tell-gateways.ts'

const BATCH = 100
/** A provider that does not say whether money came holds an order up for so long; then money that comes is given back. */
const PATIENCE_MS = 3_600_000

/**
 * Cancels orders that were not paid in time; their stock comes back (V1-313). Before, providers are asked what became of payments
 * that wait, and those are withdrawn: an order whose money came unheard is paid and not cancelled. Returns how many. Run every
 * minute.
 */
export async function cancelUnpaidOrders(app: App): Promise<number> {
  let cancelled = 0
  const silent = new Set<OnlineProvider>()
  for (const orderId of await findOverdueOrders(app.db, app.now(), BATCH)) {
    const isSettled = await withdrawPayments(app, orderId, silent)
    if (await cancelIfUnpaid(app, orderId, isSettled)) cancelled += 1
  }
  return cancelled
}

/** Whether it is known of all payments that no more money comes. Who was silent in this run is not asked again in it. */
async function withdrawPayments(app: App, orderId: number, silent: Set<OnlineProvider>): Promise<boolean> {
  let isSettled = true
  for (const payment of await findPaymentsOfOrder(app.db, orderId)) {
    const provider = payment.provider as OnlineProvider
    if (!payment.isOpen || !payment.providerReference || app.gateways[provider].mode !== 'live') continue
    if (silent.has(provider)) return false
    const outcome = await finish(app, payment).catch(async (error) => {
      if (await noteNothingTold(app, payment, error)) silent.add(provider)
      return 'waiting' as const
    })
    if (outcome === 'waiting') isSettled = false
  }
  return isSettled
}

async function finish(app: App, payment: Payment): Promise<Conclusion['outcome']> {
  const outcome = await concludePayment(app, payment)
  return outcome === 'waiting' ? withdrawPayment(app, payment) : outcome
}

async function cancelIfUnpaid(app: App, orderId: number, isSettled: boolean): Promise<boolean> {
  const now = app.now()
  const aftermath = await inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { id: orderId })
    // Between the look and the lock a payment may have come in.
    if (!order.paymentDueAt || order.paymentDueAt >= now) return undefined
    if (!isSettled && now.getTime() < order.paymentDueAt.getTime() + PATIENCE_MS) return undefined
    return cancelLockedOrder(tx, order, { reason: 'Not paid in time', actor: 'system' }, now)
  })
  if (!aftermath) return false
  await tellGateways(app, aftermath)
  return true
}
