/** Requests as they are tracked (SF-415, SF-416). */
import { sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { Db } from '#platform/database'
import type { TakenFigures } from './request-figures.ts'

export type TrackedRequest = {
  happenedAtMs: number
  /** Without its query, and without what is secret in it (SF-418). */
  path: string
  /** The pattern of the route that answered; what belongs to none is told together. */
  route: string
  method: string
  status: number
  elapsedMs: number
  accountId: number | null
  sessionId: string | null
  ip: string | null
  userAgent: string | null
  referer: string | null
  /** What was sent, masked, as JSON. */
  requestData: string | null
  /** What a refusal said. */
  errorMessage: string | null
  requestSize: number
  responseSize: number
  /** Whether it is a visit to the shop: not of staff, not of a machine. */
  isVisit: boolean
}

/** A visitor who is new to two nodes in the same moment may count twice. After so long a silence somebody who comes again makes another visit. */
const VISIT_ENDS_AFTER = '30 minutes'
/** Addresses that this process knows to be written down today. */
const KNOWN_PATHS_MAX = 20_000

/** Writes batches of requests: the rows, and what they add to the figures of their day, together or not at all. */
export function openRequestWriter(db: Db): (requests: TrackedRequest[], figures: TakenFigures) => Promise<void> {
  const known = new LRUCache<string, string>({ max: KNOWN_PATHS_MAX })
  return async (requests, figures) => {
    const fresh = new Map<string, string>()
    const today = new Date(requests.at(-1)!.happenedAtMs).toISOString().slice(0, 10)
    for (const { path, route } of requests) if (known.get(path) !== today) fresh.set(path, route)
    if (fresh.size > 0) await keepEndpoints(db, [...fresh.keys()], [...fresh.values()], today)
    await insertRequests(db, requests, figures)
    for (const path of fresh.keys()) known.set(path, today)
  }
}

/** Each is written down once, and once a day that it is still asked for: until then nobody takes it away. */
async function keepEndpoints(db: Db, paths: string[], routes: string[], today: string): Promise<void> {
  await sql`
    insert into analytics.endpoints as known (path, route, seen_on)
    select path, route, ${today}::date from unnest(${paths}::text[], ${routes}::text[]) as came (path, route) order by path
    on conflict (path) do update set seen_on = excluded.seen_on where known.seen_on < excluded.seen_on`.execute(db)
}

/** Figures are added in the order of their keys, so that two nodes do not deadlock. */
async function insertRequests(db: Db, requests: TrackedRequest[], { routes, visitors }: TakenFigures): Promise<void> {
  await sql`
    with written as (
      insert into analytics.requests (happened_at, endpoint_id, method, status, elapsed_ms, account_id, session_id, ip_address,
        user_agent, referer, request_data, error_message, request_size, response_size)
      select to_timestamp("happenedAtMs" / 1000.0), endpoint.id, method, status, "elapsedMs", account.id,
        case when not is_gone then "sessionId" end, case when not is_gone then ip end, case when not is_gone then "userAgent" end,
        case when not is_gone then referer end, case when not is_gone then "requestData" end,
        case when not is_gone then "errorMessage" end, "requestSize", "responseSize"
      from rows from (json_to_recordset(${JSON.stringify(requests)}::json) as (
        "happenedAtMs" bigint, path text, method text, status smallint, "elapsedMs" real, "accountId" bigint, "sessionId" text, ip inet,
        "userAgent" text, referer text, "requestData" text, "errorMessage" text, "requestSize" int, "responseSize" int
      )) with ordinality as request
      join analytics.endpoints endpoint on endpoint.path = request.path
      left join identity.accounts account on account.id = request."accountId" and account.closed_at is null
      -- Of whoever closed the account meanwhile nothing is kept but that something was asked.
      cross join lateral (select request."accountId" is not null and account.id is null as is_gone) asker
      order by request.ordinality
    ), added as (
      insert into analytics.daily_requests as daily (day, route, requests, client_errors, server_errors, elapsed_ms)
      select day, route, requests, "clientErrors", "serverErrors", "elapsedMs"
      from json_to_recordset(${JSON.stringify(routes)}::json) as route (
        day date, route text, requests bigint, "clientErrors" bigint, "serverErrors" bigint, "elapsedMs" float8)
      order by day, route
      on conflict (day, route) do update set requests = daily.requests + excluded.requests,
        client_errors = daily.client_errors + excluded.client_errors, server_errors = daily.server_errors + excluded.server_errors,
        elapsed_ms = daily.elapsed_ms + excluded.elapsed_ms
    ), seen as materialized (
      select case when is_address then 'address ' || md5(name) else name end as visitor, max(day) as day,
        to_timestamp(max("seenAtMs") / 1000.0) as seen_at
      from json_to_recordset(${JSON.stringify(visitors)}::json) as visitor (
        day date, name text, is_address boolean, "seenAtMs" bigint)
      group by 1
    ), known as materialized (
      select seen.*, before.last_seen_at from seen left join analytics.visitors before on before.visitor = seen.visitor
    ), kept as (
      insert into analytics.visitors as before (visitor, last_seen_at) select visitor, seen_at from seen order by visitor
      on conflict (visitor) do update set last_seen_at = greatest(before.last_seen_at, excluded.last_seen_at)
    )
    insert into analytics.daily_traffic as daily (day, visits, visitors)
    select day, count(*) filter (where last_seen_at is null or seen_at > last_seen_at + ${VISIT_ENDS_AFTER}::interval),
      count(*) filter (where last_seen_at is null or (last_seen_at at time zone 'UTC')::date < day)
    from known group by day order by day
    on conflict (day) do update set visits = daily.visits + excluded.visits, visitors = daily.visitors + excluded.visitors`.execute(
    db,
  )
}
