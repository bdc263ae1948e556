/** Visits, carts and buyers by day, week or month (SF-434, SF-458). */
import { sql } from 'kysely'
import type { Listing } from '../listing.ts'
import { dayFilters, type TimeFilters } from './shared-columns.queries.ts'

export type VisitDayRow = {
  id: number
  day: string
  visits: number
  visitors: number
  paidOrders: number
  carts: number
  abandonedCarts: number
  newCustomers: number
  returningCustomers: number
}
export type VisitDayFilters = TimeFilters
export type Span = 'day' | 'week' | 'month'

/** Days, or weeks from Monday and months: `day` is the first one then. A visitor of two days counts on both. */
export function visitListing(span: Span): Listing<VisitDayRow, VisitDayFilters> {
  return {
    source: sql`(
      select date_trunc(${sql.lit(span)}, day)::date as day, sum(visits)::bigint as visits, sum(visitors)::bigint as visitors,
        sum(carts)::bigint as carts, sum(abandoned_carts)::bigint as abandoned_carts, sum(new_customers)::bigint as new_customers,
        sum(returning_customers)::bigint as returning_customers, sum(paid)::bigint as paid_orders
      from analytics.visit_days visits
      left join (select day, sum(paid) as paid from analytics.order_days group by day) orders using (day)
      group by 1
    ) daily`,
    columns: sql<VisitDayRow>`(daily.day - date '2000-01-01')::bigint as id, daily.day, daily.visits, daily.visitors,
      coalesce(daily.paid_orders, 0)::bigint as paid_orders, daily.carts, daily.abandoned_carts, daily.new_customers,
      daily.returning_customers`,
    id: sql`(daily.day - date '2000-01-01')::bigint`,
    date: sql`(daily.day::timestamp at time zone 'UTC')`,
    search: (words) => sql`daily.day::text like ${`${words}%`}`,
    filters: {
      ...dayFilters(sql`daily.day`),
    },
    orderings: { date: sql`daily.day`, total_visitors: sql`daily.visits`, unique_visitors: sql`daily.visitors` },
  }
}
