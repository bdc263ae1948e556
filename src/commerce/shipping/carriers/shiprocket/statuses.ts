/** What Shiprocket's numbers of states mean here. */
import type { ShipmentStatus } from '../../shipment.ts'

const numbers: Partial<Record<ShipmentStatus, number[]>> = {
  // Assigned, label, pickup scheduled, queued, manifest, rescheduled, out for pickup, booked, packed.
  label_created: [1, 2, 3, 4, 5, 15, 19, 52, 59, 60, 61, 62, 63, 67, 68],
  // Shipped, in transit, delayed, at the hub, misrouted, picked up, at warehouses and customs, in flight, handed over.
  in_transit: [6, 18, 22, 38, 39, 42, 48, 49, 50, 51, 54, 55, 56, 57],
  out_for_delivery: [17],
  delivered: [7],
  // Cancelled, returned to origin, lost, pickup failed, undelivered, delivered in part, destroyed, damaged, untraceable.
  exception: [8, 9, 10, 12, 13, 14, 16, 20, 21, 23, 24, 25, 40, 41, 44, 45, 46, 47, 75, 76, 77, 78],
}

const known = new Map(
  Object.entries(numbers).flatMap(([status, each]) =>
    each.map((number) => [number, status as ShipmentStatus] as const),
  ),
)

/** Undefined for a number that means nothing to a parcel. */
export const statusOf = (number: unknown): ShipmentStatus | undefined => known.get(Number(number))
