import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Account } from '../accounts/account.ts'
import { attemptInspections } from '../attempts/attempt-inspections.ts'
import { type Attempt, recordAttempt, recordSignIn } from '../attempts/attempts.queries.ts'
import { suspiciousSignIn } from '../events.ts'
import { logOpenedSession, type OpenedSession, openSession } from '../sessions/open-session.ts'
import { endSessionsBut } from '../sessions/sessions.ts'
import type { Tokens } from '../sessions/tokens.ts'

export type SignedIn = { account: Account; tokens: Tokens }

type Alongside = {
  /** What was looked at; who changed the password meanwhile has shut this way in. Undefined where no password was asked for. */
  passwordHash?: string | null
  /** A second factor was shown, or the one that was shown counts for two. Without it, who has switched one on meanwhile is not let in. */
  isTwofold?: boolean
  /** What is to be written in the same transaction: only who is let in has used up his try, his code, his challenge. */
  settle?: (tx: Tx) => Promise<void>
}

/**
 * Opens a session for somebody who has proven who he is, by whatever way, and notes it (V1-080, V1-024). Where he came from is
 * looked up afterwards (NX-034). Refuses `wrong_credentials` where the password was changed, the account switched off or a
 * second factor switched on meanwhile. The caller has asked for a second factor where there is one: `requireSecondFactor`.
 */
export async function letIn(
  app: App,
  account: Account,
  attempt: Attempt,
  { passwordHash, isTwofold = false, settle }: Alongside = {},
): Promise<SignedIn & { sessionId: string }> {
  const now = app.now()
  const { opened, ended } = await inTransaction(app.db, async (tx) => {
    const seen = { passwordHash, isTwofold }
    const attemptId = await recordSignIn(tx, { ...attempt, accountId: account.id }, seen, now)
    if (attemptId === undefined) throw wrongCredentials()
    const session = await openSession(tx, account, attempt, now, app.config)
    await settle?.(tx)
    const ended = session.isSuspicious ? await reactToSuspicion(app, tx, account, attempt, session) : []
    await app.jobs.enqueue(tx, attemptInspections, [{ attemptId, failures: 0 }])
    return { opened: session, ended }
  })
  logOpenedSession(app, account.id, opened, ended)
  const { access, refresh, sessionId } = opened
  return { account: { ...account, lastLoginAt: now }, tokens: { access, refresh }, sessionId }
}

/** Sessions from too many addresses at once (V1-084): it is noted and told, and the other ones end (V1-085). Returns those. */
async function reactToSuspicion(
  app: App,
  tx: Tx,
  account: Account,
  attempt: Attempt,
  { sessionId }: OpenedSession,
): Promise<string[]> {
  const { surface, device } = attempt
  const noted: Attempt = {
    type: 'suspicious_activity',
    surface,
    device,
    accountId: account.id,
    identifier: account.email,
  }
  const attemptId = await recordAttempt(tx, { ...noted, failure: 'too_many_addresses' }, app.now())
  await publish(tx, suspiciousSignIn({ accountId: account.id, attemptId }))
  if (!app.config.FORCE_LOGOUT_ON_SUSPICIOUS_ACTIVITY) return []
  return endSessionsBut(app, tx, account.id, sessionId, 'suspicious_activity', 'v1')
}

export const wrongCredentials = () => new Refusal('invalid', 'wrong_credentials', 'Wrong name or password')
