import { inTransaction } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import type { Account, Device, Surface } from './account.ts'
import { findCredentials } from './accounts.queries.ts'
import { type Attempt, recordAttempt } from './attempts.queries.ts'
import { logOpenedSession, openSession } from './open-session.ts'
import { verifyPassword } from './passwords.ts'
import { closeTry, type OpenTry, openTry, settleTry, withdrawTry } from './sign-in-limits.ts'
import type { Tokens } from './tokens.ts'

export type SignedIn = { account: Account; tokens: Tokens }
type Known = Account & { passwordHash: string | null }

/**
 * Lets somebody in by e-mail and password, and opens a session (V1-070…V1-083). Refuses `credentials_missing`,
 * `wrong_credentials` (the same for an unknown e-mail, and as slow), `account_not_active` and `too_many_failed_sign_ins`.
 * Every attempt is logged but the first kind (V1-079).
 */
export async function signIn(
  app: App,
  { email, password }: { email: string; password: string },
  surface: Surface,
  device: Device,
): Promise<SignedIn> {
  if (email.trim() === '' || password === '')
    throw new Refusal('invalid', 'credentials_missing', 'No e-mail or password')
  const known = await findCredentials(app.db, email)
  const attempt: Attempt = { type: 'login', surface, device, accountId: known?.id, identifier: email.trim() }
  const tried = await openTry(app, device.ip, known?.id).catch((refusal) => noteFailure(app, attempt, refusal))
  try {
    const isRight = await verifyPassword(known?.passwordHash, password)
    if (!known || !isRight) return await noteFailure(app, attempt, wrongCredentials())
    if (!known.isActive) {
      await withdrawTry(app, tried)
      return await noteFailure(app, attempt, notActive())
    }
    return await letIn(app, known, tried, attempt)
  } finally {
    closeTry(tried)
  }
}

async function letIn(
  app: App,
  { passwordHash: _, ...account }: Known,
  tried: OpenTry,
  attempt: Attempt,
): Promise<SignedIn> {
  const now = app.now()
  const opened = await inTransaction(app.db, async (tx) => {
    // Locks the account: two sign-ins at once open their sessions one after the other.
    await recordAttempt(tx, attempt, now)
    const session = await openSession(tx, account, attempt.surface, attempt.device, now, app.config)
    await settleTry(tx, tried, account.id)
    return session
  })
  logOpenedSession(app, account.id, opened)
  return { account, tokens: { access: opened.access, refresh: opened.refresh } }
}

const failureOf: Record<string, string> = {
  wrong_credentials: 'invalid_credentials',
  account_not_active: 'inactive_account',
  too_many_failed_sign_ins: 'rate_limited',
}

/** Logs a failed attempt and throws why it failed. */
async function noteFailure(app: App, attempt: Attempt, refusal: unknown): Promise<never> {
  if (refusal instanceof Refusal) {
    const failed = { ...attempt, failure: failureOf[refusal.code] ?? refusal.code }
    await inTransaction(app.db, (tx) => recordAttempt(tx, failed, app.now()))
  }
  throw refusal
}

const wrongCredentials = () => new Refusal('invalid', 'wrong_credentials', 'Wrong e-mail or password')
const notActive = () => new Refusal('invalid', 'account_not_active', 'The account is not active')
