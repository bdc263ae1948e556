import { lockOrder } from '#commerce/orders'
import { getShipment, lockShipmentsOfOrder, type Shipment, type ShipmentStatus } from '#commerce/shipping'
import { inTransaction, type Tx } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { noteEvents } from './note-events.ts'

export type Observation = { status: ShipmentStatus; location: string; description: string }

/**
 * Staff notes where a parcel is (V1-288). Refuses `shipment_not_found` and, for one that was delivered, any other status
 * (`status`: `invalid_transition`); told again that it was delivered, it stays as it is.
 */
export async function noteShipmentEvent(
  app: App,
  id: number,
  { status, location, description }: Observation,
  alongside: (tx: Tx, shipment: Shipment) => Promise<void> = async () => {},
): Promise<Shipment> {
  const now = app.now()
  const { orderId } = await getShipment(app.db, id)
  return inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { id: orderId })
    const parcels = await lockShipmentsOfOrder(tx, orderId)
    const parcel = parcels.find((each) => each.id === id)!
    const isOver = parcel.status === 'delivered'
    if (isOver && status !== 'delivered')
      throw invalidFields({ status: { code: 'invalid_transition', from: parcel.status, to: status } })
    const events = [{ status, location, description, happenedAt: now }]
    const told = isOver ? parcel : await noteEvents(tx, { order, parcels, parcel, events, actor: 'staff' }, now)
    await alongside(tx, told)
    return told
  })
}
