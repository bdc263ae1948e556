import type { Db } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import * as queries from './account-export.queries.ts'

export type ToldIdentity = {
  account: queries.ToldAccount
  sessions: queries.ToldSession[]
  securityAttempts: queries.ToldAttempt[]
  securityClaims: queries.ToldClaim[]
  passkeys: queries.ToldPasskey[]
  googleLinks: queries.ToldGoogleLink[]
}

/**
 * Everything about an account, for its owner (V1-151): each list oldest first, no hash, no secret, nothing that is in a
 * token. Six statements. Refuses `account_not_found`.
 */
export async function tellIdentity(db: Db, accountId: number): Promise<ToldIdentity> {
  const account = await queries.tellAccount(db, accountId)
  if (!account) throw missing('account')
  return {
    account,
    sessions: await queries.tellSessions(db, accountId),
    securityAttempts: await queries.tellAttempts(db, accountId),
    securityClaims: await queries.tellClaims(db, accountId),
    passkeys: await queries.tellPasskeys(db, accountId),
    googleLinks: await queries.tellGoogleLinks(db, accountId),
  }
}
