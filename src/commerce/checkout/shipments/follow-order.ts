/** What becomes of the parcels when staff moves their order. The order is locked. */
import { insertEvents, lockShipmentsOfOrder, markSent, shipmentSent } from '#commerce/shipping'
import type { Tx } from '#platform/database'
import { publish } from '#platform/events'

/** The order is shipped: what was only labelled goes, and its buyer is told. */
export async function sendParcels(tx: Tx, orderId: number, now: Date): Promise<void> {
  for (const shipmentId of await markSent(tx, orderId, now)) await publish(tx, shipmentSent({ shipmentId }))
}

/** The order has arrived: so have its parcels. */
export async function deliverParcels(tx: Tx, orderId: number, now: Date): Promise<void> {
  const parcels = await lockShipmentsOfOrder(tx, orderId)
  const event = { status: 'delivered', location: '', description: 'Delivered', happenedAt: now } as const
  const happenings = parcels
    .filter(({ status }) => status !== 'delivered')
    .map(({ id }) => ({ shipmentId: id, status: event.status, event }))
  if (happenings.length > 0) await insertEvents(tx, happenings, now)
}
