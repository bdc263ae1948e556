/** Who found which review helpful. The number is kept with the review, and changed in the statement that changes the votes. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

export type Vote = { productId: number; authorId: number; helpfulCount: number; isNew: boolean }

/** Adds a vote, once, to an approved review by somebody else; what else there is is only told. */
export async function insertVote(tx: Tx, reviewId: number, accountId: number, now: Date): Promise<Vote | undefined> {
  const { rows } = await sql<Vote>`
    with review as (
      select id, product_id, account_id, helpful_count from reviews.reviews
      where id = ${reviewId} and status = 'approved' for no key update
    ), added as (
      insert into reviews.votes (review_id, account_id, voted_at)
      select id, ${accountId}::bigint, ${now}::timestamptz from review where account_id <> ${accountId}
      on conflict (review_id, account_id) do nothing returning review_id
    ), counted as (
      update reviews.reviews voted set helpful_count = voted.helpful_count + 1
      from added where voted.id = added.review_id returning voted.id, voted.helpful_count
    )
    select review.product_id, review.account_id as author_id, counted.id is not null as is_new,
      coalesce(counted.helpful_count, review.helpful_count) as helpful_count
    from review left join counted using (id)`.execute(tx)
  return rows[0]
}

/** All votes of an account, oldest first. */
export async function listVotesOf(db: Db, accountId: number): Promise<{ reviewId: number; votedAt: Date }[]> {
  const { rows } = await sql<{ reviewId: number; votedAt: Date }>`
    select review_id, voted_at from reviews.votes where account_id = ${accountId} order by voted_at, review_id`.execute(
    db,
  )
  return rows
}

/** Takes the votes of an account back; returns the products whose reviews changed. The reviews are locked first, as by a vote. */
export async function deleteVotesOf(tx: Tx, accountId: number): Promise<number[]> {
  const { rows } = await sql<{ productId: number }>`
    with voted as (
      select id from reviews.reviews where id in (select review_id from reviews.votes where account_id = ${accountId})
      order by id for no key update
    ), gone as (
      delete from reviews.votes where account_id = ${accountId} and review_id in (select id from voted)
      returning review_id
    )
    update reviews.reviews review set helpful_count = review.helpful_count - 1
    from gone where review.id = gone.review_id returning review.product_id`.execute(tx)
  return rows.map(({ productId }) => productId)
}

/** The products of which an account has an approved review. */
export async function findReviewedProducts(db: Db, accountId: number): Promise<number[]> {
  const { rows } = await sql<{ productId: number }>`
    select product_id from reviews.reviews where account_id = ${accountId} and status = 'approved'`.execute(db)
  return rows.map(({ productId }) => productId)
}
