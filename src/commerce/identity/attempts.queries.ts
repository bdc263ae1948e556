/** All SQL of the log of attempts, by which an operator sees who tries what (V1-079, V1-163). */
import { sql } from 'kysely'
import type { Tx } from '#platform/database'
import type { Device, Surface } from './account.ts'

export type AttemptType =
  | 'login'
  | 'register'
  | 'email_verification'
  | 'password_reset'
  | 'token_refresh'
  | 'refresh_reuse'
  | 'suspicious_activity'
  | 'password_change'
  | 'otp'

export type Attempt = {
  type: AttemptType
  surface: Surface
  device: Device
  /** Whose account it is about, where there is one. */
  accountId?: number | undefined
  /** What was typed to name an account: an e-mail as a rule. */
  identifier?: string | null | undefined
  /** Why it failed; a success has no reason. */
  failure?: string | undefined
}

const TEXT_MAX = 254
const USER_AGENT_MAX = 500

/** Notes one attempt, and locks the account that it is about: who signs in at the same moment comes after. */
export async function recordAttempt(tx: Tx, attempt: Attempt, now: Date): Promise<void> {
  const { type, surface, device, accountId = null, identifier = null, failure = null } = attempt
  await sql`
    with account as (select id from identity.accounts where id = ${accountId} for no key update)
    insert into identity.security_attempts
      (attempt_type, account_id, identifier, surface, ip_address, user_agent, succeeded, failure_reason, attempted_at)
    values (${type}, (select id from account), ${identifier?.slice(0, TEXT_MAX) ?? null}, ${surface}, ${device.ip},
      ${device.userAgent.slice(0, USER_AGENT_MAX)}, ${failure === null}, ${failure}, ${now})`.execute(tx)
}
