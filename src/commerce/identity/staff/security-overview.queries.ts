/** All SQL of what staff sees of the shop's security (V1-173). */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database'
import type { Surface } from '../accounts/account.ts'
import type { AttemptType } from '../attempts/attempts.queries.ts'

/** Of longer lists so many can be leafed through, and counted: what is older is found by a filter. */
const LISTED_MAX = 10_000

type Page = { limit: number; offset: number }
type Listed<Row> = { rows: Row[]; count: number }

export type AttemptCount = { type: AttemptType; succeeded: boolean; lastDay: number; lastWeek: number }
export type SecurityCounts = {
  /** Only of the kinds that there were in the week. */
  attempts: AttemptCount[]
  activeSessions: number
  openClaims: number
  /** One-time tokens of letters: three numbers of the last day, and those that could be used now. */
  tokens: { issued: number; used: number; expired: number; open: number }
}
export type SecurityMoments = { now: Date; day: Date; week: Date; cutoff: Date }

export async function countSecurity(db: Db, { now, day, week, cutoff }: SecurityMoments): Promise<SecurityCounts> {
  const { rows } = await sql<SecurityCounts>`
    select
      (select coalesce(jsonb_agg(jsonb_build_object(
          'type', attempt_type, 'succeeded', succeeded, 'lastDay', last_day, 'lastWeek', last_week)), '[]')
        from (
          select attempt_type, succeeded, count(*) filter (where attempted_at > ${day}) as last_day, count(*) as last_week
          from identity.security_attempts where attempted_at > ${week} group by attempt_type, succeeded
        ) counted) as attempts,
      (select count(*) from identity.sessions
        where ended_at is null and last_activity_at > ${cutoff} and expires_at > ${now})::int as active_sessions,
      (select count(*) from identity.security_claims where resolved_at is null)::int as open_claims,
      (select jsonb_build_object(
          'issued', count(*) filter (where created_at > ${day}),
          'used', count(*) filter (where used_at > ${day}),
          'expired', count(*) filter (where used_at is null and expires_at > ${day} and expires_at <= ${now}),
          'open', count(*) filter (where used_at is null and expires_at > ${now}))
        from identity.one_time_tokens) as tokens`.execute(db)
  return rows[0]!
}

export type AttemptFilter = {
  type?: AttemptType
  succeeded?: boolean
  ipAddress?: string
  /** What was typed, or that of the account. */
  email?: string
  from?: Date
  /** Exclusive. */
  until?: Date
}
export type LoggedAttempt = {
  id: number
  attemptType: AttemptType
  succeeded: boolean
  failureReason: string | null
  /** What was typed if it was one; else that of the account; else whatever was typed. */
  email: string | null
  ipAddress: string
  userAgent: string
  attemptedAt: Date
}

/** A page of attempts, newest first. Planned anew for each filter: which index serves depends on it. */
export async function listAttempts(db: Db, filter: AttemptFilter, page: Page): Promise<Listed<LoggedAttempt>> {
  const { type = null, succeeded = null, ipAddress = null, email = null, from = null, until = null } = filter
  const matching = sql`
    (${type}::identity.attempt_type is null or attempt_type = ${type}::identity.attempt_type)
    and (${succeeded}::boolean is null or succeeded = ${succeeded})
    and (${ipAddress}::text is null or ip_address = ${ipAddress})
    and (${email}::text is null or lower(identifier) = lower(${email})
      or account_id = (select id from identity.accounts where lower(email) = lower(${email})))
    and (${from}::timestamptz is null or attempted_at >= ${from})
    and (${until}::timestamptz is null or attempted_at < ${until})`
  const { rows } = await sql<LoggedAttempt>`/* once */
    select attempt.id, attempt_type, succeeded, failure_reason, ip_address, user_agent, attempted_at,
      coalesce(case when identifier like '%@%' then identifier end, account.email, identifier) as email
    from (
      select * from identity.security_attempts where ${matching} order by attempted_at desc, id desc ${cut(page)}
    ) attempt
    left join identity.accounts account on account.id = attempt.account_id
    order by attempted_at desc, attempt.id desc`.execute(db)
  return { rows, count: await countUpTo(db, sql`identity.security_attempts where ${matching}`) }
}

export type ActiveSession = {
  id: string
  accountId: number
  email: string | null
  surface: Surface
  deviceInfo: string
  ipAddress: string
  createdAt: Date
  lastActivityAt: Date
}

/** A page of the active sessions of everybody, those in use first. */
export async function listAllActiveSessions(
  db: Db,
  { cutoff, now }: { cutoff: Date; now: Date },
  page: Page,
): Promise<Listed<ActiveSession>> {
  const active = sql`ended_at is null and last_activity_at > ${cutoff} and expires_at > ${now}`
  const { rows } = await sql<ActiveSession>`
    select session.id, session.account_id, account.email, surface, device_info, ip_address, created_at, last_activity_at
    from (
      select * from identity.sessions where ${active} order by last_activity_at desc, id desc ${cut(page)}
    ) session
    join identity.accounts account on account.id = session.account_id
    order by last_activity_at desc, session.id desc`.execute(db)
  return { rows, count: await countUpTo(db, sql`identity.sessions where ${active}`) }
}

const cut = ({ limit, offset }: Page) => sql`limit ${limit} offset ${Math.min(offset, LISTED_MAX)}`

async function countUpTo(db: Db, source: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`/* once */
    select count(*)::int as count from (select from ${source} limit ${LISTED_MAX}) listed`.execute(db)
  return rows[0]!.count
}
