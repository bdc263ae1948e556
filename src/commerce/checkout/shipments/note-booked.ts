import { type LockedOrder, noteTransport } from '#commerce/orders'
import { type Shipment, shipmentSent } from '#commerce/shipping'
import type { Tx } from '#platform/database'
import { publish } from '#platform/events'
import { followParcels } from './follow-parcels.ts'

type Booked = { order: LockedOrder; parcels: Shipment[]; parcel: Shipment; actor: string }

/** A parcel has its number: the order knows how it travels, and is shipped where the parcel is sent. Both are locked. */
export async function noteBooked(tx: Tx, { order, parcels, parcel, actor }: Booked, now: Date): Promise<void> {
  await noteTransport(tx, order.id, parcel, now)
  const others = parcels.filter(({ id }) => id !== parcel.id)
  await followParcels(tx, order, [...others, parcel], actor, now)
  // Of an order that is shipped already each further parcel is told by itself.
  if (order.status === 'shipped' && parcel.isSent) await publish(tx, shipmentSent({ shipmentId: parcel.id }))
}
