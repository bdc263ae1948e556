import { getOrder, lockOrder, type Order } from '#commerce/orders'
import {
  insertShipment,
  listMethods,
  lockShipmentsOfOrder,
  markSent,
  nameOfCarrier,
  type Shipment,
  type ShippingMethod,
  unpackedOf,
} from '#commerce/shipping'
import { inTransaction, type Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { bookLocally, type Packing, refuseTakenNumber } from './book-locally.ts'
import { type Alongside, bookShipment } from './book-shipment.ts'
import { chooseLines, draftOf, isSameLines } from './draft-parcel.ts'
import { followParcels } from './follow-parcels.ts'
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
    const details = await getOrder(tx, order.id)
    const parcels = await lockShipmentsOfOrder(tx, order.id)
    return pack(tx, app, { order, details, parcels, actor }, wish, methods, alongside)
  }).catch(refuseTakenNumber)
  return packed.trackingNumber ? packed : bookShipment(app, packed, actor, alongside)
}

async function pack(
  tx: Tx,
  app: App,
  packing: Packing,
  wish: ParcelWish,
  methods: ShippingMethod[],
  alongside: Alongside,
): Promise<Shipment> {
  const { details, parcels } = packing
  const left = unpackedOf(details.lines, parcels)
  const isRest = left.length === 0 && !wish.items
  const labelled = parcels.findLast(({ isSent }) => !isSent)
  const waiting = parcels.find(
    (parcel) => isUnanswered(parcel, wish) && (wish.items ? isSameLines(parcel.lines, wish.items) : isRest),
  )
  let parcel: Shipment
  if (isRest && labelled && !wish.trackingNumber) parcel = await sendLabelled(tx, packing, labelled, app.now())
  else parcel = waiting ?? (await insertShipment(tx, draft(app, details, methods, wish, left), app.now()))
  const booked = await bookLocally(tx, app, packing, parcel, wish.trackingNumber)
  if (booked.trackingNumber) await alongside(tx, booked)
  return booked
}

function draft(app: App, order: Order, methods: ShippingMethod[], wish: ParcelWish, left: Shipment['lines']) {
  if (left.length === 0) throw new Refusal('conflict', 'nothing_to_ship', 'All of the order is in parcels')
  const { service } = wish
  const carrier = wish.carrier && nameOfCarrier(app.carriers, wish.carrier)
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
  { order, parcels, actor }: Packing,
  labelled: Shipment,
  now: Date,
): Promise<Shipment> {
  await markSent(tx, order.id, now)
  const sent = parcels.map((parcel) => ({ ...parcel, isSent: true }))
  await followParcels(tx, order, sent, actor, now)
  return sent.find(({ id }) => id === labelled.id)!
}

const isUnanswered = ({ trackingNumber, status, carrier }: Shipment, wish: ParcelWish): boolean =>
  trackingNumber === null &&
  status === 'pending' &&
  (wish.carrier === undefined || wish.carrier.toLowerCase() === carrier.toLowerCase())
