import type { Handle } from '#commerce/browse'
import { hasBought } from '#commerce/orders'
import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { getProductId, withAuthor } from './list-reviews.ts'
import type { Review, ReviewContent } from './review.ts'
import { addReview } from './reviews.ts'

/**
 * What an account says about a product; it waits for approval (V1-236, NX-091, MP-072). It is marked as that of a buyer where
 * the account has bought the product, on whatever surface (NX-094). Refuses `product_not_found`, for hidden ones too, and
 * `already_reviewed`.
 */
export async function submitReview(
  app: App,
  accountId: number,
  product: Handle,
  content: ReviewContent,
): Promise<Review> {
  const productId = await getProductId(app.db, product, false)
  const isVerifiedPurchase = await hasBought(app.db, accountId, productId)
  const review = { ...content, productId, accountId, isVerifiedPurchase, createdAt: app.now() }
  const added = await inTransaction(app.db, (tx) => addReview(tx, { ...review, status: 'pending' }))
  app.trail.note({ happenedAt: review.createdAt, kind: 'RATING', accountId, productId, value: content.rating })
  return withAuthor(app.db, added)
}
