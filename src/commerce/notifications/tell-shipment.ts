/** A parcel has left (V1-288): by mail, and inside the shop. May run twice: the event id is the key. */
import { getOrder } from '#commerce/orders'
import { getShipment, type shipmentSent } from '#commerce/shipping'
import { inTransaction } from '#platform/database'
import type { EventOf } from '#platform/events'
import { queueLetter } from '#platform/mail'
import type { App } from '../app.ts'
import { composeLetter, shopOf } from './letters/compose-letter.ts'
import { shipmentLetter } from './letters/shipment-letters.ts'
import { howToTell } from './preferences.ts'
import { tellBriefly } from './tell-briefly.ts'

type ShipmentEvent = EventOf<typeof shipmentSent>

export async function sendShipmentLetter(app: App, event: ShipmentEvent): Promise<void> {
  const shipment = await getShipment(app.db, event.payload.shipmentId)
  const order = await getOrder(app.db, shipment.orderId)
  if (!order.email) return
  const { email: byMail, words } = await howToTell(app, order.accountId, 'shipping_updates')
  if (!byMail) return
  const letter = composeLetter(words, shipmentLetter(words, order, shipment), shopOf(app.config))
  await inTransaction(app.db, (tx) =>
    queueLetter(app.jobs, tx, { key: `order-shipped-${event.id}`, to: order.email!, ...letter, attachments: [] }),
  )
}

export async function noteShipmentSent(app: App, event: ShipmentEvent): Promise<void> {
  const { orderNumber, orderId, carrier, trackingNumber } = await getShipment(app.db, event.payload.shipmentId)
  // As the order has it: an account may have been closed since the parcel was packed.
  const { accountId } = await getOrder(app.db, orderId)
  if (accountId === null) return
  const type = 'order_shipped'
  const data = { order_number: orderNumber, tracking_number: trackingNumber }
  const cause = { key: `${type}-${event.id}`, accountId, type, data }
  await tellBriefly(app, 'shipping_updates', cause, ({ shipments: { notice } }) => ({
    title: notice.title,
    body: notice.body({ number: orderNumber, carrier, trackingNumber }),
  }))
}
