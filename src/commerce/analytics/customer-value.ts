/** What a customer is worth, by the rules of SF-441. */

/** By how many orders he paid: at least, and at most. */
export const SEGMENTS = {
  NEW: [1, 1],
  REGULAR: [2, 4],
  VIP: [5, Number.MAX_SAFE_INTEGER],
} as const satisfies Record<string, readonly [number, number]>
export type Segment = keyof typeof SEGMENTS

export function segmentOf(orders: number): Segment {
  return orders >= SEGMENTS.VIP[0] ? 'VIP' : orders >= SEGMENTS.REGULAR[0] ? 'REGULAR' : 'NEW'
}

const DAY_MS = 86_400_000
const YEAR_DAYS = 365
/** The pace of somebody who came lately is not yet known: his first orders count as those of a month. */
const PACE_DAYS_MIN = 30

export type Paid = { orders: number; spentMinor: number; firstOrderAt: Date; updatedAt: Date }

/**
 * What somebody will have spent, minor units: his average order times the orders of twelve months at his pace so far, and at least what
 * he has spent already.
 */
export function predictValue({ orders, spentMinor, firstOrderAt, updatedAt }: Paid): number {
  const days = Math.max((updatedAt.getTime() - firstOrderAt.getTime()) / DAY_MS, PACE_DAYS_MIN)
  const expected = (orders / days) * YEAR_DAYS
  return Math.max(Math.round((spentMinor / orders) * expected), spentMinor)
}
