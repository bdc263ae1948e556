/** A parcel and what became of it: rules, without a database. */
import type {
  ShippingShipmentEvents,
  ShippingShipmentLines,
  ShippingShipmentStatus,
  ShippingShipments,
} from './tables.ts'

export type ShipmentStatus = ShippingShipmentStatus
export const SHIPMENT_STATUSES = [
  'pending',
  'label_created',
  'in_transit',
  'out_for_delivery',
  'delivered',
  'exception',
] as const satisfies ShipmentStatus[]

export type ShipmentEvent = Pick<ShippingShipmentEvents, 'status' | 'location' | 'description' | 'happenedAt'>
/** Units of a line of the order. */
export type ParcelLine = Pick<ShippingShipmentLines, 'lineId' | 'quantity'>
/** Events are oldest first. Without a tracking number the carrier has not answered yet. */
export type Shipment = ShippingShipments & { lines: ParcelLine[]; events: ShipmentEvent[] }

/** Where it stands after an event: what is late changes nothing, and nothing comes after the delivery. */
export function statusAfter(
  { status, events }: Pick<Shipment, 'status' | 'events'>,
  event: ShipmentEvent,
): ShipmentStatus {
  if (status === 'delivered' || event.status === 'delivered') return 'delivered'
  const last = events.at(-1)
  return last && last.happenedAt > event.happenedAt ? status : event.status
}

/** Whether it is on its way, or was: with its booking where staff sends it, else as soon as the carrier saw it. */
export function hasLeft({
  isSent,
  trackingNumber,
  status,
}: Pick<Shipment, 'isSent' | 'trackingNumber' | 'status'>): boolean {
  return (isSent && trackingNumber !== null) || ['in_transit', 'out_for_delivery', 'delivered'].includes(status)
}

/** Of each line of an order the units that are in no parcel yet; lines that are wholly packed are left out. */
export function unpackedOf(
  lines: { id: number; quantity: number }[],
  parcels: Pick<Shipment, 'lines'>[],
): ParcelLine[] {
  const packed = new Map<number, number>()
  for (const { lineId, quantity } of parcels.flatMap((parcel) => parcel.lines))
    packed.set(lineId, (packed.get(lineId) ?? 0) + quantity)
  return lines
    .map(({ id, quantity }) => ({ lineId: id, quantity: quantity - (packed.get(id) ?? 0) }))
    .filter(({ quantity }) => quantity > 0)
}

const DAY_MS = 86_400_000
const DAYS_USUAL = 5

/** The day by which a method promises to be there, as YYYY-MM-DD. */
export function estimateDelivery(now: Date, method: { daysMax: number } | undefined): string {
  return new Date(now.getTime() + (method?.daysMax ?? DAYS_USUAL) * DAY_MS).toISOString().slice(0, 10)
}
