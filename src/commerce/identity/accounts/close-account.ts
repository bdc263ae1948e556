import { noteChange } from '#platform/changes'
import type { Tx } from '#platform/database'
import { missing, Refusal } from '#platform/refusal.ts'
import {
  anonymizeAccount,
  deleteWaysIn,
  endAndForgetSessions,
  forgetAttempts,
  lockForClosing,
} from './closed-accounts.queries.ts'

/** What was to be forgotten elsewhere as well, and the sessions that ended: to be logged after the commit. */
export type ClosedAccount = { email: string | null; phone: string | null; endedSessions: string[] }

/**
 * Takes out of an account what is personal, and every way into it; its names are free for somebody else (V1-151). The row
 * stays, for orders and reviews to belong to. Done again, it takes out what came in since. Refuses `account_not_found`, and
 * `last_superuser`: a shop is never without somebody who may do everything.
 */
export async function closeAccountStep(tx: Tx, accountId: number, now: Date): Promise<ClosedAccount> {
  const locked = await lockForClosing(tx, accountId)
  const account = locked.find(({ id }) => id === accountId)
  if (!account) throw missing('account')
  if (account.isSuperuser && !locked.some((other) => other !== account && other.isActive)) {
    throw new Refusal('conflict', 'last_superuser', 'The last superuser cannot close the account')
  }
  const { email, username, phone } = account
  const endedSessions = await endAndForgetSessions(tx, accountId, now)
  await deleteWaysIn(tx, accountId)
  const names = [email, username, phone].filter((name) => name !== null).map((name) => name.toLowerCase())
  await forgetAttempts(tx, accountId, names)
  await anonymizeAccount(tx, accountId, now)
  noteChange(tx, `account:${accountId}`)
  return { email, phone, endedSessions }
}
