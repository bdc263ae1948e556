/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type ReviewsReviewStatus = 'approved' | 'pending' | 'rejected'

export interface ReviewsReviews {
  accountId: number
  comment: string
  createdAt: Date
  helpfulCount: number
  id: number
  isVerifiedPurchase: boolean
  productId: number
  rating: number
  rejectionReason: string
  status: ReviewsReviewStatus
  title: string
}

export interface ReviewsSummaries {
  productId: number
  ratingAverage: number
  ratingCount: number
  ratingSum: number
}

export interface ReviewsVotes {
  accountId: number
  reviewId: number
  votedAt: Date
}
