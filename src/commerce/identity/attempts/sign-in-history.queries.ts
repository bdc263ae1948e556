/** All SQL of what the owner of an account sees of the log of attempts. */
import { sql } from 'kysely'
import type { Db } from '#platform/database'

export type SignInAttempt = {
  id: number
  ipAddress: string
  userAgent: string
  /** "Unknown" until it was looked up. */
  location: string
  city: string | null
  country: string | null
  succeeded: boolean
  failureReason: string | null
  attemptedAt: Date
}

/** The last `count` sign-ins to an account, good or bad, from whichever surface; newest first (NX-072). */
export async function listSignInAttempts(db: Db, accountId: number, count: number): Promise<SignInAttempt[]> {
  const { rows } = await sql<SignInAttempt>`
    select id, ip_address, user_agent, coalesce(location, 'Unknown') as location, city, country, succeeded, failure_reason,
      attempted_at
    from identity.security_attempts where account_id = ${accountId} and attempt_type = 'login'
    order by attempted_at desc, id desc limit ${count}`.execute(db)
  return rows
}
