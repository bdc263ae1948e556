import { type Static, Type } from 'typebox'
import { COMMENT_MAX, REASON_MAX, REVIEW_STATUSES, type Review, TITLE_MAX } from '#commerce/reviews'
import { PageOf, PageQuery } from '../http/paging.ts'
import { Choice, Filled, IdInPath, Time } from '../http/wire.ts'
import { SlugInPath } from './slugs.ts'

export const ReviewInPath = Type.Object({ ...SlugInPath.properties, ...IdInPath.properties })

export const ReviewQuery = Type.Object({
  ...PageQuery,
  /** Heard from staff only. */
  status: Type.Optional(Choice(REVIEW_STATUSES)),
})

const Rating = Type.Integer({ minimum: 1, maximum: 5 })
export const ReviewInputWire = Type.Object({
  rating: Rating,
  title: Filled({ maxLength: TITLE_MAX }),
  comment: Filled({ maxLength: COMMENT_MAX }),
})
export const RejectionWire = Type.Object({
  reason: Type.Optional(Type.String({ maxLength: REASON_MAX, description: 'told to its author alone' })),
})
export const MarkWire = Type.Object({ is_verified_purchase: Type.Boolean() })

/** Nobody is named beyond what a reader wants (NX-006). */
export const ReviewWire = Type.Object(
  {
    id: Type.Integer(),
    user: Type.Object({
      display_name: Type.String({ description: 'first name and first letter of the last name', examples: ['Ada L.'] }),
    }),
    rating: Rating,
    title: Type.String(),
    comment: Type.String(),
    is_verified_purchase: Type.Boolean(),
    is_approved: Type.Boolean(),
    created_at: Time,
  },
  { title: 'NexusReview' },
)
export const ReviewPageWire = PageOf(ReviewWire)

export function toReviewWire(review: Review): Static<typeof ReviewWire> {
  return {
    id: review.id,
    user: { display_name: review.author },
    rating: review.rating,
    title: review.title,
    comment: review.comment,
    is_verified_purchase: review.isVerifiedPurchase,
    is_approved: review.status === 'approved',
    created_at: review.createdAt.toISOString(),
  }
}
