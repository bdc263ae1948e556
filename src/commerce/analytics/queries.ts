/** All SQL of analytics. */
import { sql } from 'kysely'
import type { Tx } from '#platform/database'
import type { AnalyticsUserActivities } from './tables.ts'

export type Activity = Omit<AnalyticsUserActivities, 'id'>

/** Writes down an activity; not again for the same event. */
export async function insertActivity(tx: Tx, activity: Activity): Promise<void> {
  await sql`
    insert into analytics.user_activities
      (event_id, account_id, activity_type, surface, ip_address, user_agent, details, happened_at)
    values (${activity.eventId}, ${activity.accountId}, ${activity.activityType}, ${activity.surface}, ${activity.ipAddress},
      ${activity.userAgent}, ${JSON.stringify(activity.details)}::jsonb, ${activity.happenedAt})
    on conflict (event_id) do nothing`.execute(tx)
}
