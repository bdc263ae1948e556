/** What people do: signing in and out, and the pages they look at (SF-386, SF-431, SF-455). */
import { sql } from 'kysely'
import type { Listing } from '../listing.ts'
import type { Owner } from '../orders.queries.ts'
import { isNamed, joinAccount, OWNER, type TimeFilters, timeFilters } from './shared-columns.queries.ts'

export type ActivityRow = Owner & {
  id: number
  activityType: string
  happenedAt: Date
  ipAddress: string | null
  userAgent: string | null
  details: Record<string, unknown>
}
export type ActivityFilters = { activityType: string; accountId: number } & TimeFilters

const accountId = sql`activity.account_id`

export const activityListing: Listing<ActivityRow, ActivityFilters> = {
  source: sql`(
      select id, activity_type, true as is_meant, happened_at, account_id, ip_address, user_agent, details
      from analytics.user_activities
      union all
      select id, 'PAGE_VIEW', kind = 'VIEW', happened_at, account_id, ip_address, user_agent,
        details || case when product_id is null then '{}' else jsonb_build_object('product_id', product_id) end
      from analytics.interactions
    ) activity ${joinAccount(accountId)}`,
  columns: sql<ActivityRow>`activity.id, activity.activity_type, activity.happened_at, ${OWNER}, host(activity.ip_address) as ip_address,
    activity.user_agent, activity.details`,
  id: sql`activity.id`,
  date: sql`activity.happened_at`,
  meant: sql`activity.is_meant`,
  tally: sql`
    select day, page_views as count from analytics.daily_traffic
    where day >= (select min(happened_at) from analytics.interactions)::date
    union all
    select (happened_at at time zone 'UTC')::date, count(*) from analytics.user_activities group by 1`,
  search: (words) => isNamed(accountId, words),
  filters: {
    activityType: (type) => sql`activity.activity_type = ${type}`,
    accountId: (id) => sql`activity.account_id = ${id}`,
    ...timeFilters(sql`activity.happened_at`),
  },
  orderings: { timestamp: sql`activity.happened_at`, activity_type: sql`activity.activity_type` },
}
