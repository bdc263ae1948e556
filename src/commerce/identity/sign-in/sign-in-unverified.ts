import { inTransaction } from '#platform/database'
import type { App } from '../../app.ts'
import type { Account, Visit } from '../accounts/account.ts'
import { type Attempt, recordAttempt } from '../attempts/attempts.queries.ts'
import { requireSecondFactor } from '../second-factor/second-factor-challenge.ts'
import { logOpenedSession, openSession } from '../sessions/open-session.ts'
import { newTokenIds, signToken, type Tokens } from '../sessions/tokens.ts'
import { type Credentials, lockCredentials } from './credentials.queries.ts'
import { type SignedIn, wrongCredentials } from './let-in.ts'
import { disabled, letInByPassword, type SignInInput, tryPassword } from './sign-in.ts'
import { withdrawTry } from './sign-in-limits.ts'

/** Who is not verified yet gets a session too, but tokens that open nothing save the way to another mail (SF-010, SF-037). */
export type Unverified = { account: Account; verificationToken: string; refresh: Tokens['refresh'] }

/**
 * Signs in as `signIn` does, but lets in, if not far, who has the right password and has yet to prove the e-mail (SF-073).
 * Refuses as `signIn` does, save `account_unverified`.
 */
export function signInEvenUnverified(app: App, input: SignInInput, visit: Visit): Promise<SignedIn | Unverified> {
  return tryPassword<SignedIn | Unverified>(app, input, visit, async (known, attempt, tried) => {
    if (known.disabledAt) throw disabled()
    if (known.isActive) {
      await requireSecondFactor(app, known, attempt)
      return letInByPassword(app, known, attempt, tried, input.password)
    }
    await withdrawTry(app, tried)
    return openLimitedSession(app, known, attempt)
  })
}

/** Who changed the password meanwhile has shut this way in, too: the session would outlive the reset, and become a full one. */
async function openLimitedSession(app: App, known: Credentials, attempt: Attempt): Promise<Unverified> {
  const { passwordHash, hasSecondFactor: _factor, ...account } = known
  const now = app.now()
  const opened = await inTransaction(app.db, async (tx) => {
    const seen = await lockCredentials(tx, account.id)
    if (seen?.passwordHash !== passwordHash || seen?.disabledAt) throw wrongCredentials()
    await recordAttempt(tx, { ...attempt, failure: 'inactive_account' }, now)
    return openSession(tx, account, attempt, now, app.config)
  })
  logOpenedSession(app, account.id, opened)
  const { sessionId, refresh } = opened
  const holder = { accountId: account.id, sessionId, surface: attempt.surface }
  const verificationToken = await signToken(holder, 'verification', newTokenIds().accessJti, now, app.config)
  return { account, verificationToken, refresh }
}
