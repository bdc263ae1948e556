/** All SQL of the wishes for another verification mail on the storefront (SF-101). */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

/** How many mails this address was to get since then, whether they left or not. Others who ask for the account wait: it is locked. */
export async function lockAndCountResends(tx: Tx, accountId: number, email: string, since: Date): Promise<number> {
  await sql`select from identity.accounts where id = ${accountId} for no key update`.execute(tx)
  // A statement of its own: one that had waited for the lock would not see what the other one wrote.
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from identity.resend_attempts
    where email = ${email} and attempted_at >= ${since}`.execute(tx)
  return rows[0]!.count
}

export async function insertResend(tx: Tx, email: string, ip: string, now: Date): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into identity.resend_attempts (email, attempted_at, ip_address) values (${email}, ${now}, ${ip})
    returning id`.execute(tx)
  return rows[0]!.id
}

/** What became of it. */
export async function noteResend(db: Db, id: number, succeeded: boolean): Promise<void> {
  await sql`update identity.resend_attempts set succeeded = ${succeeded} where id = ${id}`.execute(db)
}

/** Attempts from before this moment are of no limit any more (SF-101, SF-520). */
export async function purgeResendAttempts(tx: Tx, before: Date): Promise<void> {
  await sql`delete from identity.resend_attempts where attempted_at < ${before}`.execute(tx)
}
