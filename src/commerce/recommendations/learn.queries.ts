/**
 * Item to item: what the people who liked a product liked as well, by the cosine of who liked it. `home` is the schema where it is
 * worked out: the shop's own, or that of a trial.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { steps } from './steps.queries.ts'
import { BELIEVED_HALF, NEIGHBOURS_MAX, TASTES_MAX } from './weights.ts'

/** Nobody waits for it; a shop of ten million interactions takes a minute. */
const PATIENCE = sql`set local statement_timeout = '20min'`
const ROOM = sql`set local work_mem = '256MB'`

export type Home = string
export const HOME: Home = 'recommendations'

/** Rows of person, product_id, happened_at and weight, of the shop's accounts and visitors. */
export const interactionsSince = (since: Date): RawBuilder<unknown> => sql`
  select coalesce(account_id, -1 - (hashtextextended(session_id, 0) & 4611686018427387903)) as person, product_id, happened_at, weight
  from (
    ${steps.noted} and happened_at >= ${since} and (account_id is not null or session_id is not null)
    union all ${steps.ordered} and placed_at >= ${since} and account_id is not null
  ) step`

/** Forgets the tastes. In a transaction of its own: whoever closes an account meanwhile waits for this lock, and not for the gathering. */
export async function clearTastes(tx: Tx): Promise<void> {
  await sql`truncate recommendations.tastes, recommendations.audiences`.execute(tx)
}

/** Fills the empty tastes from rows of person, product_id, happened_at and weight. */
export async function gatherTastes(tx: Tx, home: Home, interactions: RawBuilder<unknown>): Promise<void> {
  await PATIENCE.execute(tx)
  await ROOM.execute(tx)
  await sql`
    with liked as (
      select person, product_id, max(weight) as weight, max(happened_at) as last
      from (${interactions}) interaction group by person, product_id
    ), placed as (
      select *, row_number() over (partition by person order by last desc, product_id desc) - 1 as place from liked
    )
    insert into ${sql.id(home, 'tastes')} (person, place, product_id, weight)
    select person, place, product_id, weight
    from placed where place < ${TASTES_MAX}
    order by person, place`.execute(tx)
  await sql`
    insert into ${sql.id(home, 'audiences')} (product_id, people, norm)
    select product_id, count(*), sqrt(sum(weight::float8 ^ 2)) from ${sql.id(home, 'tastes')} group by product_id`.execute(
    tx,
  )
}

/** Once a run: the planner knows nothing of tables that were just made. */
export async function analyzeTastes(db: Db, home: Home): Promise<void> {
  await sql`/* once */ analyze ${sql.id(home, 'tastes')}, ${sql.id(home, 'audiences')}`.execute(db)
}

/** Products in the order of their ids with how many people like each: what is reckoned of one grows with that. */
export async function listAudiences(db: Db, home: Home): Promise<{ productId: number; people: number }[]> {
  const { rows } = await sql<{ productId: number; people: number }>`
    select product_id, people from ${sql.id(home, 'audiences')} order by product_id`.execute(db)
  return rows
}

/**
 * The neighbours of these products, written whole. What somebody liked one right after the other counts more than what lies far
 * apart; and what few have in common counts less than what many have.
 */
export async function learnNeighbours(tx: Tx, home: Home, productIds: number[], now: Date): Promise<void> {
  await PATIENCE.execute(tx)
  await ROOM.execute(tx)
  await sql`
    with pair as (
      select mine.product_id, other.product_id as other_id, count(*) as common,
        sum(mine.weight::float8 * other.weight / (1 + abs(mine.place - other.place))) as dot
      from ${sql.id(home, 'tastes')} mine join ${sql.id(home, 'tastes')} other
        on other.person = mine.person and other.place <> mine.place
      where mine.product_id = any(${productIds}::bigint[])
      group by mine.product_id, other.product_id
    ), scored as (
      select pair.product_id, other_id,
        least(dot / (mine.norm * other.norm) * common / (common + ${BELIEVED_HALF}::float8), 1) as score
      from pair join ${sql.id(home, 'audiences')} mine on mine.product_id = pair.product_id
      join ${sql.id(home, 'audiences')} other on other.product_id = other_id
    ), placed as (
      select *, row_number() over (partition by product_id order by score desc, other_id) as place from scored
    )
    insert into ${sql.id(home, 'of_products')} (product_id, products, scores, generated_at)
    select product_id, array_agg(other_id order by place), array_agg(score::real order by place), ${now}::timestamptz
    from placed where place <= ${NEIGHBOURS_MAX} group by product_id
    ${home === HOME ? sql`having exists (select from catalog.products where id = product_id)` : sql``}
    on conflict (product_id) do update
      set products = excluded.products, scores = excluded.scores, generated_at = excluded.generated_at`.execute(tx)
}

/** What this run had nothing for is nobody's neighbour any more. */
export async function dropOlder(tx: Tx, home: Home, before: Date): Promise<void> {
  await sql`delete from ${sql.id(home, 'of_products')} where generated_at < ${before}`.execute(tx)
}

/** About how many interactions the shop has; no row is counted. */
export async function estimateInteractions(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select coalesce(sum(greatest(reltuples, 0)), 0)::bigint as count from pg_class
    where oid in (select relid from pg_partition_tree('analytics.interactions') where isleaf)`.execute(db)
  return rows[0]!.count
}
