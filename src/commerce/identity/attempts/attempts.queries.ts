/** All SQL of the log of attempts, by which an operator sees who tries what (V1-079, V1-163). */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform/database'
import { networkOf } from '#platform/location'
import type { Visit } from '../accounts/account.ts'

export const ATTEMPT_TYPES = [
  'login',
  'register',
  'email_verification',
  'password_reset',
  'token_refresh',
  'refresh_reuse',
  'suspicious_activity',
  'password_change',
  'otp',
] as const
export type AttemptType = (typeof ATTEMPT_TYPES)[number]

export type Attempt = Visit & {
  type: AttemptType
  /** Whose account it is about, where there is one. */
  accountId?: number | undefined
  /** What was typed to name an account: an e-mail as a rule. */
  identifier?: string | null | undefined
  /** Why it failed; a success has no reason. */
  failure?: string | undefined
}

const TEXT_MAX = 254
const USER_AGENT_MAX = 500

/** Notes one attempt, and locks the account that it is about: who signs in at the same moment comes after. Returns its id. */
export async function recordAttempt(tx: Tx, attempt: Attempt, now: Date): Promise<number> {
  const { accountId = null } = attempt
  const account = sql`select id from identity.accounts where id = ${accountId} for no key update`
  return insertAttempt(tx, account, attempt, now)
}

/**
 * Notes that somebody was let in, and locks the account. Nothing where the password was changed, or the account switched off,
 * since it was looked at: who came with the old one is not let in. Returns the id of the attempt.
 */
export async function recordSignIn(
  tx: Tx,
  attempt: Attempt,
  { passwordHash, isTwofold }: { passwordHash: string | null | undefined; isTwofold: boolean },
  now: Date,
): Promise<number | undefined> {
  const account = sql`
    update identity.accounts set last_login_at = ${now}
    where id = ${attempt.accountId} and is_active
      and (${passwordHash === undefined} or password_hash is not distinct from ${passwordHash ?? null})
      and (${isTwofold} or not exists (
        select from identity.second_factors where account_id = ${attempt.accountId} and enabled_at is not null))
    returning id`
  return insertAttempt(tx, account, attempt, now, sql`where exists (select from account)`)
}

async function insertAttempt(
  tx: Tx,
  account: RawBuilder<unknown>,
  attempt: Attempt,
  now: Date,
  condition: RawBuilder<unknown> = sql``,
): Promise<number> {
  const { type, surface, device, identifier = null, failure = null } = attempt
  const { rows } = await sql<{ id: number }>`
    with account as (${account})
    insert into identity.security_attempts
      (attempt_type, account_id, identifier, surface, ip_address, network, user_agent, succeeded, failure_reason, attempted_at)
    select ${type}::identity.attempt_type, (select id from account), ${identifier?.slice(0, TEXT_MAX) ?? null},
      ${surface}::identity.surface, ${device.ip}, ${networkOf(device.ip)}, ${device.userAgent.slice(0, USER_AGENT_MAX)}, ${failure === null},
      ${failure}, ${now}::timestamptz ${condition}
    returning id`.execute(tx)
  return rows[0]?.id as number
}
