import type { LockedOrder, Order } from '#commerce/orders'
import { type Booking, carrierCalled, recordBooking, type Shipment } from '#commerce/shipping'
import { type Tx, violatedConstraint } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { goodsOf } from './goods-of.ts'
import { noteBooked } from './note-booked.ts'

/** Order and parcels are locked. */
export type Packing = { order: LockedOrder; details: Order; parcels: Shipment[]; actor: string }

/**
 * Books a parcel in the transaction that packs it, where nobody outside has to be asked: it has its number already, or its
 * carrier is the shop's own. Any other is returned as it is, to be booked afterwards.
 */
export async function bookLocally(
  tx: Tx,
  app: App,
  { order, details, parcels, actor }: Packing,
  parcel: Shipment,
  trackingNumber: string | undefined,
): Promise<Shipment> {
  const now = app.now()
  if (parcel.trackingNumber) return parcel
  const all = [...parcels.filter(({ id }) => id !== parcel.id), parcel]
  const booking = await findBooking(app, details, all, parcel, trackingNumber)
  if (!booking) return parcel
  const booked = await recordBooking(tx, parcel, booking, now)
  await noteBooked(tx, { order, parcels, parcel: booked, actor }, now)
  return booked
}

async function findBooking(
  { carriers }: App,
  details: Order,
  parcels: Shipment[],
  parcel: Shipment,
  trackingNumber: string | undefined,
): Promise<Booking | undefined> {
  if (trackingNumber)
    return { trackingNumber, trackingUrl: null, reference: null, service: null, estimatedDelivery: null }
  const carrier = carrierCalled(carriers, parcel.carrier)
  if (!carrier.isLocal) return undefined
  return carrier.book({ shipment: parcel, goods: goodsOf(details, parcels, parcel), isRepeated: false })
}

/** Another parcel of that carrier has the number. */
export function refuseTakenNumber(error: unknown): never {
  if (violatedConstraint(error) === 'shipments_carrier_tracking_number_key')
    throw invalidFields({ tracking_number: 'tracking_number_taken' })
  throw error
}
