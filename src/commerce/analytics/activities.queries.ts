/** Who came and who left (SF-431). */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { AnalyticsUserActivities } from './tables.ts'

export type Activity = Omit<AnalyticsUserActivities, 'id'>

/** Writes down an activity; not again for the same event. */
export async function insertActivity(tx: Tx, activity: Activity): Promise<void> {
  await sql`
    with came as (
      insert into analytics.visitors as known (visitor, last_seen_at)
      select 'account ' || ${activity.accountId}::text, ${activity.happenedAt}::timestamptz where ${activity.activityType} = 'LOGIN'
      on conflict (visitor) do update set last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at)
    )
    insert into analytics.user_activities
      (event_id, account_id, activity_type, surface, ip_address, user_agent, details, happened_at)
    values (${activity.eventId}, ${activity.accountId}, ${activity.activityType}, ${activity.surface}, nullif(${activity.ipAddress}, '')::inet,
      ${activity.userAgent}, ${JSON.stringify(activity.details)}::jsonb, ${activity.happenedAt})
    on conflict (event_id, happened_at) do nothing`.execute(tx)
}

export type ToldActivity = Omit<Activity, 'eventId' | 'accountId'>

/** All that an account did, oldest first. */
export async function listActivitiesOf(db: Db, accountId: number): Promise<ToldActivity[]> {
  const { rows } = await sql<ToldActivity>`
    select activity_type, surface, host(ip_address) as ip_address, user_agent, details, happened_at from analytics.user_activities
    where account_id = ${accountId} order by happened_at, id`.execute(db)
  return rows
}
