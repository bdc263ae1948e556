/**
 * Reviews: what buyers think of what they bought. Owns the schema "reviews".
 * Invariant: a summary is the number and sum of its product's approved reviews.
 */
export { listReviewsOf } from './queries.ts'
export { addReview, type NewReview, type ReviewStatus } from './reviews.ts'
