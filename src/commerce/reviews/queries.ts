/** All SQL of the reviews module. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { NewReview } from './reviews.ts'
import type { ReviewsReviews } from './tables.ts'

/** Inserts a review and keeps the summary in step, in one statement. Undefined when the account has one already. */
export async function insertReview(tx: Tx, review: NewReview): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    with added as (
      insert into reviews.reviews
        (product_id, account_id, rating, title, comment, status, is_verified_purchase, created_at)
      values (${review.productId}, ${review.accountId}, ${review.rating}, ${review.title ?? ''}, ${review.comment ?? ''},
        ${review.status}, ${review.isVerifiedPurchase ?? false}, ${review.createdAt})
      on conflict (product_id, account_id) do nothing
      returning id, product_id, rating, status
    ), counted as (
      insert into reviews.summaries as summary (product_id, rating_count, rating_sum)
      select product_id, 1, rating from added where status = 'approved'
      on conflict (product_id) do update
        set rating_count = summary.rating_count + 1, rating_sum = summary.rating_sum + excluded.rating_sum
    )
    select id from added`.execute(tx)
  return rows[0]?.id
}

/** All reviews by an account, oldest first. */
export async function listReviewsOf(db: Db, accountId: number): Promise<Omit<ReviewsReviews, 'accountId'>[]> {
  const { rows } = await sql<Omit<ReviewsReviews, 'accountId'>>`
    select id, product_id, rating, title, comment, status, is_verified_purchase, created_at from reviews.reviews
    where account_id = ${accountId} order by created_at, id`.execute(db)
  return rows
}
