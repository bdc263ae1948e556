/** All SQL of what is told to the owner of an account who asks for everything (V1-151). Each names its columns: no secret is one. */
import { sql } from 'kysely'
import type { Db } from '#platform/database'
import type {
  IdentityAccounts,
  IdentityGoogleLinks,
  IdentityPasskeys,
  IdentitySecurityAttempts,
  IdentitySecurityClaims,
  IdentitySessions,
} from '../tables.ts'

export type ToldAccount = Omit<IdentityAccounts, 'passwordHash' | 'closedAt' | 'disabledAt' | 'phoneSurface'> & {
  hasPassword: boolean
  hasSecondFactor: boolean
}
export type ToldSession = Omit<IdentitySessions, 'accountId' | 'accessJti' | 'refreshJti'>
export type ToldAttempt = Omit<IdentitySecurityAttempts, 'accountId' | 'inspectedAt' | 'network'>
export type ToldClaim = Omit<IdentitySecurityClaims, 'accountId' | 'attemptId'>
export type ToldPasskey = Pick<IdentityPasskeys, 'name' | 'createdAt' | 'lastUsedAt'>
export type ToldGoogleLink = Pick<IdentityGoogleLinks, 'email' | 'linkedAt'>

export async function tellAccount(db: Db, accountId: number): Promise<ToldAccount | undefined> {
  const { rows } = await sql<ToldAccount>`
    select id, uuid, email, username, phone, first_name, last_name, is_active, is_seller, is_staff, is_superuser,
      email_verified_at, phone_verified_at, joined_at, last_login_at, password_hash is not null as has_password,
      exists (select from identity.second_factors where account_id = ${accountId} and enabled_at is not null) as has_second_factor
    from identity.accounts where id = ${accountId}`.execute(db)
  return rows[0]
}

export async function tellSessions(db: Db, accountId: number): Promise<ToldSession[]> {
  const { rows } = await sql<ToldSession>`
    select id, surface, device_info, user_agent, ip_address, created_at, last_activity_at, expires_at, ended_at, end_reason
    from identity.sessions where account_id = ${accountId} order by created_at, id`.execute(db)
  return rows
}

export async function tellAttempts(db: Db, accountId: number): Promise<ToldAttempt[]> {
  const { rows } = await sql<ToldAttempt>`
    select id, attempt_type, identifier, surface, ip_address, location, city, region, country, user_agent, succeeded,
      failure_reason, attempted_at
    from identity.security_attempts where account_id = ${accountId} order by attempted_at, id`.execute(db)
  return rows
}

export async function tellClaims(db: Db, accountId: number): Promise<ToldClaim[]> {
  const { rows } = await sql<ToldClaim>`
    select id, claim_type, severity, description, ip_address, location, created_at, resolved_at
    from identity.security_claims where account_id = ${accountId} order by created_at, id`.execute(db)
  return rows
}

export async function tellPasskeys(db: Db, accountId: number): Promise<ToldPasskey[]> {
  const { rows } = await sql<ToldPasskey>`
    select name, created_at, last_used_at from identity.passkeys where account_id = ${accountId} order by id`.execute(
    db,
  )
  return rows
}

export async function tellGoogleLinks(db: Db, accountId: number): Promise<ToldGoogleLink[]> {
  const { rows } = await sql<ToldGoogleLink>`
    select email, linked_at from identity.google_links where account_id = ${accountId} order by linked_at`.execute(db)
  return rows
}
