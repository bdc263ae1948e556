/** All SQL of sessions. A session is active while it has not ended and was used after the cutoff (V1-111). */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Surface } from '../accounts/account.ts'
import type { TokenIds } from './tokens.ts'

export type EndReason =
  | 'signed_out'
  | 'deactivated'
  | 'evicted'
  | 'expired'
  | 'refresh_reuse'
  | 'suspicious_activity'
  | 'password_changed'
  | 'second_factor_changed'
  | 'account_disabled'
  | 'account_closed'
  | 'ended_by_staff'
export type Session = { id: string; deviceInfo: string; ipAddress: string; createdAt: Date; lastActivityAt: Date }
export type NewSession = TokenIds & {
  accountId: number
  surface: Surface
  deviceInfo: string
  userAgent: string
  ipAddress: string
  /** It ends then, however much it is used. */
  expiresAt: Date
}

/**
 * Opens a session. Of the sessions of that surface only the newest `keep` stay beside it; idle ones go first. Tells which had
 * to go, and from how many addresses the sessions of that surface come that were opened after `recently`, this one among them.
 * The caller holds the lock on the account, so that two who sign in at once do not both leave the same ones.
 */
export async function insertSession(
  tx: Tx,
  session: NewSession,
  keep: number | null,
  { cutoff, recently }: { cutoff: Date; recently: Date },
  now: Date,
) {
  const { rows } = await sql<{ id: string; evicted: string[]; addresses: number }>`
    with surplus as (
      select id from identity.sessions
      where ${keep}::int is not null and account_id = ${session.accountId} and surface = ${session.surface} and ended_at is null
      order by (last_activity_at > ${cutoff}) desc, created_at desc, id desc offset coalesce(${keep}::int, 0)
    ), evicted as (
      update identity.sessions set ended_at = ${now}, end_reason = 'evicted'
      where id in (select id from surplus) and ended_at is null returning id
    )
    insert into identity.sessions (account_id, surface, refresh_jti, access_jti, device_info, user_agent, ip_address,
      created_at, last_activity_at, expires_at)
    values (${session.accountId}, ${session.surface}, ${session.refreshJti}, ${session.accessJti}, ${session.deviceInfo},
      ${session.userAgent}, ${session.ipAddress}, ${now}, ${now}, ${session.expiresAt})
    returning id, (select coalesce(array_agg(id::text), '{}') from evicted) as evicted,
      (select count(distinct ip_address) from (
        select ip_address from identity.sessions
        where account_id = ${session.accountId} and surface = ${session.surface} and created_at > ${recently}
        union all select ${session.ipAddress}) recent)::int as addresses`.execute(tx)
  return rows[0]!
}

export type Standing = {
  email: string | null
  firstName: string
  lastName: string
  phone: string | null
  isActive: boolean
  isDisabled: boolean
  isSeller: boolean
  isStaff: boolean
  isSuperuser: boolean
  /** Null where the row of the session is gone. */
  lastActivityAt: Date | null
  endedAt: Date | null
  refreshJti: string | null
  isOver: boolean | null
  /** Only looked up where the row is gone. */
  hasOtherSession: boolean | null
}

/**
 * What there is to know of the holder of a token, and notes that its session is used, unless that was noted after `touched`
 * (V1-110). One statement.
 */
export async function findStanding(
  db: Db,
  accountId: number,
  sessionId: string,
  { cutoff, touched, now }: { cutoff: Date; touched: Date; now: Date },
): Promise<Standing | undefined> {
  const { rows } = await sql<Standing>`
    with used as (
      update identity.sessions set last_activity_at = ${now}
      where id = ${sessionId} and account_id = ${accountId} and ended_at is null
        and last_activity_at > ${cutoff} and last_activity_at <= ${touched}
    )
    select account.email, account.first_name, account.last_name, account.phone, account.is_active, account.disabled_at is not null as is_disabled, account.is_seller,
      account.is_staff, account.is_superuser, session.last_activity_at, session.ended_at, session.refresh_jti, session.expires_at <= ${now} as is_over,
      case when session.id is null then exists (
        select from identity.sessions other
        where other.account_id = account.id and other.ended_at is null and other.last_activity_at > ${cutoff}
      ) end as has_other_session
    from identity.accounts account
    left join identity.sessions session on session.id = ${sessionId} and session.account_id = account.id
    where account.id = ${accountId}`.execute(db)
  return rows[0]
}

/** Which of these sessions are open, and in use. It does not count as their use. One statement. */
export async function findOpenSessions(db: Db, sessionIds: string[], cutoff: Date, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select session.id from identity.sessions session join identity.accounts account on account.id = session.account_id
    where session.id = any(${sessionIds}::uuid[]) and session.ended_at is null and session.last_activity_at > ${cutoff}
      and session.expires_at > ${now} and account.is_active and account.disabled_at is null`.execute(db)
  return rows.map(({ id }) => id)
}

/**
 * Replaces the tokens of a session, if the given one is its current refresh token. The row is locked and then looked at
 * again, so that of two who come with the same token one finds it replaced; the account first, as everywhere. Nothing where the condition does not hold.
 */
export async function rotateTokens(
  tx: Tx,
  holder: { accountId: number; sessionId: string; jti: string },
  ids: TokenIds,
  cutoff: Date,
  now: Date,
): Promise<{ surface: Surface } | undefined> {
  const { rows } = await sql<{ surface: Surface }>`
    with account as (
      select id from identity.accounts where id = ${holder.accountId} and is_active for no key update
    )
    update identity.sessions session
    set refresh_jti = ${ids.refreshJti}, access_jti = ${ids.accessJti}, last_activity_at = ${now}
    from account
    where session.id = ${holder.sessionId} and session.account_id = ${holder.accountId}
      and session.refresh_jti = ${holder.jti} and session.ended_at is null and session.last_activity_at > ${cutoff}
      and session.expires_at > ${now} and account.id = session.account_id
    returning session.surface`.execute(tx)
  return rows[0]
}

/** Whether a refresh token that was not taken belongs to an active session of an active account; nothing where the row is gone. */
export async function findSessionState(db: Db, accountId: number, sessionId: string, cutoff: Date, now: Date) {
  const { rows } = await sql<{ isActive: boolean; surface: Surface }>`
    select session.ended_at is null and session.last_activity_at > ${cutoff} and session.expires_at > ${now}
        and account.is_active as is_active, session.surface
    from identity.sessions session join identity.accounts account on account.id = session.account_id
    where session.id = ${sessionId} and session.account_id = ${accountId}`.execute(db)
  return rows[0]
}

/** Ends these sessions of an account as far as they are active; with `refreshJti` only where it is the current one. Returns the ended. */
export async function endSessions(
  tx: Tx,
  accountId: number,
  ids: string[],
  reason: EndReason,
  now: Date,
  cutoff: Date,
  refreshJti: string | null = null,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update identity.sessions set ended_at = ${now}, end_reason = ${reason}
    where id = any(${ids}::uuid[]) and account_id = ${accountId} and ended_at is null and last_activity_at > ${cutoff}
      and (${refreshJti}::text is null or refresh_jti = ${refreshJti})
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Marks a session that was left alone for too long, or is too old, as ended; says whether it was this call that did it. */
export async function expireSession(db: Db, sessionId: string, cutoff: Date, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update identity.sessions set ended_at = ${now}, end_reason = 'expired'
    where id = ${sessionId} and ended_at is null and (last_activity_at <= ${cutoff} or expires_at <= ${now}) returning id`.execute(
    db,
  )
  return rows.length > 0
}

/** Ends all active sessions of an account but one; with `surface` only those of that surface. Returns the ended. */
export async function endAllSessionsExcept(
  tx: Tx,
  accountId: number,
  sessionId: string | null,
  { reason, surface = null }: { reason: EndReason; surface?: Surface | null },
  now: Date,
  cutoff: Date,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update identity.sessions set ended_at = ${now}, end_reason = ${reason}
    where account_id = ${accountId} and id is distinct from ${sessionId}::uuid and ended_at is null and last_activity_at > ${cutoff}
      and (${surface}::identity.surface is null or surface = ${surface})
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The active sessions of an account, newest first. */
export async function listActiveSessions(db: Db, accountId: number, cutoff: Date, now: Date): Promise<Session[]> {
  const { rows } = await sql<Session>`
    select id, device_info, ip_address, created_at, last_activity_at from identity.sessions
    where account_id = ${accountId} and ended_at is null and last_activity_at > ${cutoff} and expires_at > ${now}
    order by created_at desc, id desc`.execute(db)
  return rows
}

export async function countSessionsOf(
  db: Db,
  accountId: number,
  cutoff: Date,
  now: Date,
): Promise<{ active: number; total: number }> {
  const { rows } = await sql<{ active: number; total: number }>`
    select count(*) filter (where ended_at is null and last_activity_at > ${cutoff} and expires_at > ${now})::int as active,
      count(*)::int as total
    from identity.sessions where account_id = ${accountId}`.execute(db)
  return rows[0]!
}

/** Whose session it is, ended or not. */
export async function findSessionHolder(db: Db, sessionId: string): Promise<number | undefined> {
  const { rows } = await sql<{ accountId: number }>`
    select account_id from identity.sessions where id = ${sessionId}`.execute(db)
  return rows[0]?.accountId
}

/** Ends up to `count` active sessions of anybody that were opened until then. Returns the ended. */
export async function endSomeSessions(
  tx: Tx,
  reason: EndReason,
  { openedUntil, cutoff, count }: { openedUntil: Date; cutoff: Date; count: number },
  now: Date,
): Promise<{ id: string; accountId: number }[]> {
  const { rows } = await sql<{ id: string; accountId: number }>`
    update identity.sessions set ended_at = ${now}, end_reason = ${reason}
    where id in (
      select id from identity.sessions
      where ended_at is null and created_at <= ${openedUntil} and last_activity_at > ${cutoff} limit ${count} for update
    )
    returning id, account_id`.execute(tx)
  return rows
}

export async function isSessionOpen(db: Db, sessionId: string): Promise<boolean> {
  const { rows } = await sql`
    select from identity.sessions where id = ${sessionId} and ended_at is null`.execute(db)
  return rows.length > 0
}
