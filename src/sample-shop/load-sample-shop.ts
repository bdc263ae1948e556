import { refreshCustomerValues } from '#commerce/analytics'
import { addCoupon } from '#commerce/promotions'
import { learnPopular, learnTastes } from '#commerce/recommendations'
import { addReview } from '#commerce/reviews'
import { inTransaction, type Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../commerce/app.ts'
import { brands, categories } from './goods.ts'
import { isEmptyShop } from './is-empty-shop.ts'
import { loadCatalog, type Stored } from './load-catalog.ts'
import { loadCustomers } from './load-customers.ts'
import { drawPicture } from './pictures/draw-picture.ts'
import { renderPictures } from './pictures/render-pictures.ts'
import { countSold, planOrders } from './plan-orders.ts'
import { type PlannedReview, planReviews } from './plan-reviews.ts'
import { planShelves } from './plan-shelves.ts'
import { type Buyers, playHistory } from './play-history.ts'
import { products } from './products/index.ts'
import { openRandom } from './random.ts'

export type SampleShop = {
  categories: number
  brands: number
  products: number
  variants: number
  customers: number
  orders: number
  reviews: number
  pictures: number
}

const DAY_MS = 86_400_000
/** Any number: the same shop each time. */
const SEED = 20_260_401

/**
 * Loads the sample shop: goods with stock and pictures, customers, a coupon, the orders of three months and what was
 * said about them. The same each time, counted back from now. Refuses a shop that has products or orders
 * (`shop_not_empty`). The pictures are rendered meanwhile, and are there when it returns.
 */
export async function loadSampleShop(app: App): Promise<SampleShop> {
  if (!(await isEmptyShop(app.db))) throw new Refusal('conflict', 'shop_not_empty', 'The shop has products or orders')
  const random = openRandom(SEED)
  const orders = planOrders(random)
  const listed = planShelves(random, orders)
  const reviews = planReviews(random, orders, listed)
  const pictures = products.map(({ name, palette, picture }) => drawPicture(name, palette, picture))
  const [loaded] = await Promise.all([
    load(app, { orders, listed, reviews, pictures }),
    renderPictures(app.files, pictures),
  ])
  await refreshCustomerValues(app)
  await learnTastes(app)
  await learnPopular(app)
  return {
    categories: Object.keys(categories).length,
    brands: Object.keys(brands).length,
    products: loaded.stored.products.size,
    variants: loaded.stored.variants.size,
    customers: loaded.buyers.length,
    orders: orders.length,
    reviews: reviews.length,
    pictures: pictures.length,
  }
}

type Plan = {
  orders: ReturnType<typeof planOrders>
  listed: Map<string, number>
  reviews: PlannedReview[]
  pictures: ReturnType<typeof drawPicture>[]
}

async function load(app: App, { orders, listed, reviews, pictures }: Plan) {
  const now = app.now()
  const sold = countSold(orders)
  const { stored, buyers } = await inTransaction(app.db, async (tx) => {
    await addWelcomeCoupon(tx)
    return { stored: await loadCatalog(tx, { pictures, sold, listed }, now), buyers: await loadCustomers(tx, now) }
  })
  await playHistory(app, orders, stored, buyers)
  await inTransaction(app.db, (tx) => loadReviews(tx, reviews, stored, buyers, now))
  return { stored, buyers }
}

/** Ten percent off the first order from 20.00 on, once for each customer. */
async function addWelcomeCoupon(tx: Tx): Promise<void> {
  await addCoupon(tx, {
    code: 'WELCOME10',
    description: 'Ten percent off for new customers',
    discountType: 'percentage',
    percent: '10',
    amountMinor: null,
    currency: 'USD',
    minOrderMinor: 2000,
    maxDiscountMinor: null,
    usageLimit: null,
    usageLimitPerAccount: 1,
    validFrom: null,
    validTo: null,
    isActive: true,
    productIds: [],
    categoryIds: [],
    firstOrderOnly: false,
  })
}

async function loadReviews(tx: Tx, reviews: PlannedReview[], stored: Stored, buyers: Buyers, now: Date): Promise<void> {
  for (const { product, customer, daysAgo, rating, title, comment, status, isVerifiedPurchase } of reviews) {
    const productId = stored.products.get(product)!
    const { accountId } = buyers[customer]!
    const createdAt = new Date(now.getTime() - daysAgo * DAY_MS)
    await addReview(tx, { productId, accountId, rating, title, comment, status, isVerifiedPurchase, createdAt })
  }
}
