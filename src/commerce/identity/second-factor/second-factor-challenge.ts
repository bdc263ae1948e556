import { inTransaction } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Attempt } from '../attempts/attempts.queries.ts'
import { issueOneTimeToken } from '../proofs/one-time-tokens.ts'
import type { Credentials } from '../sign-in/credentials.queries.ts'

/**
 * Lets pass who needs no second factor. Refuses others as `second_factor_required`, on every surface (MP-048): with the
 * `challengeToken` of the refusal and a code, `completeSignIn` opens the session.
 */
export async function requireSecondFactor(
  app: App,
  { id, hasSecondFactor }: Pick<Credentials, 'id' | 'hasSecondFactor'>,
  { device }: Attempt,
): Promise<void> {
  if (!hasSecondFactor) return
  const challengeToken = await inTransaction(app.db, (tx) =>
    issueOneTimeToken(tx, id, 'second_factor', app.now(), device.ip),
  )
  throw new Refusal('forbidden', 'second_factor_required', 'A second factor is required', { challengeToken })
}
