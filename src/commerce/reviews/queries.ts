/** Reviews as they are read and added. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { ReviewFilter, ReviewOrder } from './review.ts'
import type { NewReview } from './reviews.ts'
import type { ReviewsReviews } from './tables.ts'

export type StoredReview = ReviewsReviews

/** Of a row called `review`. */
export const reviewColumns = sql`review.id, review.product_id, review.account_id, review.rating, review.title, review.comment,
  review.status, review.rejection_reason, review.is_verified_purchase, review.helpful_count, review.created_at`

/**
 * Inserts a review and keeps the summary in step, in one statement. Undefined when the account has one already. A summary that
 * is there stays unlocked by one that does not count: who deletes the product waits for nobody that waits for the product.
 */
export async function insertReview(tx: Tx, review: NewReview): Promise<StoredReview | undefined> {
  const counts = review.status === 'approved'
  const onKnown = counts
    ? sql`do update set rating_count = summary.rating_count + 1, rating_sum = summary.rating_sum + excluded.rating_sum`
    : sql`do nothing`
  const { rows } = await sql<StoredReview>`
    with added as (
      insert into reviews.reviews as review
        (product_id, account_id, rating, title, comment, status, is_verified_purchase, created_at)
      values (${review.productId}, ${review.accountId}, ${review.rating}, ${review.title ?? ''}, ${review.comment ?? ''},
        ${review.status}, ${review.isVerifiedPurchase ?? false}, ${review.createdAt})
      on conflict (product_id, account_id) do nothing
      returning ${reviewColumns}
    ), counted as (
      insert into reviews.summaries as summary (product_id, rating_count, rating_sum)
      select product_id, ${counts ? 1 : 0}::int, ${counts ? sql`rating` : 0}::int from added
      on conflict (product_id) ${onKnown}
    )
    select * from added`.execute(tx)
  return rows[0]
}

/** Who looks: an account sees its own reviews; `accountId: null` is staff and sees all. */
export type ReviewScope = { accountId: number | null }

export async function findReview(db: Db, id: number, { accountId }: ReviewScope): Promise<StoredReview | undefined> {
  const { rows } = await sql<StoredReview>`
    select ${reviewColumns} from reviews.reviews review
    where id = ${id} and (${accountId}::bigint is null or account_id = ${accountId})`.execute(db)
  return rows[0]
}

/**
 * A page of reviews, each with the number of all that match. Without rows there is no number: the page is past the end, or
 * nothing matches. Which are shown is decided along an index; only those are fetched. One statement.
 */
export async function findReviewPage(
  db: Db,
  filter: ReviewFilter,
  order: ReviewOrder,
  { limit, offset }: { limit: number; offset: number },
): Promise<(StoredReview & { count: number })[]> {
  const matching = conditionsOf(filter)
  // A plan that is kept would not know how many match; only the usual page is worth one.
  const once = isUsual(filter) ? sql`` : sql`/* once */`
  const { rows } = await sql<StoredReview & { count: number }>`${once}
    select ${reviewColumns}, (${countOf(filter, matching)}) as count
    from unnest(array(
      select id from reviews.reviews where ${matching} order by ${sorted(order)} limit ${limit} offset ${offset}
    )) with ordinality as page (id, place)
    join reviews.reviews review on review.id = page.id
    order by page.place`.execute(db)
  return rows
}

function conditionsOf({ productId, status, rating, isVerified }: ReviewFilter): RawBuilder<unknown> {
  const conditions = [
    productId !== undefined && sql`product_id = ${productId}`,
    // In the text, so that the indexes of approved ones are seen to fit.
    status !== undefined && sql`status = ${sql.lit(status)}`,
    rating !== undefined && sql`rating = ${rating}`,
    isVerified !== undefined && (isVerified ? sql`is_verified_purchase` : sql`not is_verified_purchase`),
  ].filter((condition) => condition !== false)
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`
}

/** Of a product's approved reviews the number is kept. */
function countOf(filter: ReviewFilter, matching: RawBuilder<unknown>): RawBuilder<unknown> {
  return isUsual(filter)
    ? sql`select rating_count from reviews.summaries where product_id = ${filter.productId}`
    : sql`select count(*) from reviews.reviews where ${matching}`
}

const isUsual = ({ productId, status, rating, isVerified }: ReviewFilter): boolean =>
  productId !== undefined && status === 'approved' && rating === undefined && isVerified === undefined

const keys = { created_at: ['created_at', 'id'], rating: ['rating', 'created_at', 'id'] } as const
const keysOf: Record<ReviewOrder['by'], readonly string[]> = {
  ...keys,
  helpful: ['helpful_count', ...keys.created_at],
}

function sorted({ by, descending }: ReviewOrder): RawBuilder<unknown> {
  return sql.raw(keysOf[by].map((key) => `${key} ${descending ? 'desc' : 'asc'}`).join(', '))
}

/** All reviews by an account, oldest first. */
export async function listReviewsOf(db: Db, accountId: number): Promise<Omit<StoredReview, 'accountId'>[]> {
  const { rows } = await sql<Omit<StoredReview, 'accountId'>>`
    select id, product_id, rating, title, comment, status, rejection_reason, is_verified_purchase, helpful_count, created_at
    from reviews.reviews where account_id = ${accountId} order by created_at, id`.execute(db)
  return rows
}
