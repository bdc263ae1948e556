import { findProductPage, type Handle } from '#commerce/browse'
import { listReviews } from '#commerce/reviews'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import type { Reviewed } from './products.wire.ts'

/** As many as a page of reviews: all of them have a list of their own (NX-090). */
const REVIEWS_MAX = 20

/** A product and its newest approved reviews (NX-110). Refuses one that there is not; hidden ones are there with `seesAll`. */
export async function getReviewedProduct(app: App, handle: Handle, seesAll = false): Promise<Reviewed> {
  const product = await findProductPage(app.db, handle, seesAll)
  if (!product) throw missing('product')
  const window = { limit: REVIEWS_MAX, offset: 0 }
  const { rows } = await listReviews(app.db, { productId: product.id, status: 'approved' }, window)
  return { product, reviews: rows }
}
