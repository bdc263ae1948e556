/**
 * What becomes of a review. It is locked by a statement of its own: the next one then sees a summary in which the review
 * counts as it was found. (A check holds against the row that a statement saw first, even if it has to take a newer one.)
 */
import { sql } from 'kysely'
import type { Tx } from '#platform/database'
import { type ReviewScope, reviewColumns, type StoredReview } from './queries.ts'
import { type Moved, moveOf } from './review.ts'

/** Locks a review of this scope, and of this product where one is named. */
export async function lockReview(
  tx: Tx,
  id: number,
  { accountId, productId }: ReviewScope & { productId?: number | undefined },
): Promise<StoredReview | undefined> {
  const { rows } = await sql<StoredReview>`
    select ${reviewColumns} from reviews.reviews review
    where id = ${id} and (${accountId}::bigint is null or account_id = ${accountId})
      and (${productId ?? null}::bigint is null or product_id = ${productId ?? null})
    for update`.execute(tx)
  return rows[0]
}

/** Writes a locked review down as it is now, and moves the summary in the same statement. */
export async function updateReview(tx: Tx, before: StoredReview, after: StoredReview): Promise<void> {
  await sql`
    with changed as (
      update reviews.reviews set rating = ${after.rating}, title = ${after.title}, comment = ${after.comment},
        status = ${after.status}, rejection_reason = ${after.rejectionReason},
        is_verified_purchase = ${after.isVerifiedPurchase}
      where id = ${before.id} and status = ${before.status} returning product_id
    )
    ${moveSummary('changed', moveOf(before, after))}`.execute(tx)
}

/** Removes a locked review with its votes. */
export async function deleteReview(tx: Tx, before: StoredReview): Promise<void> {
  await sql`
    with gone as (
      delete from reviews.reviews where id = ${before.id} and status = ${before.status} returning product_id
    )
    ${moveSummary('gone', moveOf(before, undefined))}`.execute(tx)
}

const moveSummary = (moved: 'changed' | 'gone', { count, stars }: Moved) => sql`
  update reviews.summaries summary
  set rating_count = summary.rating_count + ${count}, rating_sum = summary.rating_sum + ${stars}
  from ${sql.raw(moved)} moved where summary.product_id = moved.product_id and ${count !== 0}`
