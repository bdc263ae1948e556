import { type Static, Type } from 'typebox'
import {
  COMMENT_MAX,
  REASON_MAX,
  REVIEW_ORDERS,
  REVIEW_STATUSES,
  type Review,
  type ReviewFilter,
  type ReviewOrder,
  TITLE_MAX,
} from '#commerce/reviews'
import { readFlag, readOrdering } from '../http/filters.ts'
import { PageOf, PageQuery } from '../http/paging.ts'
import { Choice, sent, Time } from '../http/wire.ts'

export const Rating = Type.Integer({ minimum: 1, maximum: 5 })
export const ReviewInputWire = Type.Object({
  rating: Rating,
  title: Type.Optional(Type.String({ maxLength: TITLE_MAX })),
  comment: Type.Optional(Type.String({ maxLength: COMMENT_MAX })),
})
export const ReviewChangesWire = Type.Partial(ReviewInputWire)
export const RejectionWire = Type.Object({
  reason: Type.Optional(Type.String({ maxLength: REASON_MAX, description: 'told to its author alone' })),
})

export const ProductReviewQuery = Type.Object({
  ...PageQuery,
  rating: Type.Optional(Type.Integer({ minimum: 1, maximum: 5, description: '1 to 5' })),
  verified: Type.Optional(
    Type.String({ pattern: '^([Tt]rue|[Ff]alse|[10])?$', description: 'by buyers: true or false' }),
  ),
  ordering: Type.Optional(
    Type.String({ description: `${REVIEW_ORDERS.join(', ')}; with - the other way round. Default: -created_at` }),
  ),
})
type ProductReviews = Static<typeof ProductReviewQuery>

/** An empty filter is none. */
export function toReviewFilter({ rating, verified }: ProductReviews): ReviewFilter {
  return sent({ rating, isVerified: verified ? readFlag('verified', verified) : undefined })
}

const columns = Object.fromEntries(REVIEW_ORDERS.map((name) => [name, name])) as Record<string, ReviewOrder['by']>
export const readReviewOrder = (text: string | undefined): ReviewOrder => readOrdering(text, columns, '-created_at')

export const StaffReviewQuery = Type.Object({ ...PageQuery, status: Type.Optional(Choice(REVIEW_STATUSES)) })

const reviewFields = {
  id: Type.Integer(),
  product: Type.Integer(),
  user: Type.Object({
    id: Type.Integer(),
    display_name: Type.String({ description: 'first name and first letter of the last name', examples: ['Ada L.'] }),
  }),
  rating: Rating,
  title: Type.String(),
  comment: Type.String(),
  is_approved: Type.Boolean({ description: 'only then it is shown, and counts' }),
  is_verified_purchase: Type.Boolean({ description: 'by somebody who has bought the product' }),
  helpful_count: Type.Integer(),
  created_at: Time,
}
const ReviewWire = Type.Object(reviewFields, { title: 'Review' })
export const ReviewPageWire = PageOf(ReviewWire)

/** What its author and staff are told beside. */
export const ModeratedReviewWire = Type.Object(
  { ...reviewFields, status: Choice(REVIEW_STATUSES), rejection_reason: Type.String() },
  { title: 'ModeratedReview' },
)
export const ModeratedReviewPageWire = PageOf(ModeratedReviewWire)

export const HelpfulWire = Type.Object({ helpful_count: Type.Integer() })

export function toReviewWire(review: Review): Static<typeof ReviewWire> {
  return {
    id: review.id,
    product: review.productId,
    user: { id: review.accountId, display_name: review.author },
    rating: review.rating,
    title: review.title,
    comment: review.comment,
    is_approved: review.status === 'approved',
    is_verified_purchase: review.isVerifiedPurchase,
    helpful_count: review.helpfulCount,
    created_at: review.createdAt.toISOString(),
  }
}

export function toModeratedReviewWire(review: Review): Static<typeof ModeratedReviewWire> {
  return { ...toReviewWire(review), status: review.status, rejection_reason: review.rejectionReason }
}
