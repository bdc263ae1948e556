import { findOverdueOrders, lockOrder } from '#commerce/orders'
import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { cancelLockedOrder } from './cancel-locked-order.ts'
import { tellGateways } from './tell-gateways.ts'

const BATCH = 100

/** Cancels orders that were not paid in time; their stock comes back (V1-313). Returns how many. Run every minute. */
export async function cancelUnpaidOrders(app: App): Promise<number> {
  let cancelled = 0
  for (const orderId of await findOverdueOrders(app.db, app.now(), BATCH)) {
    if (await cancelIfUnpaid(app, orderId)) cancelled += 1
  }
  return cancelled
}

async function cancelIfUnpaid(app: App, orderId: number): Promise<boolean> {
  const now = app.now()
  const aftermath = await inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { id: orderId })
    // Between the look and the lock a payment may have come in.
    if (!order.paymentDueAt || order.paymentDueAt >= now) return undefined
    return cancelLockedOrder(tx, order, { reason: 'Not paid in time', actor: 'system' }, now)
  })
  if (!aftermath) return false
  await tellGateways(app, aftermath)
  return true
}
