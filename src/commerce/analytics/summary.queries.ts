/** The figures of the current period. Days that are over are read from what is kept, the others from what happened. */
import { sql } from 'kysely'
import type { Db } from '#platform/database'
import type { Days } from './days.ts'

/** From the first moment of a period to the first one after it. */
export const within = (column: string, { from, until }: Days) =>
  sql`${sql.ref(column)} >= ${from}::timestamp at time zone 'UTC' and ${sql.ref(column)} < (${until}::date + 1)::timestamp at time zone 'UTC'`

export type Behaviour = { logins: number; users: number; pageViews: number }

/** Sign-ins; accounts that came since the period began; pages that were looked at. */
export async function readBehaviour(db: Db, days: Days): Promise<Behaviour> {
  const { rows } = await sql<Behaviour>`
    select
      (select count(*) from analytics.user_activities where activity_type = 'LOGIN' and ${within('happened_at', days)}) as logins,
      (select count(*) from analytics.visitors
        where visitor like 'account %' and last_seen_at >= ${days.from}::timestamp at time zone 'UTC') as users,
      (select coalesce(sum(page_views), 0)::bigint from analytics.daily_traffic
        where day between ${days.from} and ${days.until}) as page_views`.execute(db)
  return rows[0]!
}

export type OrderFigures = {
  /** Placed, completed and cancelled in the period, whenever the others of these things were. */
  placed: number
  completed: number
  cancelled: number
  /** Placed in the period and paid, of this currency. */
  paid: number
  revenueMinor: number
}

export async function readOrderFigures(db: Db, days: Days, currency: string): Promise<OrderFigures> {
  const { rows } = await sql<OrderFigures>`
    with told as (
      select milestone, count(*) as number from orders.history
      where milestone is not null and ${within('happened_at', days)} group by milestone
    ), sold as (
      select coalesce(sum(paid), 0)::bigint as paid, coalesce(sum(revenue_minor), 0)::bigint as revenue_minor from analytics.order_days
      where day between ${days.from} and ${days.until} and currency = ${currency}
    )
    select coalesce((select number from told where milestone = 'placed'), 0) as placed,
      coalesce((select number from told where milestone = 'completed'), 0) as completed,
      coalesce((select number from told where milestone = 'cancelled'), 0) as cancelled, sold.*
    from sold`.execute(db)
  return rows[0]!
}

const TOP = 10

export type SearchFigures = {
  searches: number
  queries: number
  results: number
  top: { query: string; count: number }[]
}

export async function readSearchFigures(db: Db, days: Days): Promise<SearchFigures> {
  const { rows } = await sql<SearchFigures>`
    with asked as materialized (
      select plain, (array_agg(query order by day desc))[1] as query, sum(times)::bigint as times, sum(results)::bigint as results
      from browse.daily_queries where day between ${days.from} and ${days.until} group by plain
    )
    select coalesce(sum(times), 0)::bigint as searches, count(*) as queries, coalesce(sum(results), 0)::bigint as results,
      coalesce((
        select json_agg(json_build_object('query', query, 'count', times) order by times desc, query)
        from (select query, times from asked order by times desc, query limit ${TOP}) top
      ), '[]') as top
    from asked`.execute(db)
  return rows[0]!
}

export type RequestFigures = {
  requests: number
  clientErrors: number
  serverErrors: number
  /** All together. */
  elapsedMs: number
  top: { endpoint: string; requests: number }[]
}

export async function readRequestFigures(db: Db, days: Days): Promise<RequestFigures> {
  const { rows } = await sql<RequestFigures>`
    with asked as materialized (
      select route, sum(requests)::bigint as requests, sum(client_errors) as client_errors, sum(server_errors) as server_errors,
        sum(elapsed_ms) as elapsed_ms
      from analytics.daily_requests where day between ${days.from} and ${days.until} group by route
    )
    select coalesce(sum(requests), 0)::bigint as requests, coalesce(sum(client_errors), 0)::bigint as client_errors,
      coalesce(sum(server_errors), 0)::bigint as server_errors, coalesce(sum(elapsed_ms), 0) as elapsed_ms,
      coalesce((
        select json_agg(json_build_object('endpoint', route, 'requests', requests) order by requests desc, route)
        from (select route, requests from asked order by requests desc, route limit ${TOP}) top
      ), '[]') as top
    from asked`.execute(db)
  return rows[0]!
}

export type VisitFigures = {
  visitors: number
  carts: number
  abandonedCarts: number
  customers: number
  /** All that those customers paid, at any time. */
  spentMinor: number
}

/** Of a period that is not over yet: visitors count once in it, carts once a day. */
export async function readVisitFigures(db: Db, days: Days, currency: string): Promise<VisitFigures> {
  const { rows } = await sql<VisitFigures>`
    select
      (select count(*) from analytics.visitors where last_seen_at >= ${days.from}::timestamp at time zone 'UTC') as visitors,
      coalesce(sum(carts), 0)::bigint as carts, coalesce(sum(abandoned_carts), 0)::bigint as abandoned_carts,
      (select count(*) from analytics.customer_values where currency = ${currency}) as customers,
      (select coalesce(sum(spent_minor), 0)::bigint from analytics.customer_values where currency = ${currency}) as spent_minor
    from analytics.visit_days where day between ${days.from} and ${days.until}`.execute(db)
  return rows[0]!
}
