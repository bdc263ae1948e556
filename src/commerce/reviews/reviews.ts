import type { Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import { insertReview } from './queries.ts'

export type ReviewStatus = 'pending' | 'approved' | 'rejected'
export type NewReview = {
  productId: number
  accountId: number
  /** 1 to 5. */
  rating: number
  title?: string
  comment?: string
  status: ReviewStatus
  isVerifiedPurchase?: boolean
  createdAt: Date
}

/** Adds a review; an approved one counts at once. Refuses a second one by the same account (`already_reviewed`). */
export async function addReview(tx: Tx, review: NewReview): Promise<{ id: number }> {
  const id = await insertReview(tx, review)
  if (id === undefined)
    throw new Refusal('conflict', 'already_reviewed', 'This account has reviewed the product already')
  return { id }
}
