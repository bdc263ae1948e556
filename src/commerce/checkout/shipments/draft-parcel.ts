import { randomBytes } from 'node:crypto'
import type { Order } from '#commerce/orders'
import { carrierFor, estimateDelivery, type ParcelLine, type ShippingMethod } from '#commerce/shipping'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import type { App } from '../../app.ts'

/** A parcel of these units, as the shop would send it: its carrier, the buyer's method, the days that this promises. */
export function draftOf(app: App, order: Order, methods: ShippingMethod[], lines: ParcelLine[]) {
  const method = methods.find(({ code, currency }) => code === order.shippingMethod && currency === order.currency)
  return {
    orderId: order.id,
    orderNumber: order.number,
    accountId: order.accountId,
    carrier: carrierFor(app.carriers, { currency: order.currency, country: order.shippingAddress.country }).name,
    service: method?.name ?? order.shippingMethod,
    // Who knows the address of a label holds it: 2^192 of them are not searched through.
    labelKey: randomBytes(24).toString('base64url'),
    estimatedDelivery: estimateDelivery(app.now(), method),
    lines,
  }
}

/** Which of the units that are left go: all, or those named. Refuses others, and more of them than are left. */
export function chooseLines(left: ParcelLine[], wanted: ParcelLine[] | undefined): ParcelLine[] {
  if (!wanted) return left
  const faults: FieldCodes = {}
  const lines = sumUp(wanted).map(({ lineId, quantity }) => {
    const there = left.find((line) => line.lineId === lineId)
    if (!there || quantity > there.quantity)
      faults.items = { code: 'more_than_unshipped', line: lineId, left: there?.quantity ?? 0 }
    return { lineId, quantity }
  })
  if (faults.items) throw invalidFields(faults)
  return lines
}

/** A line that is named twice is meant with both its quantities. */
function sumUp(lines: ParcelLine[]): ParcelLine[] {
  const units = new Map<number, number>()
  for (const { lineId, quantity } of lines) units.set(lineId, (units.get(lineId) ?? 0) + quantity)
  return [...units].map(([lineId, quantity]) => ({ lineId, quantity }))
}

export function isSameLines(one: ParcelLine[], other: ParcelLine[]): boolean {
  const told = (lines: ParcelLine[]) =>
    JSON.stringify(
      sumUp(lines)
        .toSorted((a, b) => a.lineId - b.lineId)
        .map(Object.values),
    )
  return told(one) === told(other)
}
