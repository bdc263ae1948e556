/** What an account was recommended a moment ago (MP-155, MP-156). */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Scored } from './likely.queries.ts'
import type { RecommendationsAlgorithm as Algorithm } from './tables.ts'

/** What was worked out since then, unless the account did something after it. One statement. */
export async function findKept(
  db: Db,
  accountId: number,
  algorithm: Algorithm,
  since: Date,
): Promise<{ picks: Scored[]; generatedAt: Date } | undefined> {
  const { rows } = await sql<{ products: number[]; scores: number[]; generatedAt: Date }>`
    select products, scores, generated_at from recommendations.of_accounts kept
    where account_id = ${accountId} and algorithm = ${algorithm} and generated_at > ${since}
      and not exists (
        select from analytics.interactions
        where account_id = ${accountId} and product_id is not null and happened_at >= kept.generated_at
      )
      and not exists (select from orders.orders where account_id = ${accountId} and placed_at >= kept.generated_at)`.execute(
    db,
  )
  if (!rows[0]) return undefined
  const { products, scores, generatedAt } = rows[0]
  return { picks: products.map((productId, at) => ({ productId, score: scores[at]! })), generatedAt }
}

/** Keeps it in the place of what was there. An account that was closed this moment keeps nothing. */
export async function keepPicks(
  db: Db,
  accountId: number,
  algorithm: Algorithm,
  picks: Scored[],
  now: Date,
): Promise<void> {
  await sql`
    insert into recommendations.of_accounts (account_id, algorithm, products, scores, generated_at)
    select id, ${algorithm}::recommendations.algorithm, ${picks.map(({ productId }) => productId)}::bigint[],
      ${picks.map(({ score }) => score)}::real[], ${now}::timestamptz
    from identity.accounts where id = ${accountId} and closed_at is null
    on conflict (account_id, algorithm) do update
      set products = excluded.products, scores = excluded.scores, generated_at = excluded.generated_at`.execute(db)
}

/** Nothing of it stays with an account that is closed. */
export async function forgetTaste(tx: Tx, accountId: number): Promise<void> {
  await sql`delete from recommendations.of_accounts where account_id = ${accountId}`.execute(tx)
  await sql`delete from recommendations.tastes where person = ${accountId}`.execute(tx)
}

/** What was worked out before then is of no use to anybody. */
export async function purgeKept(tx: Tx, before: Date): Promise<void> {
  await sql`delete from recommendations.of_accounts where generated_at < ${before}`.execute(tx)
}
