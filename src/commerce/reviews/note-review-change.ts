import { noteChange } from '#platform/changes'
import type { Tx } from '#platform/database'
import type { ReviewStatus } from './review.ts'

/**
 * Notes what a change of one review means to who shows the product: its reviews, and its rating where one more or one less
 * counts. `undefined` is a review that is not there. Nobody sees what is not approved.
 */
export function noteReviewChange(
  tx: Tx,
  productId: number,
  before: ReviewStatus | undefined,
  after: ReviewStatus | undefined,
): void {
  const [was, is] = [before === 'approved', after === 'approved']
  if (was || is) noteChange(tx, `reviews:${productId}`)
  if (was !== is) noteChange(tx, 'products', `product:${productId}`)
}
