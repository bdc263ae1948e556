/** Forgotten password on the marketplace: a code by SMS, then a grant, then another password (MP-040…MP-045). */
import { inTransaction } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Visit } from '../accounts/account.ts'
import { markPhoneVerified } from '../accounts/accounts.queries.ts'
import type { Attempt } from '../attempts/attempts.queries.ts'
import { noteAttempt, refuseTooMany } from '../attempts/limited-attempts.ts'
import { takeCode } from '../proofs/one-time-codes.ts'
import { takeGrant, takeToken } from '../proofs/one-time-tokens.queries.ts'
import { hashToken, issueOneTimeToken } from '../proofs/one-time-tokens.ts'
import { findCredentials } from '../sign-in/credentials.queries.ts'
import { phoneName } from '../sign-in/sign-in-name.ts'
import { codeInvalid } from '../verification/verify-email-by-code.ts'
import { type FreshPassword, findOpenAccount, replacePassword } from './reset-password.ts'

const WINDOW_MS = 15 * 60_000

/**
 * Verifies the code of an SMS; what is returned allows one new password within ten minutes. Refuses `code_invalid` (the same
 * for an unknown phone) and `too_many_codes`.
 */
export async function verifyResetCode(
  app: App,
  { phone, code }: { phone: string; code: string },
  visit: Visit,
): Promise<string> {
  const attempt: Attempt = { type: 'otp', ...visit, identifier: phone }
  await refuseTooMany(app, attempt, { counted: 'reset-code', hits: 10, windowMs: WINDOW_MS, code: 'too_many_codes' })
  const account = await findCredentials(app.db, phoneName(phone), visit.surface)
  const grant = await inTransaction(app.db, async (tx) => {
    const now = app.now()
    const isRight = await takeCode(tx, account?.id ?? 0, 'reset_by_phone', code, now, app.config)
    if (!isRight || !account || account.disabledAt) return undefined
    // Where it was sent by mail as well, nobody knows by which way it came.
    if (!account.emailVerifiedAt) await markPhoneVerified(tx, account.id, now)
    return issueOneTimeToken(tx, account.id, 'reset_grant', now, visit.device.ip)
  })
  await noteAttempt(app, { ...attempt, accountId: account?.id, failure: grant ? undefined : 'code_invalid' })
  if (!grant) throw codeInvalid()
  return grant
}

/**
 * Another password by a grant: with the grant itself from anywhere, without it only from the address that has verified the
 * code (MP-045). Refuses `verification_required`, and a password at fault, which leaves the grant unused.
 */
export async function resetPasswordByGrant(
  app: App,
  { phone, grant, ...password }: FreshPassword & { phone: string; grant?: string | null | undefined },
  visit: Visit,
): Promise<void> {
  const attempt: Attempt = { type: 'password_reset', ...visit, identifier: phone }
  await refuseTooMany(app, attempt, {
    counted: 'reset-by-phone',
    hits: 60,
    windowMs: WINDOW_MS,
    code: 'too_many_codes',
  })
  const known = await findCredentials(app.db, phoneName(phone), visit.surface)
  const account = await replacePassword(app, password, visit, async (tx) => {
    const { ip } = visit.device
    // A grant is for the phone that it was given for.
    const holder = known?.id ?? 0
    const accountId = grant
      ? await takeToken(tx, 'reset_grant', hashToken(grant), ip, app.now(), holder)
      : await takeGrant(tx, holder, ip, app.now())
    return accountId === undefined ? undefined : findOpenAccount(tx, accountId)
  })
  if (account) return
  await noteAttempt(app, { ...attempt, accountId: known?.id, failure: 'verification_required' })
  throw new Refusal('invalid', 'verification_required', 'No code was verified')
}
