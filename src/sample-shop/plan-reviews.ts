/** Who says what about which product, planned before anything is written. */
import type { ReviewStatus } from '#commerce/reviews'
import { customers } from './customers.ts'
import type { PlannedOrder } from './plan-orders.ts'
import { products, type Stocked } from './products/index.ts'
import type { Random } from './random.ts'
import { type Mood, textsFor } from './review-texts.ts'
import { skuOf } from './sku.ts'

export type PlannedReview = {
  product: string
  customer: number
  rating: number
  title: string
  comment: string
  status: ReviewStatus
  isVerifiedPurchase: boolean
  daysAgo: number
}

const REVIEWS = 150
/** Reviews that are younger have not been looked at yet. */
const MODERATED_AFTER_DAYS = 4

/** Reviews of those who bought come first, then of others, until there are enough; the oldest first. */
export function planReviews(random: Random, orders: PlannedOrder[], listed: Map<string, number>): PlannedReview[] {
  const said = new Map<string, Set<string>>()
  const reviews = purchases(orders)
    .filter(() => random.next() < 0.7)
    .map(({ product, customer, daysAgo }) =>
      review(random, said, product, customer, Math.max(0.5, daysAgo - random.between(2, 9)), true),
    )
  while (reviews.length < REVIEWS) {
    const product = random.pick(products)
    const customer = random.between(0, customers.length - 1)
    const isNew = !reviews.some((each) => each.product === product.sku && each.customer === customer)
    if (isNew && !isBuyer(orders, product, customer)) {
      reviews.push(review(random, said, product, customer, 1 + random.next() * (listed.get(product.sku)! - 2), false))
    }
  }
  return reviews.sort((first, second) => second.daysAgo - first.daysAgo)
}

type Purchase = { product: Stocked; customer: number; daysAgo: number }

/** What was delivered, once for each customer and product. */
function purchases(orders: PlannedOrder[]): Purchase[] {
  const found = new Map<string, Purchase>()
  for (const { customer, lines, happenings } of orders) {
    const delivered = happenings.find(({ deed }) => deed === 'deliver')
    if (!delivered) continue
    for (const product of products.filter((each) => isAmong(each, lines))) {
      found.set(`${product.sku} ${customer}`, { product, customer, daysAgo: delivered.hoursAgo / 24 })
    }
  }
  return [...found.values()]
}

const isBuyer = (orders: PlannedOrder[], product: Stocked, customer: number): boolean =>
  orders.some((order) => order.customer === customer && isAmong(product, order.lines))

const isAmong = (product: Stocked, lines: PlannedOrder['lines']): boolean =>
  product.variants.some(([options]) => lines.some(({ sku }) => sku === skuOf(product.sku, options)))

function review(
  random: Random,
  said: Map<string, Set<string>>,
  product: Stocked,
  customer: number,
  daysAgo: number,
  isVerifiedPurchase: boolean,
): PlannedReview {
  const rating = random.pick([5, 5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 3, 3, 2, 1])
  const mood: Mood = rating === 5 ? 'delighted' : rating === 4 ? 'content' : rating === 3 ? 'undecided' : 'disappointed'
  const heard = said.get(product.sku) ?? new Set<string>()
  said.set(product.sku, heard)
  const { own, any } = textsFor(product, mood)
  const texts = [...random.shuffled(own), ...random.shuffled(any)]
  // Nobody says twice the same about a product: who finds everything said leaves the stars alone.
  const [title, comment] = texts.find(([each]) => !heard.has(each)) ?? ['', '']
  heard.add(title)
  const status =
    daysAgo < MODERATED_AFTER_DAYS ? 'pending' : rating === 1 && random.next() < 0.3 ? 'rejected' : 'approved'
  return { product: product.sku, customer, rating, title, comment, status, isVerifiedPurchase, daysAgo }
}
