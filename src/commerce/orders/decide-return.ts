import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { returnDecided } from './events.ts'
import { type LockedOrder, lockOrder } from './queries.ts'
import { canBecome, type Return, type ReturnStatus } from './return.ts'
import { getReturn, updateReturn } from './returns.queries.ts'

/**
 * Staff says whether goods may come back (V1-310); the buyer is told. Refuses `return_not_found`, and what was decided already
 * (`return_decided`).
 */
export async function decideReturn(
  app: App,
  id: number,
  { verdict, note }: { verdict: 'approved' | 'rejected'; note?: string | undefined },
): Promise<Return> {
  return inTransaction(app.db, async (tx) => {
    await lockReturn(tx, id, verdict)
    await updateReturn(tx, id, { status: verdict, note }, app.now())
    await publish(tx, returnDecided({ returnId: id }))
    return getReturn(tx, id)
  })
}

/** Locks a return by its order, and sees that it may become what is wanted; refuses as `decideReturn`. */
export async function lockReturn(
  tx: Tx,
  id: number,
  wanted: ReturnStatus,
): Promise<{ order: LockedOrder; sentBack: Return }> {
  const { orderId } = await getReturn(tx, id)
  const order = await lockOrder(tx, { id: orderId })
  // Read anew behind the lock: somebody else may have decided meanwhile.
  const sentBack = await getReturn(tx, id)
  if (!canBecome(sentBack.status, wanted))
    throw new Refusal('conflict', 'return_decided', 'The return cannot become that', {
      from: sentBack.status,
      to: wanted,
    })
  return { order, sentBack }
}
