/** Letters about a parcel. */
import { describeVariant, listAddressLines, type Order } from '#commerce/orders'
import type { Shipment } from '#commerce/shipping'
import { dayIn, moneyIn, type Words } from '../texts/words.ts'
import type { LetterContent } from './letter-content.ts'

export function shipmentLetter(words: Words, order: Order, shipment: Shipment): LetterContent {
  const { trackingUrl } = shipment
  const { subject, heading, part, button, contents } = words.shipments
  return {
    subject: subject(order.number),
    heading,
    paragraphs: [
      howItGoes(words, order, shipment),
      ...(isPart(order, shipment) ? [part] : []),
      ...cashLines(words, order),
    ],
    ...(trackingUrl && { action: { label: button, url: trackingUrl } }),
    blocks: [
      { heading: contents, lines: listUnits(order, shipment) },
      { heading: words.orders.address, lines: listAddressLines(order.shippingAddress, words.language) },
    ],
    closing: [],
  }
}

function howItGoes(words: Words, { number }: Order, shipment: Shipment): string {
  const { carrier, trackingNumber, estimatedDelivery } = shipment
  const sent = words.shipments.sent({ number, carrier, trackingNumber })
  if (!estimatedDelivery) return sent
  return `${sent} ${words.shipments.arrival(dayIn(words, new Date(estimatedDelivery)))}`
}

function cashLines(words: Words, order: Order): string[] {
  const isOpen = order.paymentMethod === 'cod' && order.paymentStatus === 'pending'
  return isOpen ? [words.shipments.cash(moneyIn(words, order.totalMinor, order.currency))] : []
}

const unitsOf = (lines: { quantity: number }[]) => lines.reduce((sum, { quantity }) => sum + quantity, 0)
const isPart = (order: Order, shipment: Shipment) => unitsOf(shipment.lines) < unitsOf(order.lines)

function listUnits(order: Order, { lines }: Shipment): string[] {
  return lines.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find(({ id }) => id === lineId)
    return line ? [`${quantity} × ${line.name} (${describeVariant(line)})`] : []
  })
}
