/** The searches of shoppers, one by one and added up. */
import { sql } from 'kysely'
import type { Db, TableOfMonths, Tx } from '#platform/database'
import type { Window } from '../selection.queries.ts'

export type Search = {
  /** As it was typed. */
  query: string
  accountId: number | null
  /** Of a visitor who is not signed in. */
  sessionId: string | null
  results: number
  /** What was looked for: product, category or all. */
  kind: 'product' | 'category' | 'all'
  /** By the names that the address has. */
  filters: Record<string, string>
  searchedAt: Date
}
const QUERY_MAX = 200

/** All at once, in the order of the queries, so that two nodes do not deadlock. An account that was closed meanwhile is not named. */
export async function insertSearches(db: Db, searches: Search[]): Promise<void> {
  const came = JSON.stringify(searches.map((search) => ({ ...search, query: search.query.trim().slice(0, QUERY_MAX) })))
  await sql`
    with came as materialized (
      select search.query, browse.plain(search.query) as plain, account.id as account_id, search."sessionId" as session_id,
        search.results, search.kind, search.filters, search."searchedAt" as searched_at
      from jsonb_to_recordset(${came}::jsonb) as search (query text, "accountId" bigint, "sessionId" text, results int,
        kind text, filters jsonb, "searchedAt" timestamptz)
      left join identity.accounts account on account.id = search."accountId" and account.closed_at is null
    ), logged as (
      insert into browse.searches (query, account_id, session_id, results, kind, filters, searched_at)
      select query, account_id, session_id, results, kind, filters, searched_at from came order by searched_at
    ), counted as (
      insert into browse.daily_queries as daily (day, plain, query, times, results)
      select (searched_at at time zone 'UTC')::date as day, plain, (array_agg(query order by searched_at desc))[1], count(*), sum(results)
      from came where plain <> '' group by 1, 2 order by 1, 2
      on conflict (day, plain) do update set query = excluded.query, times = daily.times + excluded.times,
        results = daily.results + excluded.results
    ), asked as (
      insert into browse.askers (plain, account_id)
      select distinct plain, account_id from came where account_id is not null and plain <> '' order by plain, account_id
      on conflict do nothing returning plain
    )
    insert into browse.queries as known (plain, query, times, users, results, last_at)
    select plain, (array_agg(query order by searched_at desc))[1], count(*),
      (select count(*) from asked where asked.plain = came.plain), (array_agg(results order by searched_at desc))[1],
      max(searched_at)
    from came where plain <> '' group by plain order by plain
    on conflict (plain) do update set query = excluded.query, times = known.times + excluded.times,
      users = known.users + excluded.users, results = excluded.results, last_at = excluded.last_at`.execute(db)
}

export type QueryView = { query: string; times: number; users: number; results: number; lastAt: Date }
/** `isFound`: with results the last time, or without. */
export type QueryFilter = { isFound?: boolean; search?: string }

/** What was asked for, most often first. */
export async function listQueries(
  db: Db,
  { isFound, search = '' }: QueryFilter,
  { limit, offset }: Window,
): Promise<{ rows: QueryView[]; count: number }> {
  const found = isFound === undefined ? sql`true` : isFound ? sql`results > 0` : sql`results = 0`
  const where = sql`where ${found} and position(browse.plain(${search}) in plain) > 0`
  const { rows } = await sql<QueryView>`
    select query, times, users, results, last_at from browse.queries ${where}
    order by times desc, plain limit ${limit} offset ${offset}`.execute(db)
  const { rows: counted } = await sql<{ count: number }>`select count(*) as count from browse.queries ${where}`.execute(
    db,
  )
  return { rows, count: counted[0]!.count }
}

/** All that an account searched for, oldest first. */
export async function listSearchesOf(db: Db, accountId: number): Promise<Omit<Search, 'accountId' | 'sessionId'>[]> {
  const { rows } = await sql<Omit<Search, 'accountId' | 'sessionId'>>`
    select query, results, kind, filters, searched_at from browse.searches
    where account_id = ${accountId} order by searched_at, id`.execute(db)
  return rows
}

/** What only this account asked for is not known any more; of the rest it is not known that this one did. */
export async function forgetSearches(tx: Tx, accountId: number): Promise<void> {
  await sql`
    with forgotten as (delete from browse.searches where account_id = ${accountId}),
      gone as (delete from browse.askers where account_id = ${accountId} returning plain),
      unshared as (delete from browse.queries where plain in (select plain from gone) and users <= 1 returning plain),
      uncounted as (delete from browse.daily_queries where plain in (select plain from unshared))
    update browse.queries set users = users - 1 where plain in (select plain from gone) and users > 1`.execute(tx)
}

/** Where searches are, one by one. */
export const searchesByMonth: TableOfMonths = { table: 'browse.searches', moment: 'searched_at' }

/** Forgets queries that nobody repeated since this moment. */
export async function forgetQueriesBefore(tx: Tx, before: Date): Promise<void> {
  await sql`
    with gone as (delete from browse.queries where last_at < ${before} returning plain)
    delete from browse.askers where plain in (select plain from gone)`.execute(tx)
}
