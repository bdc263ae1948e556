import { getOrder, type orderCancelled } from '#commerce/orders'
import {
  carrierCalled,
  insertEvents,
  listShipmentsOfOrder,
  lockShipmentsOfOrder,
  type Shipment,
} from '#commerce/shipping'
import { inTransaction } from '#platform/database'
import type { EventOf } from '#platform/events'
import type { App } from '../../app.ts'

/** The order was cancelled: what was only labelled does not go, and the carrier is told. May run twice. */
export async function stopParcels(app: App, event: EventOf<typeof orderCancelled>): Promise<void> {
  const { orderId } = event.payload
  if ((await listShipmentsOfOrder(app.db, orderId)).length === 0) return
  if ((await getOrder(app.db, orderId)).status !== 'cancelled') return
  for (const parcel of await noteStop(app, orderId)) {
    // One that was asked for without an answer may be booked there.
    if (parcel.trackingNumber || parcel.attempts > 0) await carrierCalled(app.carriers, parcel.carrier).cancel(parcel)
  }
}

/** Returns those that the carrier is to take back: all that stopped here, now or at an interrupted run before. */
function noteStop(app: App, orderId: number): Promise<Shipment[]> {
  const now = app.now()
  return inTransaction(app.db, async (tx) => {
    const parcels = await lockShipmentsOfOrder(tx, orderId)
    const standing = parcels.filter(({ status }) => status === 'pending' || status === 'label_created')
    const told = { status: 'exception', location: '', description: STOPPED, happenedAt: now } as const
    const happenings = standing.map(({ id }) => ({ shipmentId: id, status: told.status, event: told }))
    if (happenings.length > 0) await insertEvents(tx, happenings, now)
    const stoppedBefore = parcels.filter(({ events }) => events.at(-1)?.description === STOPPED)
    return [...standing, ...stoppedBefore]
  })
}

const STOPPED = 'The order was cancelled'
