/** What somebody may like, judged by what he did: by what others did who did the same, and by what is alike. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database'
import { HOME, type Home } from './learn.queries.ts'
import { steps } from './steps.queries.ts'
import { FADING, TASTES_MAX } from './weights.ts'

export type Scored = { productId: number; score: number }

/** So many are looked at before what is sold out or bought already is left out. */
const CANDIDATES_MAX = 200
/** So much of what somebody did is read for his tastes: views of one product are many rows. */
const STEPS_MAX = 500
/** Of what is alike only the last few things count: to compare takes longer. */
const ORIGINS_MAX = 5

/** What a taste counts, where it lies so far back. */
const faded = sql`weight * power(${FADING}::float8, place::float8)`

/**
 * Rows of person, product_id and score (0…1) for `profiles`, which are rows of person, product_id, weight and place: neighbours of
 * what each likes, what was liked last before all. What they know already is among them.
 */
export const likelyOf = (home: Home, profiles: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select profile.person, near.product_id, sum(near.score * profile.share)::float8 as score
  from (
    select person, product_id, ${faded} / sum(${faded}) over (partition by person) as share
    from (${profiles}) liked
  ) profile
  join ${sql.id(home, 'of_products')} kin on kin.product_id = profile.product_id
  cross join unnest(kin.products, kin.scores) as near (product_id, score)
  group by profile.person, near.product_id`

/** What an account did lately, product by product, up to this moment. */
const profileOf = (accountId: number): RawBuilder<unknown> => sql`
  select ${accountId}::bigint as person, product_id, weight, row_number() over (order by last desc, product_id desc) - 1 as place
  from (
    select product_id, max(weight) as weight, max(happened_at) as last
    from (
      (${steps.noted} and account_id = ${accountId} order by happened_at desc limit ${STEPS_MAX})
      union all
      (${steps.ordered} and account_id = ${accountId} order by placed_at desc limit ${STEPS_MAX})
    ) step group by product_id
    order by last desc, product_id desc limit ${TASTES_MAX}
  ) liked`

/** What people like who like what this account likes; nothing that it has seen. One statement. */
export async function findLikely(db: Db, accountId: number): Promise<Scored[]> {
  const { rows } = await sql<Scored>`
    with profile as materialized (${profileOf(accountId)})
    select product_id, score from (${likelyOf(HOME, sql`select * from profile`)}) likely
    where product_id not in (select product_id from profile)
    order by score desc, product_id limit ${CANDIDATES_MAX}`.execute(db)
  return rows
}

/** What is like the last things that this account looked at; nothing that it has seen. One statement. */
export async function findAlikeFor(db: Db, accountId: number): Promise<Scored[]> {
  const { rows } = await sql<Scored>`
    with profile as materialized (${profileOf(accountId)})
    ${alike(
      sql`select product_id, ${faded} / sum(${faded}) over () as share
        from profile where place < ${ORIGINS_MAX}`,
      sql`select product_id from profile`,
    )}`.execute(db)
  return rows
}

/** What people liked as well who liked this product. One statement. */
export async function findNeighbours(db: Db, productId: number): Promise<Scored[]> {
  const { rows } = await sql<Scored>`
    select near.product_id, near.score::float8 as score
    from recommendations.of_products kin, unnest(products, scores) with ordinality as near (product_id, score, place)
    where kin.product_id = ${productId} and near.product_id <> ${productId} order by place`.execute(db)
  return rows
}

/** What is like this product. One statement. */
export async function findAlike(db: Db, productId: number): Promise<Scored[]> {
  const origins = sql`select ${productId}::bigint as product_id, 1::float8 as share`
  const { rows } = await sql<Scored>`${alike(origins, sql`select ${productId}::bigint`)}`.execute(db)
  return rows
}

/**
 * Of the same category or brand, the newest of each; as alike as category, brand, price, tags and words of the name make them. At twice
 * the price, or half of it, the price is not alike at all.
 */
const alike = (origins: RawBuilder<unknown>, known: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select other.product_id, sum(origin.share * (
    0.35 * (other.category_id is not distinct from origin.category_id and other.category_id is not null)::int
    + 0.15 * (other.brand_id is not distinct from origin.brand_id and other.brand_id is not null)::int
    + 0.15 * greatest(1 - abs(ln(greatest(other.price_minor, 1)::float8 / greatest(origin.price_minor, 1))) / ln(2::float8), 0)
    + 0.35 * coalesce((
      select count(*) from unnest(tsvector_to_array(other.words)) word where word = any(origin.telling)
    )::float8 / nullif(cardinality(origin.telling), 0), 0)
  ))::float8 as score
  from (
    select document.product_id, category_id, brand_id, price_minor, share,
      array(select word from unnest(tsvector_to_array(words)) word where word ~ '^[nt]:') as telling
    from (${origins}) origin join browse.documents document on document.product_id = origin.product_id
  ) origin
  cross join lateral (
    (
      select product_id, category_id, brand_id, price_minor, words from browse.documents
      where category_id = origin.category_id and is_active order by created_at desc, product_id desc limit 150
    ) union (
      select product_id, category_id, brand_id, price_minor, words from browse.documents
      where brand_id = origin.brand_id and is_active order by created_at desc, product_id desc limit 50
    )
  ) other
  where other.product_id not in (${known})
  group by other.product_id
  order by score desc, other.product_id limit ${CANDIDATES_MAX}`
