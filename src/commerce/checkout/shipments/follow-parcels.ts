import { type LockedOrder, listLineUnits, moveOrder } from '#commerce/orders'
import { hasLeft, type Shipment, shipmentSent, unpackedOf } from '#commerce/shipping'
import type { Tx } from '#platform/database'
import { publish } from '#platform/events'
import { deliverOrder } from '../deliver-order.ts'

/**
 * What its parcels mean for an order: the first that leaves ships it, and when all of it was delivered, so is the order
 * (V1-288). Order and parcels are locked; `parcels` are all of them, as they are then.
 */
export async function followParcels(
  tx: Tx,
  order: LockedOrder,
  parcels: Shipment[],
  actor: string,
  now: Date,
): Promise<LockedOrder> {
  let moved = order
  const gone = parcels.filter(hasLeft)
  if (order.status === 'processing' && gone.length > 0) {
    moved = await moveOrder(tx, order, { status: 'shipped', note: noteOn(gone.at(-1)!), actor }, now)
    for (const { id: shipmentId } of gone) await publish(tx, shipmentSent({ shipmentId }))
  }
  const isDelivered = parcels.length > 0 && parcels.every(({ status }) => status === 'delivered')
  if (moved.status !== 'shipped' || !isDelivered) return moved
  if (unpackedOf(await listLineUnits(tx, order.id), parcels).length > 0) return moved
  return deliverOrder(tx, moved, { note: 'All parcels were delivered', actor }, now)
}

const noteOn = ({ carrier, trackingNumber }: Shipment) =>
  `Sent with ${carrier}, ${trackingNumber ?? 'without a number'}`
