/** All SQL of who signs in with Google. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { normalizeEmail } from '../accounts/account.ts'
import { accountColumns } from '../accounts/accounts.queries.ts'
import type { Credentials } from '../sign-in/credentials.queries.ts'

/** Whose account it is; `isLinked` where it is known by its subject, and not by the address alone. */
export type GoogleHolder = Credentials & { isLinked: boolean }

/** The account of this subject; where it has none, the one with this address. */
export async function findGoogleHolder(
  db: Db,
  subject: string,
  email: string | null,
): Promise<GoogleHolder | undefined> {
  const { rows } = await sql<GoogleHolder>`
    with link as (select account_id from identity.google_links where subject = ${subject})
    select ${accountColumns}, password_hash, exists (select from link) as is_linked,
      exists (select from identity.second_factors where account_id = account.id and enabled_at is not null) as has_second_factor
    from identity.accounts account
    where id = coalesce((select account_id from link),
      (select id from identity.accounts where lower(email) = ${email === null ? null : normalizeEmail(email)}))`.execute(
    db,
  )
  return rows[0]
}

export type GoogleLink = { subject: string; accountId: number; email: string }

/**
 * From now on this subject is this account, if the account still has this address, and it is proven. Whether it came to
 * that: somebody may have been faster.
 */
export async function insertGoogleLink(tx: Tx, { subject, accountId, email }: GoogleLink, now: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into identity.google_links (subject, account_id, email, linked_at)
    select ${subject}, id, ${email}, ${now}::timestamptz from identity.accounts
    where id = ${accountId} and lower(email) = ${normalizeEmail(email)} and email_verified_at is not null
    on conflict (subject) do nothing
    returning account_id`.execute(tx)
  return rows.length > 0
}

/**
 * An account that was prepared with an address which it never proved, and never used, becomes the one of whom the address is: active and
 * proven, without the password and the phone of whoever prepared it. Whether it came to that: not where the
 * address was proven meanwhile, or the account switched off.
 */
export async function claimUnprovenAccount(
  tx: Tx,
  { accountId, email, firstName, lastName }: { accountId: number; email: string; firstName: string; lastName: string },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update identity.accounts
    set is_active = true, email_verified_at = ${now}, password_hash = null, phone = null, phone_verified_at = null,
      phone_surface = null, first_name = coalesce(nullif(${firstName}, ''), first_name),
      last_name = coalesce(nullif(${lastName}, ''), last_name)
    where id = ${accountId} and lower(email) = ${normalizeEmail(email)} and email_verified_at is null
      and not is_active and disabled_at is null
    returning id`.execute(tx)
  return rows.length > 0
}

/** An account that is in use, by its phone or its username, loses an address that it never proved. Whether it came to that. */
export async function releaseUnprovenEmail(tx: Tx, accountId: number, email: string): Promise<boolean> {
  const { rows } = await sql`
    update identity.accounts set email = null
    where id = ${accountId} and lower(email) = ${normalizeEmail(email)} and email_verified_at is null and is_active
      and (username is not null or phone is not null)
    returning id`.execute(tx)
  return rows.length > 0
}
