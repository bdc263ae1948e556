import { lockOrder } from '#commerce/orders'
import {
  carrierCalled,
  findQuietShipments,
  findShipments,
  lockShipmentsOfOrder,
  markHeard,
  type Shipment,
  type ShipmentEvent,
} from '#commerce/shipping'
import { inTransaction } from '#platform/database'
import type { App } from '../../app.ts'
import { noteEvents } from './note-events.ts'

const QUIET_MS = 6 * 3_600_000
const BATCH = 100

/** Asks the carriers for parcels under way of which nothing was heard for six hours: a webhook may be lost. Returns how many. */
export async function followShipments(app: App): Promise<number> {
  const names = app.carriers.filter(({ isLocal }) => !isLocal).map(({ name }) => name)
  if (names.length === 0) return 0
  const ids = await findQuietShipments(app.db, names, new Date(app.now().getTime() - QUIET_MS), BATCH)
  for (const shipment of await findShipments(app.db, ids)) {
    await follow(app, shipment).catch((error) =>
      app.log.warn({ err: error, shipment: shipment.id }, 'a parcel could not be tracked'),
    )
  }
  return ids.length
}

async function follow(app: App, shipment: Shipment): Promise<void> {
  const { id, orderId, carrier } = shipment
  const told = await carrierCalled(app.carriers, carrier).track(shipment)
  const now = app.now()
  await inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { id: orderId })
    const parcels = await lockShipmentsOfOrder(tx, orderId)
    const parcel = parcels.find((each) => each.id === id)!
    const events = told.filter((event) => !parcel.events.some((known) => isSame(known, event)))
    events.sort((one, other) => one.happenedAt.getTime() - other.happenedAt.getTime())
    if (events.length > 0) await noteEvents(tx, { order, parcels, parcel, events, actor: carrier }, now)
    else await markHeard(tx, id, now)
  })
}

/** A webhook may have told it before, in other words. */
const isSame = (known: ShipmentEvent, event: ShipmentEvent): boolean =>
  known.status === event.status && known.happenedAt.getTime() === event.happenedAt.getTime()
