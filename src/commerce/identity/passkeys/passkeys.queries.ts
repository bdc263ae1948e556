/** All SQL of passkeys, and of the challenges that they are asked to sign. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Account } from '../accounts/account.ts'
import { accountColumns } from '../accounts/accounts.queries.ts'

/** As its owner sees it. */
export type Passkey = { id: number; name: string; isBackedUp: boolean; createdAt: Date; lastUsedAt: Date | null }
export type NewPasskey = Pick<Passkey, 'name' | 'isBackedUp'> & {
  accountId: number
  credentialId: string
  publicKey: Uint8Array
  signCount: number
  transports: string[]
}
/** A passkey with what its signature is checked by, and whose it is. */
export type OwnedPasskey = Account & { passkeyId: number; publicKey: Buffer; signCount: number }

const passkeyColumns = sql`id, name, is_backed_up, created_at, last_used_at`

/** For a new passkey of this account; of null for a sign-in, of whomever. */
export async function insertChallenge(
  tx: Tx,
  { challenge, accountId, expiresAt }: { challenge: string; accountId: number | null; expiresAt: Date },
): Promise<void> {
  await sql`
    insert into identity.passkey_challenges (challenge, account_id, expires_at)
    values (${challenge}, ${accountId}, ${expiresAt})`.execute(tx)
}

/**
 * Uses a challenge up, and says whether it was good. It stands by itself: an answer uses it up whatever becomes of it, so that
 * of two who come with the same one, even at the same moment, the second finds nothing.
 */
export async function takeChallenge(db: Db, challenge: string, accountId: number | null, now: Date): Promise<boolean> {
  const { rows } = await sql`
    delete from identity.passkey_challenges
    where challenge = ${challenge} and account_id is not distinct from ${accountId}::bigint and expires_at > ${now}
    returning challenge`.execute(db)
  return rows.length > 0
}

/** Those of an account, oldest first. */
export async function listPasskeys(db: Db, accountId: number): Promise<Passkey[]> {
  const { rows } = await sql<Passkey>`
    select ${passkeyColumns} from identity.passkeys where account_id = ${accountId} order by id`.execute(db)
  return rows
}

/** By what the devices know them. */
export async function listCredentials(db: Db, accountId: number): Promise<{ id: string; transports: string[] }[]> {
  const { rows } = await sql<{ id: string; transports: string[] }>`
    select credential_id as id, transports from identity.passkeys passkey
    where account_id = ${accountId} order by passkey.id`.execute(db)
  return rows
}

export async function findPasskey(db: Db, accountId: number, id: number): Promise<Passkey | undefined> {
  const { rows } = await sql<Passkey>`
    select ${passkeyColumns} from identity.passkeys where id = ${id} and account_id = ${accountId}`.execute(db)
  return rows[0]
}

/** By what its device calls it. */
export async function findOwnedPasskey(db: Db, credentialId: string): Promise<OwnedPasskey | undefined> {
  const { rows } = await sql<OwnedPasskey>`
    select ${accountColumns}, passkey_id, public_key, sign_count
    from identity.accounts join (
      select id as passkey_id, account_id, public_key, sign_count from identity.passkeys
      where credential_id = ${credentialId}
    ) passkey on account_id = id`.execute(db)
  return rows[0]
}

export async function countPasskeys(db: Db, accountId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from identity.passkeys where account_id = ${accountId}`.execute(db)
  return rows[0]!.count
}

/** Nothing where somebody has it already. */
export async function insertPasskey(tx: Tx, passkey: NewPasskey, now: Date): Promise<Passkey | undefined> {
  const { accountId, credentialId, publicKey, signCount, transports, name, isBackedUp } = passkey
  const { rows } = await sql<Passkey>`
    insert into identity.passkeys
      (account_id, credential_id, public_key, sign_count, transports, name, is_backed_up, created_at)
    values (${accountId}, ${credentialId}, ${Buffer.from(publicKey)}, ${signCount}, ${transports}::text[], ${name},
      ${isBackedUp}, ${now})
    on conflict (credential_id) do nothing
    returning ${passkeyColumns}`.execute(tx)
  return rows[0]
}

export type PasskeyUse = { passkeyId: number; signCount: number; isBackedUp: boolean }

/**
 * Notes that a passkey was used. Not where it has counted less, or as much, than the last time: then there are two of it. One
 * that does not count at all says 0 always.
 */
export async function markPasskeyUsed(
  tx: Tx,
  { passkeyId, signCount, isBackedUp }: PasskeyUse,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update identity.passkeys set sign_count = ${signCount}, is_backed_up = ${isBackedUp}, last_used_at = ${now}
    where id = ${passkeyId} and (sign_count < ${signCount} or (sign_count = 0 and ${signCount}::bigint = 0))
    returning id`.execute(tx)
  return rows.length > 0
}

export async function updatePasskeyName(
  tx: Tx,
  accountId: number,
  { id, name }: { id: number; name: string },
): Promise<Passkey | undefined> {
  const { rows } = await sql<Passkey>`
    update identity.passkeys set name = ${name} where id = ${id} and account_id = ${accountId}
    returning ${passkeyColumns}`.execute(tx)
  return rows[0]
}

/** Whether it was there. */
export async function deletePasskey(tx: Tx, accountId: number, id: number): Promise<boolean> {
  const { rows } = await sql`
    delete from identity.passkeys where id = ${id} and account_id = ${accountId} returning id`.execute(tx)
  return rows.length > 0
}

/** How many Google accounts can sign in to this one. */
export async function countGoogleLinks(db: Db, accountId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from identity.google_links where account_id = ${accountId}`.execute(db)
  return rows[0]!.count
}

/** Whether somebody has signed in to this session since then, and not merely used it. */
export async function hasBegunSince(db: Db, sessionId: string, since: Date): Promise<boolean> {
  const { rows } = await sql`
    select from identity.sessions where id = ${sessionId} and created_at > ${since}`.execute(db)
  return rows.length > 0
}
