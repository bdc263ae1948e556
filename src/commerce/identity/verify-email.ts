import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import { type FieldCodes, invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import type { Account, Device } from './account.ts'
import { activateAccount, findAccountByEmail } from './accounts.queries.ts'
import { type Attempt, recordAttempt } from './attempts.queries.ts'
import { verificationRequested } from './events.ts'
import { noteAttempt, refuseTooMany } from './limited-attempts.ts'
import { findToken, takeToken, voidTokens } from './one-time-tokens.queries.ts'
import { hashToken } from './one-time-tokens.ts'
import { logOpenedSession, type OpenedSession, openSession } from './open-session.ts'
import { isUuid, type Tokens } from './tokens.ts'

const WINDOW_MS = 15 * 60_000
const PURPOSE = 'verify_email'

/**
 * Proves an e-mail by the token of its letter: the account becomes active and is signed in (V1-050, V1-051). A token works
 * once, whoever asks at the same moment. Refuses `verification_token_invalid`, `…_used`, `…_expired`, and
 * `too_many_verifications` (V1-055).
 */
export async function verifyEmail(
  app: App,
  token: string,
  device: Device,
): Promise<{ account: Account; tokens: Tokens }> {
  const attempt: Attempt = { type: 'email_verification', surface: 'v1', device }
  await refuseTooMany(app, attempt, limitOf(app))
  const verified = isUuid(token) ? await inTransaction(app.db, (tx) => useToken(app, tx, token, device)) : undefined
  if (!verified) throw await noteFailure(app, token, attempt)
  const { account, opened } = verified
  logOpenedSession(app, account.id, opened)
  return { account, tokens: { access: opened.access, refresh: opened.refresh } }
}

type Verified = { account: Account; opened: OpenedSession }

async function useToken(app: App, tx: Tx, token: string, device: Device): Promise<Verified | undefined> {
  const now = app.now()
  const accountId = await takeToken(tx, PURPOSE, hashToken(token), device.ip, now)
  const account = accountId === undefined ? undefined : await activateAccount(tx, accountId, now)
  if (!account) return undefined
  await voidTokens(tx, account.id, PURPOSE, now)
  await recordAttempt(
    tx,
    { type: 'email_verification', surface: 'v1', device, accountId: account.id, identifier: account.email },
    now,
  )
  return { account, opened: await openSession(tx, account, 'v1', device, now, app.config) }
}

/** Why a token was not taken: it is looked at afterwards, in the order in which the document says (V1-052…V1-054). */
async function noteFailure(app: App, token: string, attempt: Attempt): Promise<Refusal> {
  const known = isUuid(token) ? await findToken(app.db, PURPOSE, hashToken(token)) : undefined
  const reason = !known ? 'invalid' : known.usedAt ? 'used' : 'expired'
  await noteAttempt(app, { ...attempt, accountId: known?.accountId, failure: `token_${reason}` })
  return new Refusal('invalid', `verification_token_${reason}`, `The verification token is ${reason}`)
}

/**
 * Voids the verification tokens of the account with this e-mail and has a new letter written (V1-060). Says nothing about
 * whether there is such an account, or whether it is verified (V1-061). Counts with `verifyEmail`: refuses
 * `too_many_verifications`. `faults` is what the caller found in the input; that counts too.
 */
export async function requestVerification(
  app: App,
  email: string,
  device: Device,
  faults: FieldCodes = {},
): Promise<void> {
  await refuseTooMany(app, { type: 'email_verification', surface: 'v1', device }, limitOf(app))
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
  const account = await findAccountByEmail(app.db, email)
  if (!account || account.emailVerifiedAt) return
  await inTransaction(app.db, async (tx) => {
    await voidTokens(tx, account.id, PURPOSE, app.now())
    await publish(tx, verificationRequested({ accountId: account.id }))
  })
}

const limitOf = ({ config }: App) => ({
  counted: 'verification',
  hits: config.EMAIL_VERIFICATION_MAX_ATTEMPTS,
  windowMs: WINDOW_MS,
  code: 'too_many_verifications',
  message: 'Too many verifications from this address',
})
