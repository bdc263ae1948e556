import { inTransaction } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Account, Visit } from '../accounts/account.ts'
import { findAccountByEmail } from '../accounts/accounts.queries.ts'
import type { Attempt } from '../attempts/attempts.queries.ts'
import { noteAttempt, refuseTooMany } from '../attempts/limited-attempts.ts'
import { takeCode } from '../proofs/one-time-codes.ts'
import { proveEmail } from './prove-email.ts'
import { verificationLimit } from './verification-limit.ts'

/**
 * Proves an e-mail by the six digits that were mailed there (NX-020…NX-022). Nobody is signed in by it. Refuses
 * `code_invalid`: a wrong, expired, used or replaced code, an unknown e-mail and a verified account look the same; and
 * `too_many_verifications`.
 */
export async function verifyEmailByCode(
  app: App,
  { email, code }: { email: string; code: string },
  visit: Visit,
): Promise<Account> {
  const attempt: Attempt = { type: 'email_verification', ...visit, identifier: email }
  await refuseTooMany(app, attempt, verificationLimit(app, visit.surface))
  const account = await findAccountByEmail(app.db, email)
  const proven = await inTransaction(app.db, async (tx) => {
    const now = app.now()
    // With no account it is tried all the same: as slow, and never right.
    if (!(await takeCode(tx, account?.id ?? 0, 'verify_email', code, now, app.config))) return undefined
    return account && proveEmail(tx, account.id, visit, now)
  })
  if (proven) return proven
  await noteAttempt(app, { ...attempt, accountId: account?.id, failure: 'code_invalid' })
  throw codeInvalid()
}

export const codeInvalid = () => new Refusal('invalid', 'code_invalid', 'The code is not valid')
