import { type Static, Type } from 'typebox'
import { COMMENT_MAX, type Review, TITLE_MAX } from '#commerce/reviews'
import { Ok } from '../http/envelope.ts'
import { PageOf } from '../http/paging.ts'
import { Time } from '../http/wire.ts'

const Rating = Type.Integer({ minimum: 1, maximum: 5 })
export const ReviewInputWire = Type.Object(
  {
    rating: Rating,
    comment: Type.Optional(Type.String({ maxLength: COMMENT_MAX })),
    title: Type.Optional(Type.String({ maxLength: TITLE_MAX })),
  },
  { title: 'SharedReviewInput' },
)

/** Nobody is named beyond what a reader wants (NX-006). */
const ReviewWire = Type.Object(
  {
    id: Type.Integer(),
    product: Type.Integer(),
    user: Type.Object({
      display_name: Type.String({ description: 'first name and first letter of the last name', examples: ['Ada L.'] }),
    }),
    rating: Rating,
    title: Type.String(),
    comment: Type.String(),
    is_approved: Type.Boolean({ description: 'only then it is shown, and counts' }),
    is_verified_purchase: Type.Boolean({ description: 'by somebody who has bought the product' }),
    helpful_count: Type.Integer(),
    created_at: Time,
  },
  { title: 'SharedReview' },
)
export const ReviewPageWire = PageOf(ReviewWire)
export const ReviewAnswerWire = Ok(ReviewWire)

export function toReviewWire(review: Review): Static<typeof ReviewWire> {
  return {
    id: review.id,
    product: review.productId,
    user: { display_name: review.author },
    rating: review.rating,
    title: review.title,
    comment: review.comment,
    is_approved: review.status === 'approved',
    is_verified_purchase: review.isVerifiedPurchase,
    helpful_count: review.helpfulCount,
    created_at: review.createdAt.toISOString(),
  }
}
