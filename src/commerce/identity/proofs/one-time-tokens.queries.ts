/** All SQL of one-time tokens. Only hashes are kept: who reads the table cannot use what is in it. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'

export type Purpose = 'verify_email' | 'reset_password' | 'reset_grant' | 'second_factor'
export type NewToken = {
  accountId: number
  purpose: Purpose
  tokenHash: string
  expiresAt: Date
  requestedFromIp: string | null
}

export async function insertToken(tx: Tx, token: NewToken, now: Date): Promise<void> {
  await sql`
    insert into identity.one_time_tokens (account_id, purpose, token_hash, created_at, expires_at, requested_from_ip)
    values (${token.accountId}, ${token.purpose}, ${token.tokenHash}, ${now}, ${token.expiresAt}, ${token.requestedFromIp})`.execute(
    tx,
  )
}

/** Uses a token up: whoever comes second, even at the same moment, gets nothing. With an account only one of its own. Returns whose it is. */
export async function takeToken(
  tx: Tx,
  purpose: Purpose,
  tokenHash: string,
  ip: string,
  now: Date,
  ofAccountId: number | null = null,
): Promise<number | undefined> {
  const { rows } = await sql<{ accountId: number }>`
    update identity.one_time_tokens set used_at = ${now}, used_from_ip = ${ip}
    where (${ofAccountId}::bigint is null or account_id = ${ofAccountId}) and token_hash = ${tokenHash} and purpose = ${purpose} and used_at is null and expires_at > ${now}
    returning account_id`.execute(tx)
  return rows[0]?.accountId
}

/** Uses up the open grant of an account for another password, if it was given to this address. */
export async function takeGrant(tx: Tx, accountId: number, ip: string, now: Date): Promise<number | undefined> {
  const { rows } = await sql<{ accountId: number }>`
    update identity.one_time_tokens set used_at = ${now}, used_from_ip = ${ip}
    where account_id = ${accountId} and purpose = 'reset_grant' and requested_from_ip = ${ip} and used_at is null
      and expires_at > ${now}
    returning account_id`.execute(tx)
  return rows[0]?.accountId
}

export async function findToken(db: Db, purpose: Purpose, tokenHash: string) {
  const { rows } = await sql<{ accountId: number; usedAt: Date | null; expiresAt: Date }>`
    select account_id, used_at, expires_at from identity.one_time_tokens
    where token_hash = ${tokenHash} and purpose = ${purpose}`.execute(db)
  return rows[0]
}

/** Makes every open token of these purposes a used one. */
export async function voidTokens(tx: Tx, accountId: number, purposes: Purpose[], now: Date): Promise<void> {
  await sql`
    update identity.one_time_tokens set used_at = ${now}
    where account_id = ${accountId} and purpose = any(${purposes}::identity.token_purpose[]) and used_at is null`.execute(
    tx,
  )
}
