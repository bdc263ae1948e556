import { getOrder, listAddressLines, sellerOf } from '#commerce/orders'
import { carrierCalled, type Shipment } from '#commerce/shipping'
import { type Label, renderLabel } from '#platform/pdf'
import { missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'

/**
 * What is stuck on a parcel, as a PDF: the carrier's own, or one of ours (V1-290, SF-339). Refuses `label_not_found` for a
 * parcel that is not booked, or whose buyer was forgotten, and `carrier_unavailable`.
 */
export async function getLabel(app: App, shipment: Shipment): Promise<{ filename: string; bytes: Buffer }> {
  const { trackingNumber } = shipment
  const order = await getOrder(app.db, shipment.orderId)
  if (!trackingNumber || order.shippingAddress.address_line1 === '') throw missing('label')
  const carrier = carrierCalled(app.carriers, shipment.carrier)
  const theirs = await carrier.label(shipment).catch((error) => {
    app.log.error({ err: error, shipment: shipment.id }, 'the carrier did not hand out the label')
    throw new Refusal('unavailable', 'carrier_unavailable', 'The carrier does not answer')
  })
  const seller = sellerOf(app.config)
  const label: Label = {
    from: [seller.name, seller.email],
    to: listAddressLines(order.shippingAddress),
    carrier: shipment.carrier,
    service: shipment.service,
    facts: [
      { label: 'Order', value: order.number },
      { label: 'Units', value: String(shipment.lines.reduce((sum, { quantity }) => sum + quantity, 0)) },
    ],
    code: trackingNumber,
    issuedAt: shipment.createdAt,
  }
  return { filename: `label-${order.number}-${shipment.id}.pdf`, bytes: theirs ?? (await renderLabel(label)) }
}
