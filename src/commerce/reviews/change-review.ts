import { hasBought } from '#commerce/orders'
import { inTransaction, type Tx } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { deleteReview, lockReview, updateReview } from './changes.queries.ts'
import { withAuthor } from './list-reviews.ts'
import { noteReviewChange } from './note-review-change.ts'
import type { ReviewScope, StoredReview } from './queries.ts'
import { edited, type Review, type ReviewContent } from './review.ts'

/**
 * Changes what is named. What now says something else waits for approval again, and no longer counts; so does what staff has
 * edited (V1-237). Whether its author has bought the product is looked up anew. Refuses `review_not_found`, for those of
 * others too.
 */
export async function editReview(
  app: App,
  id: number,
  scope: ReviewScope,
  changes: Partial<ReviewContent>,
): Promise<Review> {
  const review = await inTransaction(app.db, (tx) =>
    changeReview(tx, id, scope, async (before) => {
      const isBuyer = await hasBought(tx, before.accountId, before.productId)
      return { ...edited(before, changes), isVerifiedPurchase: before.isVerifiedPurchase || isBuyer }
    }),
  )
  return withAuthor(app.db, review)
}

/** Removes a review with its votes (V1-237). Refuses `review_not_found`, for those of others too. */
export async function removeReview(app: App, id: number, scope: ReviewScope): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const before = await lockReview(tx, id, scope)
    if (!before) throw missing('review')
    await deleteReview(tx, before)
    noteReviewChange(tx, before.productId, before.status, undefined)
  })
}

/** Makes of a review what `become` says; whoever else changes it waits until the commit. Refuses `review_not_found`. */
export async function changeReview(
  tx: Tx,
  id: number,
  scope: Parameters<typeof lockReview>[2],
  become: (before: StoredReview) => Promise<StoredReview> | StoredReview,
): Promise<StoredReview> {
  const before = await lockReview(tx, id, scope)
  if (!before) throw missing('review')
  const after = await become(before)
  await updateReview(tx, before, after)
  noteReviewChange(tx, after.productId, before.status, after.status)
  return after
}
