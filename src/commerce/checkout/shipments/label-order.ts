import { getOrder, getOrderByNumber, lockOrder, type Order, type OrderScope } from '#commerce/orders'
import {
  insertShipment,
  listMethods,
  listShipmentsOfOrder,
  lockShipmentsOfOrder,
  nameOfCarrier,
  type Shipment,
  unpackedOf,
} from '#commerce/shipping'
import { inTransaction } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { bookLocally, refuseTakenNumber } from './book-locally.ts'
import { bookShipment } from './book-shipment.ts'
import { draftOf } from './draft-parcel.ts'
import { notShippable, refuseUnshippable } from './shippable.ts'

/**
 * The parcel of an order, by its number or id, with a label (SF-337, SF-338): the first call books it, later ones find it,
 * and so do those of the same moment. It is not sent by that. What staff has noted on the order (SF-482) is what is booked. Refuses
 * `order_not_found`, `not_shippable` (unpaid, cancelled), a noted number that another parcel has, and as `bookShipment` does.
 */
export async function labelOrder(app: App, handle: string, scope: OrderScope): Promise<Shipment> {
  const order = await findOrder(app, handle, scope)
  if (['pending', 'cancelled', 'refunded'].includes(order.status)) throw notShippable(order.status)
  const known = (await listShipmentsOfOrder(app.db, order.id)).findLast(({ trackingNumber }) => trackingNumber)
  if (known) return known
  const parcel = await writeDown(app, order)
  return parcel.trackingNumber ? parcel : bookShipment(app, parcel, 'system')
}

async function findOrder(app: App, handle: string, scope: OrderScope): Promise<Order> {
  if (!/^\d{1,15}$/.test(handle)) return getOrderByNumber(app.db, handle, scope)
  const order = await getOrder(app.db, Number(handle))
  if (scope.accountId !== null && order.accountId !== scope.accountId) throw missing('order')
  return order
}

async function writeDown(app: App, details: Order): Promise<Shipment> {
  const methods = await listMethods(app.db)
  return inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { id: details.id })
    const parcels = await lockShipmentsOfOrder(tx, order.id)
    const known = parcels.findLast(({ trackingNumber }) => trackingNumber) ?? parcels.at(-1)
    if (known?.trackingNumber) return known
    refuseUnshippable(order.status)
    const packing = { order, details, parcels, actor: 'system' }
    if (known) return bookLocally(tx, app, packing, known, undefined)
    const draft = { ...draftOf(app, details, methods, unpackedOf(details.lines, parcels)), ...notedOn(app, details) }
    const parcel = await insertShipment(tx, { ...draft, isSent: order.status === 'shipped' }, app.now())
    return bookLocally(tx, app, packing, parcel, details.trackingNumber ?? undefined)
  }).catch(refuseTakenNumber)
}

/** How staff has said that the order travels (SF-482): that stays. */
const notedOn = (app: App, { carrier, estimatedDelivery }: Order) => ({
  ...(carrier && { carrier: nameOfCarrier(app.carriers, carrier) }),
  ...(estimatedDelivery && { estimatedDelivery }),
})
