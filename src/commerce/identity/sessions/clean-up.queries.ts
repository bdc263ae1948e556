/** All SQL of the clean-up. Each deed has a question beside it, that says what it would do. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

/** What is of no use any more: sessions last used, tokens used or expired, attempts made, at or before these moments. */
export type Bounds = { sessions: Date; tokens: Date; attempts: Date }
export type Leftovers = { sessions: number; tokens: number; attempts: number }

export async function countLeftovers(db: Db, { sessions, tokens, attempts }: Bounds): Promise<Leftovers> {
  const { rows } = await sql<Leftovers>`
    select
      (select count(*) from identity.sessions where last_activity_at <= ${sessions})::int as sessions,
      (select count(*) from identity.one_time_tokens where used_at <= ${tokens} or expires_at <= ${tokens})::int as tokens,
      (select count(*) from identity.security_attempts where attempted_at <= ${attempts})::int as attempts`.execute(db)
  return rows[0]!
}

/** Returns what was removed; of the sessions, those that were active until now are named. */
export async function deleteLeftovers(
  tx: Tx,
  { sessions, tokens, attempts }: Bounds,
): Promise<Leftovers & { expired: { id: string; accountId: number }[] }> {
  const gone = await sql<{ id: string; accountId: number; wasActive: boolean }>`
    delete from identity.sessions where last_activity_at <= ${sessions}
    returning id, account_id, ended_at is null as was_active`.execute(tx)
  const used = await sql`
    delete from identity.one_time_tokens where used_at <= ${tokens} or expires_at <= ${tokens}`.execute(tx)
  await sql`delete from identity.one_time_codes where expires_at <= ${tokens}`.execute(tx)
  await sql`delete from identity.passkey_challenges where expires_at <= ${tokens}`.execute(tx)
  await sql`delete from identity.resend_attempts where attempted_at <= ${attempts}`.execute(tx)
  const old = await sql`delete from identity.security_attempts where attempted_at <= ${attempts}`.execute(tx)
  return {
    sessions: gone.rows.length,
    tokens: Number(used.numAffectedRows),
    attempts: Number(old.numAffectedRows),
    expired: gone.rows.filter((session) => session.wasActive).map(({ id, accountId }) => ({ id, accountId })),
  }
}
