import { findProductId, type Handle } from '#commerce/browse'
import { findNames } from '#commerce/identity'
import type { Db } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import { findReview, findReviewPage, type ReviewScope, type StoredReview } from './queries.ts'
import { displayNameOf, NEWEST_FIRST, type Review, type ReviewFilter, type ReviewOrder } from './review.ts'

type Window = { limit: number; offset: number }
type Listed = { rows: Review[]; count: number }

/**
 * A page of the reviews of a product (V1-235, NX-090, MP-072); approved ones unless another status is asked for, which only
 * staff may. Refuses `product_not_found`; a hidden product is found with `seesAll` only. Three statements.
 */
export async function listProductReviews(
  db: Db,
  product: { handle: Handle; seesAll: boolean },
  filter: Omit<ReviewFilter, 'productId'>,
  window: Window,
  order: ReviewOrder = NEWEST_FIRST,
): Promise<Listed> {
  const productId = await getProductId(db, product.handle, product.seesAll)
  return listReviews(db, { status: 'approved', ...filter, productId }, window, order)
}

/** A page of reviews, and how many match; past the end the number is 0 as well. Two statements (V1-238). */
export async function listReviews(
  db: Db,
  filter: ReviewFilter,
  window: Window,
  order: ReviewOrder = NEWEST_FIRST,
): Promise<Listed> {
  const found = await findReviewPage(db, filter, order, window)
  const rows = await withAuthors(
    db,
    found.map(({ count: _, ...review }) => review),
  )
  return { rows, count: found[0]?.count ?? 0 }
}

/** A review, for its author and for staff; refuses `review_not_found`, which is also what a stranger gets. */
export async function getReview(db: Db, id: number, scope: ReviewScope): Promise<Review> {
  const review = await findReview(db, id, scope)
  if (!review) throw missing('review')
  return withAuthor(db, review)
}

/** Refuses `product_not_found`; a hidden product is found with `seesAll` only. */
export async function getProductId(db: Db, handle: Handle, seesAll: boolean): Promise<number> {
  const id = await findProductId(db, handle, seesAll)
  if (id === undefined) throw missing('product')
  return id
}

export async function withAuthor(db: Db, review: StoredReview): Promise<Review> {
  const [told] = await withAuthors(db, [review])
  return told!
}

async function withAuthors(db: Db, reviews: StoredReview[]): Promise<Review[]> {
  if (reviews.length === 0) return []
  const names = await findNames(
    db,
    reviews.map(({ accountId }) => accountId),
  )
  return reviews.map((review) => ({ ...review, author: displayNameOf(names.get(review.accountId)!) }))
}
