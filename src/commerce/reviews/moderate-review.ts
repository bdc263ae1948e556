import type { Handle } from '#commerce/browse'
import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { changeReview } from './change-review.ts'
import { getProductId, withAuthor } from './list-reviews.ts'
import type { StoredReview } from './queries.ts'
import { approved, type Review, rejected } from './review.ts'

/** Which review is meant. One that is not of the product, where one is named, is not found. */
type Named = { id: number; product?: Handle }

/** Shows a review, and counts it (V1-238, NX-095); done again, it changes nothing. Refuses `review_not_found`. */
export function approveReview(app: App, named: Named): Promise<Review> {
  return moderate(app, named, approved)
}

/**
 * Hides a review, which no longer counts. The reason is told to staff and its author alone; without one, that of an earlier
 * rejection stays (V1-238, NX-095). Refuses `review_not_found`.
 */
export function rejectReview(app: App, named: Named, reason: string | undefined): Promise<Review> {
  return moderate(app, named, (before) => rejected(before, reason))
}

/** Says whether its author counts as a buyer, whatever the orders say (NX-094). Refuses `review_not_found`. */
export function markPurchase(app: App, named: Named, isVerifiedPurchase: boolean): Promise<Review> {
  return moderate(app, named, (before) => ({ ...before, isVerifiedPurchase }))
}

async function moderate(
  app: App,
  { id, product }: Named,
  become: (before: StoredReview) => StoredReview,
): Promise<Review> {
  const productId = product && (await getProductId(app.db, product, true))
  const review = await inTransaction(app.db, (tx) => changeReview(tx, id, { accountId: null, productId }, become))
  return withAuthor(app.db, review)
}
