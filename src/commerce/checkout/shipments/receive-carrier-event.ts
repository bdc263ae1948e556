import { lockOrder } from '#commerce/orders'
import {
  acceptCarrierEvent,
  type CarrierEvent,
  findShipmentsByTracking,
  lockShipmentsOfOrder,
  type Shipment,
  type WebhookHeaders,
} from '#commerce/shipping'
import { inTransaction } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { noteEvents } from './note-events.ts'

/**
 * Takes in what a carrier tells by webhook, once per event id (V1-291). Refuses `invalid_signature`. What is about a parcel
 * that is not ours is accepted and left, and so is what means nothing here.
 */
export async function receiveCarrierEvent(
  app: App,
  sender: string,
  headers: WebhookHeaders,
  rawBody: string,
): Promise<void> {
  const told = readEvent(app, headers, rawBody)
  if (told === null) return
  const parcel = ofSender(await findShipmentsByTracking(app.db, told.trackingNumber), sender)
  if (!parcel) return app.log.warn({ carrier: sender, event: told.id }, 'a webhook about a parcel that is not ours')
  await workOnce(app, told, parcel)
}

/** The headers tell which carrier writes like that. */
function readEvent(app: App, headers: WebhookHeaders, rawBody: string): CarrierEvent | null {
  for (const carrier of app.carriers) {
    const told = carrier.readEvent(headers, rawBody, app.now())
    if (told !== undefined) return told
  }
  throw new Refusal('invalid', 'invalid_signature', 'The signature is not valid')
}

/** Numbers are unique with one carrier: where two use the same, the address tells which one is meant. */
function ofSender(parcels: Shipment[], sender: string): Shipment | undefined {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  return (
    parcels.find(({ carrier }) => plain(carrier) === plain(sender)) ?? (parcels.length === 1 ? parcels[0] : undefined)
  )
}

/** In one transaction with its entry in the inbox: an event that was taken in has had its effect. */
function workOnce(app: App, told: CarrierEvent, { id, orderId, carrier }: Shipment): Promise<void> {
  const now = app.now()
  return inTransaction(app.db, async (tx) => {
    const order = await lockOrder(tx, { id: orderId })
    const parcels = await lockShipmentsOfOrder(tx, orderId)
    const parcel = parcels.find((each) => each.id === id)
    if (!parcel || !(await acceptCarrierEvent(tx, carrier, told.id, now))) return
    await noteEvents(tx, { order, parcels, parcel, events: [told.event], actor: carrier }, now)
  })
}
