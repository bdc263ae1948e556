/** All SQL of accounts that their owners close (V1-151). */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

type Closing = {
  id: number
  email: string | null
  username: string | null
  phone: string | null
  isSuperuser: boolean
  isActive: boolean
}

/**
 * Locks an account, and where it is that of a superuser all others of them: of two who close theirs at once, the second one
 * sees what the first did. Stronger than for a change: who is about to write something down for the account waits, too.
 */
export async function lockForClosing(tx: Tx, accountId: number): Promise<Closing[]> {
  const { rows } = await sql<Closing>`
    select id, email, username, phone, is_superuser, is_active from identity.accounts
    where id = ${accountId}
      or (is_superuser and (select is_superuser from identity.accounts where id = ${accountId}))
    order by id for update`.execute(tx)
  return rows
}

/**
 * Nobody is left in it. The name that a row has to have is one that nobody can guess, so that nobody has it. It counts as
 * switched off, so that nothing which was under way to its owner, a link or a code, opens it again.
 */
export async function anonymizeAccount(tx: Tx, accountId: number, now: Date): Promise<void> {
  await sql`
    update identity.accounts set email = null, username = 'closed-' || gen_random_uuid(), phone = null, password_hash = null,
      first_name = '', last_name = '', is_active = false, is_seller = false, is_staff = false, is_superuser = false,
      email_verified_at = null, phone_verified_at = null, phone_surface = null, last_login_at = null,
      disabled_at = coalesce(disabled_at, ${now}), closed_at = coalesce(closed_at, ${now})
    where id = ${accountId}`.execute(tx)
}

/** Every way in, and what was raised about it. */
export async function deleteWaysIn(tx: Tx, accountId: number): Promise<void> {
  await sql`
    with tokens as (delete from identity.one_time_tokens where account_id = ${accountId}),
      codes as (delete from identity.one_time_codes where account_id = ${accountId}),
      factor as (delete from identity.second_factors where account_id = ${accountId}),
      recovery as (delete from identity.recovery_codes where account_id = ${accountId}),
      passkeys as (delete from identity.passkeys where account_id = ${accountId}),
      challenges as (delete from identity.passkey_challenges where account_id = ${accountId}),
      links as (delete from identity.google_links where account_id = ${accountId})
    delete from identity.security_claims where account_id = ${accountId}`.execute(tx)
}

/** Ends what sessions there are, and forgets for all of them from where they were used. Returns those that ended now. */
export async function endAndForgetSessions(tx: Tx, accountId: number, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string; wasOpen: boolean }>`
    with known as (
      select id, ended_at is null as was_open from identity.sessions where account_id = ${accountId} for update
    )
    update identity.sessions session
    set ended_at = coalesce(session.ended_at, ${now}), end_reason = coalesce(session.end_reason, 'account_closed'),
      device_info = '', user_agent = '', ip_address = ''
    from known where session.id = known.id
    returning session.id, known.was_open`.execute(tx)
  return rows.filter(({ wasOpen }) => wasOpen).map(({ id }) => id)
}

/** The log keeps that there were attempts, and of what kind; not by whose name, and not by which device. */
export async function forgetAttempts(tx: Tx, accountId: number, names: string[]): Promise<void> {
  await sql`
    with resends as (delete from identity.resend_attempts where email = any(${names}::text[]))
    update identity.security_attempts set identifier = null, user_agent = ''
    where account_id = ${accountId} or lower(identifier) = any(${names}::text[])`.execute(tx)
}

/** The accounts that were closed since then. */
export async function listClosedAccounts(db: Db, since: Date): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from identity.accounts where closed_at > ${since} order by closed_at, id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Whether an account has a password at all: who signs in by other ways alone has none. */
export async function hasPassword(db: Db, accountId: number): Promise<boolean> {
  const { rows } = await sql`
    select from identity.accounts where id = ${accountId} and password_hash is not null`.execute(db)
  return rows.length > 0
}
