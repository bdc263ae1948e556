import type { Tx } from '#platform/database'
import type { Account, Visit } from '../accounts/account.ts'
import { activateAccount } from '../accounts/accounts.queries.ts'
import { recordAttempt } from '../attempts/attempts.queries.ts'
import { deleteCodes } from '../proofs/one-time-codes.queries.ts'
import { voidTokens } from '../proofs/one-time-tokens.queries.ts'

/**
 * The e-mail of an account is proven, by whatever was mailed there: it becomes active, and what else was mailed to prove it is
 * void (V1-051). Nothing where it was proven before, or the account is disabled.
 */
export async function proveEmail(tx: Tx, accountId: number, visit: Visit, now: Date): Promise<Account | undefined> {
  const account = await activateAccount(tx, accountId, now)
  if (!account) return undefined
  await voidTokens(tx, accountId, ['verify_email'], now)
  await deleteCodes(tx, accountId, ['verify_email'])
  await recordAttempt(tx, { type: 'email_verification', ...visit, accountId, identifier: account.email }, now)
  return account
}
