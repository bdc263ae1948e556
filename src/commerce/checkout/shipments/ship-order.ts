import { getOrder, type LockedOrder, lockOrder, type Order } from '#commerce/orders'
import {
  insertShipment,
  listMethods,
  lockShipmentsOfOrder,
  markSent,
  recordBooking,
  type Shipment,
  type ShippingMethod,
  unpackedOf,
} from '#commerce/shipping'
import { inTransaction, type Tx, violatedConstraint } from '#platform/database'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { type Alongside, bookShipment } from './book-shipment.ts'
import { chooseLines, draftOf, isSameLines } from './draft-parcel.ts'
import { followParcels } from './follow-parcels.ts'
import { noteBooked } from './note-booked.ts'
import { refuseUnshippable } from './shippable.ts'

/** Without a carrier that of the shop; with a tracking number the parcel is booked already. */
export type ParcelWish = {
  orderNumber: string
  carrier?: string
  service?: string
  trackingNumber?: string
  /** Without: all that is in no parcel yet. */
  items?: { lineId: number; quantity: number }[]
}

/**
 * Sends an order, or a part of it (V1-288): the parcel is written down, booked, and the order is shipped. Asked again after
 * a silence it goes on with the same parcel. Refuses `order_not_found`, `not_shippable` (unpaid, cancelled, delivered),
 * `nothing_to_ship`, `items` that are not there (`line_unknown`, `more_than_unshipped`), a tracking number that is taken, and as
 * `bookShipment` does.
 */
export async function shipOrder(
  app: App,
  wish: ParcelWish,
  actor: string,
  alongside: Alongside = async () => {},
): Promise<Shipment> {
  const methods = await listMethods(app.db)
  const packed = await inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { number: wish.orderNumber })
    refuseUnshippable(order.status)
    const state = {
      order,
      details: await getOrder(tx, order.id),
      parcels: await lockShipmentsOfOrder(tx, order.id),
      actor,
    }
    return pack(tx, app, state, wish, methods, alongside)
  }).catch(refuseTakenNumber)
  return packed.trackingNumber ? packed : bookShipment(app, packed, actor, alongside)
}

type State = { order: LockedOrder; details: Order; parcels: Shipment[]; actor: string }

async function pack(
  tx: Tx,
  app: App,
  state: State,
  wish: ParcelWish,
  methods: ShippingMethod[],
  alongside: Alongside,
): Promise<Shipment> {
  const now = app.now()
  const left = unpackedOf(state.details.lines, state.parcels)
  const isRest = left.length === 0 && !wish.items
  const labelled = state.parcels.findLast(({ isSent }) => !isSent)
  if (isRest && labelled && !wish.trackingNumber) return sendLabelled(tx, state, labelled, alongside, now)
  const waiting = state.parcels.find(
    (parcel) => isUnanswered(parcel, wish) && (wish.items ? isSameLines(parcel.lines, wish.items) : isRest),
  )
  const parcel = waiting ?? (await insertShipment(tx, draft(app, state.details, methods, wish, left), now))
  if (!wish.trackingNumber) return parcel
  const { trackingNumber } = wish
  const booking = { trackingNumber, trackingUrl: null, reference: null, service: null, estimatedDelivery: null }
  const booked = await recordBooking(tx, parcel, booking, now)
  await noteBooked(tx, { ...state, parcel: booked }, now)
  await alongside(tx, booked)
  return booked
}

function draft(app: App, order: Order, methods: ShippingMethod[], wish: ParcelWish, left: Shipment['lines']) {
  if (left.length === 0) throw new Refusal('conflict', 'nothing_to_ship', 'All of the order is in parcels')
  const { carrier, service } = wish
  const lines = chooseLines(left, wish.items)
  return {
    ...draftOf(app, order, methods, lines),
    isSent: true,
    ...(carrier && { carrier }),
    ...(service && { service }),
  }
}

/** What was labelled before goes now; where the carrier has not answered yet, it is asked afterwards. */
async function sendLabelled(
  tx: Tx,
  { order, parcels, actor }: State,
  labelled: Shipment,
  alongside: Alongside,
  now: Date,
): Promise<Shipment> {
  await markSent(tx, order.id, now)
  const sent = parcels.map((parcel) => ({ ...parcel, isSent: true }))
  await followParcels(tx, order, sent, actor, now)
  const parcel = sent.find(({ id }) => id === labelled.id)!
  if (parcel.trackingNumber) await alongside(tx, parcel)
  return parcel
}

const isUnanswered = ({ trackingNumber, status, carrier }: Shipment, wish: ParcelWish): boolean =>
  trackingNumber === null && status === 'pending' && (wish.carrier === undefined || wish.carrier === carrier)

function refuseTakenNumber(error: unknown): never {
  if (violatedConstraint(error) === 'shipments_carrier_tracking_number_key')
    throw invalidFields({ tracking_number: 'tracking_number_taken' })
  throw error
}
