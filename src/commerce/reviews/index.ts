/**
 * Reviews: what buyers think of what they bought, and who found it helpful. Owns the schema "reviews".
 * Invariant: a summary is the number and sum of its product's approved reviews.
 */
export { editReview, removeReview } from './change-review.ts'
export { forgetReviewer } from './forget-reviewer.ts'
export { getReview, listProductReviews, listReviews } from './list-reviews.ts'
export { approveReview, markPurchase, rejectReview } from './moderate-review.ts'
export { listReviewsOf, type ReviewScope } from './queries.ts'
export {
  COMMENT_MAX,
  REASON_MAX,
  REVIEW_ORDERS,
  REVIEW_STATUSES,
  type Review,
  type ReviewContent,
  type ReviewFilter,
  type ReviewOrder,
  type ReviewStatus,
  TITLE_MAX,
} from './review.ts'
export { addReview, type NewReview } from './reviews.ts'
export { submitReview } from './submit-review.ts'
export { voteHelpful } from './vote-helpful.ts'
export { listVotesOf } from './votes.queries.ts'
