import { type Order, worthOfUnits } from '#commerce/orders'
import { gramsOf, type OrderedGoods, type Shipment } from '#commerce/shipping'

/** What is in a parcel, as its carrier is told: `parcels` are those of the order, oldest first. */
export function goodsOf(order: Order, parcels: Shipment[], shipment: Shipment): OrderedGoods {
  const earlier = parcels.filter(({ id }) => id < shipment.id)
  const packed = shipment.lines.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find(({ id }) => id === lineId)
    return line
      ? [
          {
            line,
            quantity,
            worthMinor: worthOfUnits(line, order.taxIncluded, { before: unitsIn(earlier, lineId), quantity }),
          },
        ]
      : []
  })
  const goodsMinor = packed.reduce((sum, { worthMinor }) => sum + worthMinor, 0)
  const isOpen = order.paymentMethod === 'cod' && order.paymentStatus === 'pending'
  // What the transport costs is asked for once, at the first door.
  const worthMinor = goodsMinor + (earlier.length === 0 ? order.shippingMinor : 0)
  return {
    orderNumber: order.number,
    orderedAt: order.placedAt,
    currency: order.currency,
    recipient: recipientOf(order),
    items: packed.map(({ line, quantity, worthMinor: worth }) => ({
      name: line.name,
      sku: line.sku,
      quantity,
      unitMinor: Math.round(worth / quantity),
      hsnCode: line.snapshot.hsnCode ?? null,
    })),
    worthMinor,
    collectMinor: isOpen ? worthMinor : 0,
    grams: gramsOf(packed.map(({ line, quantity }) => ({ quantity, weightGrams: line.snapshot.weightGrams ?? null }))),
  }
}

const unitsIn = (parcels: Shipment[], lineId: number): number =>
  parcels.flatMap(({ lines }) => lines).reduce((sum, line) => sum + (line.lineId === lineId ? line.quantity : 0), 0)

function recipientOf({ shippingAddress, email }: Order): OrderedGoods['recipient'] {
  const { full_name, phone, address_line1, address_line2, city, state, postal_code, country } = shippingAddress
  return {
    name: full_name,
    email,
    phone,
    lines: [address_line1, address_line2].filter(Boolean),
    city,
    state,
    postalCode: postal_code,
    country,
  }
}
