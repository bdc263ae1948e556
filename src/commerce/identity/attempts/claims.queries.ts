/** All SQL of claims. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { IdentityClaimSeverity, IdentityClaimType, IdentitySecurityClaims } from '../tables.ts'

export type ClaimType = IdentityClaimType
export type ClaimSeverity = IdentityClaimSeverity
export type Claim = Omit<IdentitySecurityClaims, 'attemptId' | 'accountId'>
export type NewClaim = Omit<IdentitySecurityClaims, 'id' | 'createdAt' | 'resolvedAt'>

const columns = sql`id, claim_type, severity, description, ip_address, location, created_at, resolved_at`

/**
 * Returns the id of the new claim; nothing where this attempt gave rise to it before, or, with `notAgainSince`, where the
 * account has one of this type since then.
 */
export async function insertClaim(
  tx: Tx,
  claim: NewClaim,
  notAgainSince: Date | null,
  now: Date,
): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    insert into identity.security_claims
      (account_id, attempt_id, claim_type, severity, description, ip_address, location, created_at)
    select ${claim.accountId}::bigint, ${claim.attemptId}::bigint, ${claim.claimType}::identity.claim_type,
      ${claim.severity}::identity.claim_severity, ${claim.description}, ${claim.ipAddress}, ${claim.location}, ${now}::timestamptz
    where not exists (
      select from identity.security_claims
      where account_id = ${claim.accountId} and claim_type = ${claim.claimType} and created_at > ${notAgainSince}::timestamptz)
    on conflict (attempt_id, claim_type) do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export async function listOpenClaims(db: Db, accountId: number): Promise<Claim[]> {
  const { rows } = await sql<Claim>`
    select ${columns} from identity.security_claims
    where account_id = ${accountId} and resolved_at is null order by created_at desc, id desc`.execute(db)
  return rows
}

/** A claim with whose it is. */
export async function findClaim(db: Db, id: number): Promise<(Claim & { accountId: number }) | undefined> {
  const { rows } = await sql<Claim & { accountId: number }>`
    select ${columns}, account_id from identity.security_claims where id = ${id}`.execute(db)
  return rows[0]
}

export async function updateClaimResolved(
  tx: Tx,
  accountId: number,
  id: number,
  now: Date,
): Promise<Claim | undefined> {
  const { rows } = await sql<Claim>`
    update identity.security_claims set resolved_at = coalesce(resolved_at, ${now})
    where id = ${id} and account_id = ${accountId} returning ${columns}`.execute(tx)
  return rows[0]
}
