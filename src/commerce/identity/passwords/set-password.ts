import type { Tx } from '#platform/database'
import { publish } from '#platform/events'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Account } from '../accounts/account.ts'
import { type Attempt, recordAttempt } from '../attempts/attempts.queries.ts'
import { credentialsChanged } from '../events.ts'
import { deleteCodes } from '../proofs/one-time-codes.queries.ts'
import { voidTokens } from '../proofs/one-time-tokens.queries.ts'
import { endSessionsBut } from '../sessions/sessions.ts'
import { updatePasswordHash } from '../sign-in/credentials.queries.ts'
import { forgetFailures } from '../sign-in/sign-in-limits.ts'

/**
 * What follows wherever a password becomes another one (V1-026): all sessions end, or all but the one that is kept; whatever
 * would still have reset the old one is void; failures are forgotten and a lock is lifted (NX-051); the owner is told.
 * With `replaces` it is only done where that is still the hash: refuses `current_password` otherwise. Returns the ended
 * sessions, to be logged after the commit.
 */
export async function setPassword(
  app: App,
  tx: Tx,
  { id: accountId }: Pick<Account, 'id'>,
  passwordHash: string,
  {
    attempt,
    keptSessionId = null,
    replaces,
  }: { attempt: Attempt; keptSessionId?: string | null; replaces?: string | null | undefined },
): Promise<string[]> {
  const now = app.now()
  await recordAttempt(tx, { ...attempt, accountId }, now)
  const isReplaced = await updatePasswordHash(tx, accountId, passwordHash, replaces)
  if (!isReplaced) throw invalidFields({ current_password: 'password_incorrect' })
  await voidTokens(tx, accountId, ['reset_password', 'reset_grant', 'second_factor'], now)
  await deleteCodes(tx, accountId, ['reset_by_email', 'reset_by_phone'])
  await forgetFailures(tx, accountId)
  const what = attempt.type === 'password_change' ? 'password_changed' : 'password_reset'
  await publish(tx, credentialsChanged({ accountId, what }))
  return endSessionsBut(app, tx, accountId, keptSessionId, 'password_changed')
}
