import type { LockedOrder } from '#commerce/orders'
import { type Happening, insertEvents, type Shipment, type ShipmentEvent, statusAfter } from '#commerce/shipping'
import type { Tx } from '#platform/database'
import { followParcels } from './follow-parcels.ts'

type Told = { order: LockedOrder; parcels: Shipment[]; parcel: Shipment; events: ShipmentEvent[]; actor: string }

/**
 * Notes what happened to a parcel, and moves its order where that follows. Order and parcels are locked. What is late is in
 * the history and changes nothing.
 */
export async function noteEvents(
  tx: Tx,
  { order, parcels, parcel, events, actor }: Told,
  now: Date,
): Promise<Shipment> {
  let told = parcel
  const happenings: Happening[] = []
  for (const event of events) {
    const status = statusAfter(told, event)
    happenings.push({ shipmentId: parcel.id, status, event })
    told = { ...told, status, updatedAt: now, events: inOrder([...told.events, event]) }
  }
  await insertEvents(tx, happenings, now)
  const all = parcels.map((each) => (each.id === told.id ? told : each))
  await followParcels(tx, order, all, actor, now)
  return told
}

const inOrder = (events: ShipmentEvent[]): ShipmentEvent[] =>
  events.toSorted((one, other) => one.happenedAt.getTime() - other.happenedAt.getTime())
