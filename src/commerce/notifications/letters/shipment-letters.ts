/** What is said about a parcel. */
import { describeVariant, listAddressLines, type Order } from '#commerce/orders'
import type { Shipment } from '#commerce/shipping'
import { formatMoney } from '#platform/money.ts'
import type { LetterContent } from './letter-content.ts'

export function shipmentLetter(order: Order, shipment: Shipment): LetterContent {
  const { trackingUrl } = shipment
  return {
    subject: `Your order ${order.number} has been shipped`,
    heading: 'Your order is on its way',
    paragraphs: [howItGoes(order, shipment), ...(isPart(order, shipment) ? [PART] : []), ...cashLines(order)],
    ...(trackingUrl && { action: { label: 'Track the parcel', url: trackingUrl } }),
    blocks: [
      { heading: 'In this parcel', lines: listUnits(order, shipment) },
      { heading: 'Delivery address', lines: listAddressLines(order.shippingAddress) },
    ],
    closing: [],
  }
}

const PART = 'This is a part of your order: the rest comes in another parcel.'

function howItGoes({ number }: Order, { carrier, trackingNumber, estimatedDelivery }: Shipment): string {
  const tracking = trackingNumber ? `, tracking number ${trackingNumber}` : ''
  const arrival = estimatedDelivery ? ` We expect it to arrive by ${day.format(new Date(estimatedDelivery))}.` : ''
  return `Your order ${number} was sent with ${carrier}${tracking}.${arrival}`
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

function cashLines(order: Order): string[] {
  const isOpen = order.paymentMethod === 'cod' && order.paymentStatus === 'pending'
  return isOpen ? [`You pay ${formatMoney(order.totalMinor, order.currency)} on delivery.`] : []
}

const unitsOf = (lines: { quantity: number }[]) => lines.reduce((sum, { quantity }) => sum + quantity, 0)
const isPart = (order: Order, shipment: Shipment) => unitsOf(shipment.lines) < unitsOf(order.lines)

function listUnits(order: Order, { lines }: Shipment): string[] {
  return lines.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find(({ id }) => id === lineId)
    return line ? [`${quantity} × ${line.name} (${describeVariant(line)})`] : []
  })
}
