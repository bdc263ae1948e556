import { setTimeout as sleep } from 'node:timers/promises'
import { getOrder, lockOrder } from '#commerce/orders'
import {
  type Booking,
  type Carrier,
  carrierCalled,
  claimBooking,
  deleteShipment,
  findShipments,
  findUnbooked,
  isBeingAsked,
  listShipmentsOfOrder,
  lockShipmentsOfOrder,
  recordBooking,
  releaseBooking,
  type Shipment,
} from '#commerce/shipping'
import { inTransaction, outsideOfAnyScope, type Tx, violatedConstraint } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { goodsOf } from './goods-of.ts'
import { noteBooked } from './note-booked.ts'
import { isShippable, notShippable } from './shippable.ts'

export type Alongside = (tx: Tx, shipment: Shipment) => Promise<void>

/**
 * Asks the carrier for a parcel that was written down, with no transaction open, and notes its answer on parcel and order.
 * May run again, and at once: one asks, the others wait for the answer. Refuses `carrier_refused` (the parcel is gone then),
 * `carrier_unavailable` (the sweeper asks again) and `not_shippable` where the order was cancelled meanwhile.
 */
export async function bookShipment(
  app: App,
  shipment: Shipment,
  actor: string,
  alongside: Alongside = async () => {},
): Promise<Shipment> {
  const carrier = carrierCalled(app.carriers, shipment.carrier)
  const isOurs = carrier.isLocal || (await inTransaction(app.db, (tx) => claimBooking(tx, shipment.id, app.now())))
  if (!isOurs) {
    const answered = await awaitAnswer(app, shipment.id)
    await inTransaction(app.db, (tx) => alongside(tx, answered))
    return answered
  }
  const booking = await ask(app, carrier, shipment)
  const { booked, status } = await noteAnswer(app, shipment, booking, actor, alongside).catch((error) => {
    throw violatedConstraint(error) === 'shipments_carrier_tracking_number_key'
      ? unavailable(app, shipment, error)
      : error
  })
  if (!status) return booked
  await carrier
    .cancel(booked)
    .catch((error) => app.log.warn({ err: error, shipment: booked.id }, 'a parcel was not taken back'))
  throw notShippable(status)
}

async function ask(app: App, carrier: Carrier, shipment: Shipment): Promise<Booking> {
  const order = await getOrder(app.db, shipment.orderId)
  if (!isShippable(order.status)) {
    // Refunded, say, while nobody answered: the sweeper is not to go on with it.
    await inTransaction(app.db, (tx) => deleteShipment(tx, shipment.id))
    throw notShippable(order.status)
  }
  const parcels = await listShipmentsOfOrder(app.db, order.id)
  const attempts = parcels.find(({ id }) => id === shipment.id)?.attempts ?? 0
  try {
    return await carrier.book({ shipment, goods: goodsOf(order, parcels, shipment), isRepeated: attempts > 1 })
  } catch (error) {
    const isRefused = error instanceof Refusal && error.code === 'carrier_refused'
    await inTransaction(app.db, (tx) => (isRefused ? deleteShipment(tx, shipment.id) : releaseBooking(tx, shipment.id)))
    if (isRefused) throw error
    throw unavailable(app, shipment, error)
  }
}

/** No answer, or one that cannot be: the number of another parcel. */
function unavailable(app: App, { id }: Shipment, error: unknown): Refusal {
  app.log.error({ err: error, shipment: id }, 'the carrier did not answer')
  return new Refusal('unavailable', 'carrier_unavailable', 'The carrier does not answer')
}

/** The first answer counts. The status of an order that waits for no parcel any longer is returned with it. */
function noteAnswer(app: App, { id, orderId }: Shipment, booking: Booking, actor: string, alongside: Alongside) {
  const now = app.now()
  return inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { id: orderId })
    const parcels = await lockShipmentsOfOrder(tx, orderId)
    const parcel = parcels.find((each) => each.id === id)
    if (!parcel) throw notShippable(order.status)
    const booked = parcel.trackingNumber ? parcel : await recordBooking(tx, parcel, booking, now)
    if (booked !== parcel && !isShippable(order.status)) return { booked, status: order.status }
    if (booked !== parcel) await noteBooked(tx, { order, parcels, parcel: booked, actor }, now)
    await alongside(tx, booked)
    return { booked, status: undefined }
  })
}

const LOOK_EVERY_MS = 200
const WAIT_MAX_MS = 15_000

/** Somebody else asks for the same parcel right now. Refuses as he is refused, and where that takes too long. */
async function awaitAnswer(app: App, id: number): Promise<Shipment> {
  for (let waitedMs = 0; waitedMs < WAIT_MAX_MS; waitedMs += LOOK_EVERY_MS) {
    const [shipment] = await outsideOfAnyScope(() => findShipments(app.db, [id]))
    if (!shipment)
      throw new Refusal('invalid', 'carrier_refused', 'The carrier refused', { reason: 'it was just refused' })
    if (shipment.trackingNumber) return shipment
    if (!isBeingAsked(shipment, app.now())) break
    await sleep(LOOK_EVERY_MS)
  }
  throw new Refusal('unavailable', 'carrier_unavailable', 'The carrier does not answer')
}

const BATCH = 50

/** Asks again for the parcels that a crash or a silent carrier left, ever more seldom. Returns how many it tried. */
export async function finishBookings(app: App): Promise<number> {
  const ids = await findUnbooked(app.db, app.now(), BATCH)
  for (const shipment of await findShipments(app.db, ids)) {
    await bookShipment(app, shipment, 'system').catch((error) =>
      app.log.warn({ err: error, shipment: shipment.id }, 'a parcel is not booked yet'),
    )
  }
  return ids.length
}
