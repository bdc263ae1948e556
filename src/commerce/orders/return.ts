/** What a buyer sends back, as an idea. */
import type { OrderLine } from './order.ts'
import type { OrdersReturns } from './tables.ts'

/** Where a return may go. It is refunded when the money has gone back. */
const nextStatuses = {
  requested: ['approved', 'rejected'],
  approved: ['received', 'rejected'],
  rejected: [],
  received: [],
  refunded: [],
} as const satisfies Record<OrdersReturns['status'], readonly string[]>

export type ReturnStatus = keyof typeof nextStatuses
export const RETURN_STATUSES = Object.keys(nextStatuses) as ReturnStatus[]

/** So long after it arrived an order can be sent back (V1-309). */
export const RETURN_DAYS = 30

export type ReturnLine = { lineId: number; quantity: number; refundMinor: number }
/** `refundMinor` is what the buyer gets for it: what was paid for the goods with its tax, not for the transport. */
export type Return = OrdersReturns & {
  orderNumber: string
  currency: string
  accountId: number | null
  lines: (ReturnLine & Pick<OrderLine, 'name' | 'sku'>)[]
}

export const canBecome = (from: ReturnStatus, to: ReturnStatus): boolean =>
  (nextStatuses[from] as readonly ReturnStatus[]).includes(to)

/**
 * The share of some units in what was paid for a line, its tax included, after `before` units of it: all shares together are what it
 * cost, to the minor unit.
 */
export function worthOfUnits(
  line: Pick<OrderLine, 'quantity' | 'lineTotalMinor' | 'discountMinor' | 'taxMinor'>,
  taxIncluded: boolean,
  { before, quantity }: { before: number; quantity: number },
): number {
  const whole = line.lineTotalMinor - line.discountMinor + (taxIncluded ? 0 : line.taxMinor)
  const until = (units: number) => Math.round((whole * units) / line.quantity)
  return until(before + quantity) - until(before)
}
