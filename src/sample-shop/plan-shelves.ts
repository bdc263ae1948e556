/** When each product came into the shop. */
import type { PlannedOrder } from './plan-orders.ts'
import { products } from './products/index.ts'
import type { Random } from './random.ts'
import { skuOf } from './sku.ts'

/** Goods arrived on these days; the first delivery is older than the first order. */
export const DELIVERIES_DAYS_AGO = [120, 91, 60, 30] as const
const LAST_LISTED_DAYS_AGO = 2

/** Days ago by the sku of the product, the oldest first: spread over the life of the shop, but always before its first sale. */
export function planShelves(random: Random, orders: PlannedOrder[]): Map<string, number> {
  const firstSale = new Map<string, number>()
  for (const { lines, happenings } of orders) {
    const daysAgo = happenings[0]!.hoursAgo / 24
    for (const { sku } of lines) firstSale.set(sku, Math.max(daysAgo, firstSale.get(sku) ?? 0))
  }
  const span = DELIVERIES_DAYS_AGO[0] - 1 - LAST_LISTED_DAYS_AGO
  // In a mixed order, so that "newest first" shows something of everything.
  const shelves = random.shuffled(products).map((product, index): [sku: string, daysAgo: number] => {
    const planned = LAST_LISTED_DAYS_AGO + (index / products.length) * span
    const sales = product.variants.map(([options]) => firstSale.get(skuOf(product.sku, options)) ?? 0)
    return [product.sku, Math.max(planned, ...sales.map((daysAgo) => daysAgo + 1))]
  })
  return new Map(shelves.sort(([, first], [, second]) => second - first))
}
