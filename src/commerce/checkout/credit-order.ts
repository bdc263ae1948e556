/** What goes back to a buyer is taken back in the books too. Each may run twice: what is credited once is not credited again. */
import {
  getOrder,
  issueCreditNote,
  issueInvoice,
  lockOrder,
  type orderCancelled,
  refundCredited,
} from '#commerce/orders'
import { getRefund, keptOf, lockPaymentsOfOrder, type refundSucceeded } from '#commerce/payments'
import { inTransaction } from '#platform/database'
import { type EventOf, publish } from '#platform/events'
import type { App } from '../app.ts'

/** Money went back: its credit note is written, and whoever writes to the buyer may go on. */
export async function creditRefund(app: App, { payload }: EventOf<typeof refundSucceeded>): Promise<void> {
  // Paid and given back within a moment: the invoice may not be written yet.
  await issueInvoice(app, await getOrder(app.db, payload.orderId))
  await creditOrder(app, payload.orderId, payload.refundId)
}

/** An order to be paid on delivery was cancelled: its invoice will not be paid. */
export async function creditCancelled(app: App, { payload }: EventOf<typeof orderCancelled>): Promise<void> {
  await creditOrder(app, payload.orderId, null)
}

function creditOrder(app: App, orderId: number, refundId: string | null): Promise<void> {
  return inTransaction(app.db, async (tx) => {
    await lockOrder(tx, { id: orderId })
    const keptMinor = keptOf(await lockPaymentsOfOrder(tx, orderId))
    const refund = refundId ? await getRefund(tx, refundId) : undefined
    await issueCreditNote(tx, await getOrder(tx, orderId), { keptMinor, refund }, app.now())
    if (refundId) await publish(tx, refundCredited({ refundId, orderId }))
  })
}
