/** What was ordered in the last ninety days, and what became of it: planned before anything is written. */
import { customers } from './customers.ts'
import { products } from './products/index.ts'
import type { Random } from './random.ts'
import { skuOf } from './sku.ts'

type Deed = 'place' | 'pay' | 'fail' | 'ship' | 'deliver' | 'cancel' | 'expire' | 'refund' | 'refund part'
/** An event in the life of an order, by the hours that have passed since. */
export type Happening = { order: PlannedOrder; deed: Deed; hoursAgo: number }
export type PlannedOrder = {
  customer: number
  channel: 'v1' | 'storefront' | 'marketplace' | 'nexus'
  lines: { sku: string; quantity: number }[]
  shippingMethod: 'standard' | 'express'
  paymentMethod: 'stripe' | 'paypal' | 'cod'
  couponCode?: string
  happenings: Happening[]
}

/** What follows the placing of an order, after how many hours. */
const stories = {
  delivered: { pay: 0.1, ship: 26, deliver: 92 },
  'delivered for cash': { ship: 30, deliver: 101 },
  shipped: { pay: 0.2, ship: 22 },
  processing: { pay: 0.1 },
  'processing for cash': {},
  pending: {},
  failed: { fail: 0.1 },
  expired: { expire: 1 },
  cancelled: { pay: 0.1, cancel: 5 },
  refunded: { pay: 0.1, ship: 24, deliver: 90, refund: 290 },
  'refunded in part': { pay: 0.2, ship: 20, deliver: 71, 'refund part': 200 },
} as const satisfies Record<string, Partial<Record<Deed, number>>>
type Story = keyof typeof stories

const QUANTITY_MAX = 3

/** Hours ago, story, and whether with the coupon: one of those was never paid, and gave it back. */
const past: [hoursAgo: number, story: Story, coupon?: true][] = [
  [2140, 'delivered', true],
  [2065, 'delivered'],
  [1931, 'expired'],
  [1873, 'delivered'],
  [1790, 'refunded'],
  [1662, 'delivered for cash'],
  [1544, 'delivered', true],
  [1437, 'delivered'],
  [1316, 'refunded in part'],
  [1203, 'cancelled'],
  [1100, 'delivered'],
  [985, 'delivered'],
  [871, 'expired', true],
  [742, 'delivered'],
  [613, 'delivered for cash'],
  [505, 'delivered'],
  [381, 'delivered'],
  [262, 'delivered'],
  [97, 'shipped'],
  [71, 'shipped', true],
  [48, 'shipped'],
  [29, 'processing for cash'],
  [20, 'processing'],
  [6, 'processing'],
  [0.6, 'failed'],
  [0.2, 'pending'],
]

/** All orders with their happenings, the oldest first. Every sale of a sample variant is in here. */
export function planOrders(random: Random): PlannedOrder[] {
  const buyers = past.flatMap((_, index) =>
    index % customers.length === 0 ? random.shuffled(customers.keys().toArray()) : [],
  )
  const welcomed = new Set<number>()
  return past.map(([hoursAgo, story, coupon], index) => {
    const customer = buyers[index]!
    const paysCash = story.endsWith('cash')
    const usesCoupon = coupon === true && !welcomed.has(customer)
    if (usesCoupon) welcomed.add(customer)
    const order: PlannedOrder = {
      customer,
      channel: random.pick(['v1', 'v1', 'storefront', 'marketplace', 'nexus'] as const),
      lines: pickLines(random, isKept(story)),
      shippingMethod: random.next() < 0.75 ? 'standard' : 'express',
      paymentMethod: paysCash ? 'cod' : random.next() < 0.65 ? 'stripe' : 'paypal',
      ...(usesCoupon ? { couponCode: 'WELCOME10' } : {}),
      happenings: [],
    }
    const after = Object.entries(stories[story]) as [Deed, number][]
    order.happenings = [['place', 0] as const, ...after].map(([deed, hours]) => ({
      order,
      deed,
      hoursAgo: hoursAgo - hours,
    }))
    return order
  })
}

/** Whether the goods stayed with the customer: otherwise they are what is left. */
const isKept = (story: Story): boolean => !('cancel' in stories[story] || 'expire' in stories[story])

/** One to four different articles, one of them for at least the 20.00 that the coupon asks for. */
function pickLines(random: Random, areKept: boolean): PlannedOrder['lines'] {
  const articles = products
    .flatMap((product) =>
      product.variants.map(([options, priceMinor, , left]) => ({ sku: skuOf(product.sku, options), priceMinor, left })),
    )
    .filter(({ left }) => areKept || left >= QUANTITY_MAX)
  const worthy = random.pick(articles.filter(({ priceMinor }) => priceMinor >= 2000 && priceMinor <= 20_000))
  const others = random.shuffled(articles.filter(({ priceMinor }) => priceMinor < 6000)).slice(0, random.between(0, 3))
  return [...new Set([worthy, ...others])].map(({ sku, priceMinor }) => ({
    sku,
    quantity: priceMinor < 3000 ? random.between(1, QUANTITY_MAX) : 1,
  }))
}

/** Everything that happened, in the order in which it happened. */
export const inTime = (orders: PlannedOrder[]): Happening[] =>
  orders.flatMap(({ happenings }) => happenings).sort((first, second) => second.hoursAgo - first.hoursAgo)

/** Units of each sku that were sold and did not come back. */
export function countSold(orders: PlannedOrder[]): Map<string, number> {
  const sold = new Map<string, number>()
  for (const { lines, happenings } of orders) {
    if (happenings.some(({ deed }) => deed === 'cancel' || deed === 'expire')) continue
    for (const { sku, quantity } of lines) sold.set(sku, (sold.get(sku) ?? 0) + quantity)
  }
  return sold
}
