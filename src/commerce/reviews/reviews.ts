import type { Tx } from '#platform/database'
import { missing, Refusal } from '#platform/refusal.ts'
import { noteReviewChange } from './note-review-change.ts'
import { insertReview, type StoredReview } from './queries.ts'
import type { ReviewContent, ReviewStatus } from './review.ts'

export type NewReview = ReviewContent & {
  productId: number
  accountId: number
  status: ReviewStatus
  isVerifiedPurchase?: boolean
  createdAt: Date
}

/**
 * Adds a review; an approved one counts at once. Refuses a second one by the same account, whatever became of the first
 * (`already_reviewed`), and one of a product that is gone (`product_not_found`).
 */
export async function addReview(tx: Tx, review: NewReview): Promise<StoredReview> {
  const added = await insertReview(tx, review).catch(refuseVanished)
  if (!added) throw new Refusal('conflict', 'already_reviewed', 'This account has reviewed the product already')
  noteReviewChange(tx, review.productId, undefined, review.status)
  return added
}

/** The product was deleted since it was looked at. */
function refuseVanished(error: unknown): never {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  throw code === '23503' && String(constraint).endsWith('_product_id_fkey') ? missing('product') : error
}
