/** What an order costs, and why: rules without a database. */
import assert from 'node:assert/strict'
import { percentOf, shareOut } from '#platform/money.ts'
import type { OrderFigures } from './order.ts'

/** A line as it is reckoned; `discountMinor` is its share of what a coupon takes off. */
export type LineToPrice = { quantity: number; unitPriceMinor: number; discountMinor: number }
export type Terms = { shippingMinor: number; taxPercent: number; taxIncluded: boolean }
export type Priced<Line> = OrderFigures & { lines: (Line & { taxMinor: number })[] }

/**
 * The figures of an order, in minor units (V1-301, SF-294). Tax is reckoned once, on what is paid for the goods, rounded half up:
 * added to it, or contained in it. Each line has its share of it; the shares make the whole.
 */
export function priceOrder<Line extends LineToPrice>(lines: Line[], terms: Terms): Priced<Line> {
  assert(lines.length > 0, 'an order has lines')
  const { shippingMinor, taxPercent, taxIncluded } = terms
  const goodsMinor = sumOf(lines, (line) => line.quantity * line.unitPriceMinor)
  const discountMinor = sumOf(lines, (line) => line.discountMinor)
  for (const { quantity, unitPriceMinor, discountMinor: part } of lines)
    assert(part >= 0 && part <= quantity * unitPriceMinor, 'a discount is never more than the goods cost')
  const paidMinor = goodsMinor - discountMinor
  const taxMinor = taxIncluded ? taxContained(paidMinor, taxPercent) : percentOf(paidMinor, taxPercent)
  const taxes = shareOut(
    taxMinor,
    lines.map((line) => line.quantity * line.unitPriceMinor - line.discountMinor),
  )
  const subtotalMinor = taxIncluded ? goodsMinor - taxMinor : goodsMinor
  return {
    subtotalMinor,
    discountMinor,
    taxMinor,
    taxPercent: String(taxPercent),
    taxIncluded,
    shippingMinor,
    totalMinor: subtotalMinor - discountMinor + taxMinor + shippingMinor,
    lines: lines.map((line, at) => ({ ...line, taxMinor: taxes[at]! })),
  }
}

/** The tax in a price that holds it: the price without tax is rounded half up, the tax is the rest. */
export function taxContained(grossMinor: number, percent: number): number {
  const hundred = 10_000_000n
  const whole = hundred + BigInt(Math.round(percent * 1e5))
  const netMinor = (2n * BigInt(grossMinor) * hundred + whole) / (2n * whole)
  return grossMinor - Number(netMinor)
}

const sumOf = <Each>(all: Each[], of: (each: Each) => number) => all.reduce((sum, each) => sum + of(each), 0)

/** One step of how a price came about, in the order in which it was reckoned. Amounts are in minor units. */
export type PriceStep = LineStep | SumStep
/** What a line costs: `listMinor` is the price of one before a reduction, where there is one. */
export type LineStep = {
  rule: 'price'
  name: string
  quantity: number
  unitMinor: number
  listMinor: number | null
  amountMinor: number
}
/** What is added to the lines, or taken off. */
export type SumStep =
  /** What a coupon takes off, of the goods that it is for. */
  | { rule: 'coupon'; code: string; description: string; baseMinor: number; amountMinor: number }
  | { rule: 'coupon_not_applied'; code: string; reason: string }
  /** `freeBy`: the coupon, or the worth of the goods, that makes it cost nothing. */
  | { rule: 'shipping'; method: string; amountMinor: number; freeBy: 'coupon' | 'subtotal' | null }
  | { rule: 'tax'; percent: string; baseMinor: number; amountMinor: number; included: boolean }
