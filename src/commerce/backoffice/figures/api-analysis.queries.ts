/** Tracked requests, looked at together (SF-465). */
import { sql } from 'kysely'
import type { Db } from '#platform/database'
import { matchingOf } from '../listing.queries.ts'
import type { Choice } from '../listing.ts'
import type { Owner } from '../orders.queries.ts'
import { type ApiEventFilters, apiEventListing } from './api-events.queries.ts'
import { OWNER } from './shared-columns.queries.ts'

/** Of more than these the newest are looked at. */
const LOOKED_AT_MAX = 100_000
const TOP = 5

const chosen = (choice: Choice<ApiEventFilters>) => sql`
  select request.happened_at, request.status, request.elapsed_ms, request.account_id, endpoint.path, endpoint.route
  from ${apiEventListing.source} where ${matchingOf(apiEventListing, choice)}
  order by request.happened_at desc limit ${LOOKED_AT_MAX}`

export type EndpointAnalysis = {
  endpoint: string
  requests: number
  /** Between the first and the last, a minute at least. */
  minutes: number
  elapsedMs: number
  errors: number
}

/** What each endpoint had to do; the most asked for first. */
export async function analyzeEndpoints(db: Db, choice: Choice<ApiEventFilters>): Promise<EndpointAnalysis[]> {
  const { rows } = await sql<EndpointAnalysis>`/* once */
    select path as endpoint, count(*)::int as requests,
      greatest(extract(epoch from max(happened_at) - min(happened_at)) / 60, 1)::float8 as minutes, sum(elapsed_ms)::float8 as elapsed_ms,
      count(*) filter (where status >= 400)::int as errors
    from (${chosen(choice)}) chosen group by path order by requests desc, path limit 100`.execute(db)
  return rows
}

export type UserAnalysis = Owner & { requests: number; errors: number; top: { endpoint: string; requests: number }[] }

/** What each user asked for; those without an account together. */
export async function analyzeUsers(db: Db, choice: Choice<ApiEventFilters>): Promise<UserAnalysis[]> {
  const { rows } = await sql<UserAnalysis>`/* once */
    with asked as (
      select account_id, path, count(*)::int as requests, count(*) filter (where status >= 400)::int as errors
      from (${chosen(choice)}) chosen group by account_id, path
    ), ranked as (
      select *, row_number() over (partition by account_id order by requests desc, path) as place from asked
    )
    select ${OWNER}, sum(requests)::int as requests, sum(errors)::int as errors,
      json_agg(json_build_object('endpoint', path, 'requests', requests) order by place) filter (where place <= ${TOP}) as top
    from ranked left join identity.accounts account on account.id = ranked.account_id
    group by ranked.account_id, account.id order by sum(requests) desc limit 100`.execute(db)
  return rows
}
