import { inTransaction, type Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Account, Visit } from '../accounts/account.ts'
import type { Attempt } from '../attempts/attempts.queries.ts'
import { noteAttempt, refuseTooMany } from '../attempts/limited-attempts.ts'
import { findToken, takeToken } from '../proofs/one-time-tokens.queries.ts'
import { hashToken } from '../proofs/one-time-tokens.ts'
import { logOpenedSession, type OpenedSession, openSession } from '../sessions/open-session.ts'
import { isUuid, type Tokens } from '../sessions/tokens.ts'
import { findCredentialsById } from '../sign-in/credentials.queries.ts'
import { proveEmail } from './prove-email.ts'
import { verificationLimit } from './verification-limit.ts'

/**
 * Proves an e-mail by the token of its letter: the account becomes active and is signed in (V1-050, V1-051), unless it wants
 * a second factor. A token works once, whoever asks at the same moment. Refuses `verification_token_invalid`, `…_used`,
 * `…_expired`, and `too_many_verifications` (V1-055).
 */
export async function verifyEmail(
  app: App,
  token: string,
  visit: Visit,
): Promise<{ account: Account; tokens: Tokens | undefined }> {
  const attempt: Attempt = { type: 'email_verification', ...visit }
  await refuseTooMany(app, attempt, verificationLimit(app, visit.surface))
  const verified = isUuid(token) ? await inTransaction(app.db, (tx) => useToken(app, tx, token, visit)) : undefined
  if (!verified) throw await noteFailure(app, token, attempt)
  const { account, opened } = verified
  if (opened) logOpenedSession(app, account.id, opened)
  return { account, tokens: opened && { access: opened.access, refresh: opened.refresh } }
}

type Verified = { account: Account; opened: OpenedSession | undefined }

async function useToken(app: App, tx: Tx, token: string, visit: Visit): Promise<Verified | undefined> {
  const now = app.now()
  const accountId = await takeToken(tx, 'verify_email', hashToken(token), visit.device.ip, now)
  const account = accountId === undefined ? undefined : await proveEmail(tx, accountId, visit, now)
  if (!account) return undefined
  const known = await findCredentialsById(tx, account.id)
  return {
    account,
    opened: known?.hasSecondFactor ? undefined : await openSession(tx, account, visit, now, app.config),
  }
}

/** Why a token was not taken: it is looked at afterwards, in the order in which the document says (V1-052…V1-054). */
async function noteFailure(app: App, token: string, attempt: Attempt): Promise<Refusal> {
  const known = isUuid(token) ? await findToken(app.db, 'verify_email', hashToken(token)) : undefined
  const reason = !known ? 'invalid' : known.usedAt ? 'used' : 'expired'
  await noteAttempt(app, { ...attempt, accountId: known?.accountId, failure: `token_${reason}` })
  return new Refusal('invalid', `verification_token_${reason}`, `The verification token is ${reason}`)
}
