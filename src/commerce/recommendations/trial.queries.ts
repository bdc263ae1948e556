/** A place of its own where what is known of people is learned anew but for their last step, and that step is to be found. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { gatherTastes, type Home, interactionsSince } from './learn.queries.ts'
import { likelyOf } from './likely.queries.ts'

export type TrialInteraction = { person: number; product: number; weight: number; at: Date }
/** Sums over the people asked for: how many found it, and the gain of where. */
export type Found = { people: number; popularHits: number; popularGain: number; likelyHits: number; likelyGain: number }

const patiently = (tx: Tx) =>
  sql`set local statement_timeout = '20min'; set local work_mem = '256MB'`.execute(tx) as Promise<unknown>

export async function openTrial(tx: Tx, home: Home): Promise<void> {
  await sql`create schema ${sql.id(home)}`.execute(tx)
  for (const table of ['tastes', 'audiences', 'of_products']) {
    await sql`create unlogged table ${sql.id(home, table)} (like ${sql.id('recommendations', table)} including all)`.execute(
      tx,
    )
  }
  await sql`create unlogged table ${sql.id(home, 'interactions')} (
    person bigint not null, product_id bigint not null, weight float8 not null, happened_at timestamptz not null,
    line bigint generated always as identity)`.execute(tx)
}

export async function closeTrial(db: Db, home: Home): Promise<void> {
  await sql`/* once */ drop schema if exists ${sql.id(home)} cascade`.execute(db)
}

export async function addInteractions(db: Db, home: Home, interactions: TrialInteraction[]): Promise<void> {
  await sql`
    insert into ${sql.id(home, 'interactions')} (person, product_id, weight, happened_at)
    select * from unnest(${interactions.map(({ person }) => person)}::bigint[],
      ${interactions.map(({ product }) => product)}::bigint[], ${interactions.map(({ weight }) => weight)}::float8[],
      ${interactions.map(({ at }) => at.toISOString())}::timestamptz[])`.execute(db)
}

/** Those of the shop itself. */
export async function copyInteractions(tx: Tx, home: Home, since: Date): Promise<void> {
  await patiently(tx)
  await sql`
    insert into ${sql.id(home, 'interactions')} (person, product_id, happened_at, weight) ${interactionsSince(since)}`.execute(
    tx,
  )
}

export type TrialSize = { people: number; products: number; interactions: number }

export async function measureTrial(tx: Tx, home: Home): Promise<TrialSize> {
  await patiently(tx)
  const { rows } = await sql<TrialSize>`
    select count(distinct person) as people, count(distinct product_id) as products, count(*) as interactions
    from ${sql.id(home, 'interactions')}`.execute(tx)
  return rows[0]!
}

/**
 * Takes the last product of each who has two or more out, and gathers the tastes of what is left. What people have
 * seen, and what is popular, are known without the last step as well.
 */
export async function splitTrial(tx: Tx, home: Home): Promise<void> {
  await patiently(tx)
  // What has the same time is in the order of the lines.
  await sql`
    create unlogged table ${sql.id(home, 'steps')} as
    select person, product_id, weight, happened_at
      + row_number() over (partition by person, happened_at order by line) * interval '1 microsecond' as happened_at
    from ${sql.id(home, 'interactions')}`.execute(tx)
  await sql`
    create unlogged table ${sql.id(home, 'held')} as
    select person, product_id from (
      select person, product_id, row_number() over (partition by person order by max(happened_at) desc, product_id desc) as place,
        count(*) over (partition by person) as products
      from ${sql.id(home, 'steps')} group by person, product_id
    ) liked where place = 1 and products > 1`.execute(tx)
  await sql`alter table ${sql.id(home, 'held')} add primary key (person)`.execute(tx)
  const known: RawBuilder<unknown> = sql`
    select step.* from ${sql.id(home, 'steps')} step
    left join ${sql.id(home, 'held')} held
      on held.person = step.person and held.product_id = step.product_id
    where held.person is null`
  await sql`
    create unlogged table ${sql.id(home, 'seen')} as
    select distinct person, product_id from (${known}) known`.execute(tx)
  await sql`alter table ${sql.id(home, 'seen')} add primary key (person, product_id)`.execute(tx)
  await sql`
    create unlogged table ${sql.id(home, 'standing')} as
    select product_id, row_number() over (order by count(*) desc, product_id) as place
    from ${sql.id(home, 'seen')} group by product_id`.execute(tx)
  await sql`alter table ${sql.id(home, 'standing')} add primary key (place)`.execute(tx)
  await gatherTastes(tx, home, sql`select person, product_id, happened_at, weight from (${known}) known`)
  await sql`analyze ${sql.id(home, 'held')}, ${sql.id(home, 'seen')}, ${sql.id(home, 'standing')}`.execute(tx)
}

/** Who is asked for: all, or so many of them that nobody chose. */
export async function listAsked(db: Db, home: Home, most: number): Promise<number[]> {
  const { rows } = await sql<{ person: number }>`
    select person from ${sql.id(home, 'held')} order by hashint8(person), person limit ${most}`.execute(db)
  return rows.map(({ person }) => person)
}

/** Whether the last product of these people is among the first `k` that are popular, and among the first `k` that they may like. */
export async function findHeld(tx: Tx, home: Home, people: number[], k: number): Promise<Found> {
  await patiently(tx)
  const unseen = sql`not exists (select from ${sql.id(home, 'seen')} seen
    where seen.person = asked.person and seen.product_id = pick.product_id)`
  const { rows } = await sql<Found>`
    with asked as materialized (select unnest(${people}::bigint[]) as person),
    profile as materialized (
      select taste.person, product_id, weight, place from asked join ${sql.id(home, 'tastes')} taste using (person)
    ), likely as (
      select asked.person, pick.product_id, row_number() over (partition by asked.person order by score desc, product_id) as place
      from (${likelyOf(home, sql`select * from profile`)}) pick join asked using (person) where ${unseen}
    ), popular as (
      select asked.person, pick.product_id, row_number() over (partition by asked.person order by pick.place) as place
      from asked cross join lateral (
        select product_id, place from ${sql.id(home, 'standing')} pick where ${unseen} order by place limit ${2 * k}
      ) pick
    ), filled as (
      select person, product_id, row_number() over (partition by person order by rank, place) as place
      from (
        select distinct on (person, product_id) person, product_id, rank, place
        from (
          select person, product_id, 0 as rank, place from likely where place <= ${k}
          union all select person, product_id, 1, place from popular
        ) pick order by person, product_id, rank
      ) pick
    )
    select count(*) as people,
      count(*) filter (where popular.place <= ${k}) as popular_hits,
      coalesce(sum(1 / log(2, popular.place + 1)) filter (where popular.place <= ${k}), 0)::float8 as popular_gain,
      count(*) filter (where filled.place <= ${k}) as likely_hits,
      coalesce(sum(1 / log(2, filled.place + 1)) filter (where filled.place <= ${k}), 0)::float8 as likely_gain
    from asked join ${sql.id(home, 'held')} held using (person)
    left join popular on popular.person = asked.person and popular.product_id = held.product_id
    left join filled on filled.person = asked.person and filled.product_id = held.product_id`.execute(tx)
  return rows[0]!
}
