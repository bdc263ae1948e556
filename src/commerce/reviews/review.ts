/** The review as an idea: no database, no promises. */
import type { ReviewsReviews } from './tables.ts'

export const REVIEW_STATUSES = ['pending', 'approved', 'rejected'] as const
export type ReviewStatus = (typeof REVIEW_STATUSES)[number]

/** Characters. */
export const TITLE_MAX = 200
export const COMMENT_MAX = 5000
export const REASON_MAX = 1000

/** What its author says. `rating` is a whole number from 1 to 5; texts are kept as they were sent. */
export type ReviewContent = { rating: number; title?: string | undefined; comment?: string | undefined }

/** `author` is what everybody may know of who wrote it. */
export type Review = ReviewsReviews & { author: string }

/** Which reviews a list shows. What is left out does not matter. */
export type ReviewFilter = { productId?: number; status?: ReviewStatus; rating?: number; isVerified?: boolean }

export const REVIEW_ORDERS = ['created_at', 'rating', 'helpful'] as const
/** Equal ones follow their age. */
export type ReviewOrder = { by: (typeof REVIEW_ORDERS)[number]; descending: boolean }
export const NEWEST_FIRST: ReviewOrder = { by: 'created_at', descending: true }

/** What it becomes by an edit: what says something else than before has to be approved anew (V1-237). */
export function edited(before: ReviewsReviews, changes: Partial<ReviewContent>): ReviewsReviews {
  const { rating = before.rating, title = before.title, comment = before.comment } = changes
  const isSame = rating === before.rating && title === before.title && comment === before.comment
  return isSame ? before : { ...before, rating, title, comment, status: 'pending', rejectionReason: '' }
}

export function approved(before: ReviewsReviews): ReviewsReviews {
  return { ...before, status: 'approved', rejectionReason: '' }
}

/** Without another reason, that of an earlier rejection stays. */
export function rejected(before: ReviewsReviews, reason = before.rejectionReason): ReviewsReviews {
  return { ...before, status: 'rejected', rejectionReason: reason }
}

/** By what a summary moves: how many reviews more or fewer, with how many stars. */
export type Moved = { count: number; stars: number }
type Counted = Pick<ReviewsReviews, 'status' | 'rating'>

/** What a change means to the summary; `undefined` is a review that is gone. */
export function moveOf(before: Counted, after: Counted | undefined): Moved {
  const [was, is] = [weightOf(before), weightOf(after)]
  return { count: is.count - was.count, stars: is.stars - was.stars }
}

const weightOf = (review: Counted | undefined): Moved =>
  review?.status === 'approved' ? { count: 1, stars: review.rating } : { count: 0, stars: 0 }

type Names = { firstName: string; lastName: string }

/** First name and first letter of the last name (NX-006): "Ada L."; "Anonymous" for who has none, or has closed the account. */
export function displayNameOf({ firstName, lastName }: Names): string {
  const [first, last] = [firstName.trim(), lastName.trim()]
  const [letter] = last
  if (!first && !letter) return 'Anonymous'
  return [first, letter ? `${letter.toUpperCase()}.` : ''].filter(Boolean).join(' ')
}
