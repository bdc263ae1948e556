import { inTransaction, type Tx } from '#platform/database'
import { type FieldCodes, invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Account, Surface, Visit } from '../accounts/account.ts'
import { findAccount, findAccountByEmail } from '../accounts/accounts.queries.ts'
import type { Attempt } from '../attempts/attempts.queries.ts'
import { noteAttempt, refuseTooMany } from '../attempts/limited-attempts.ts'
import { takeCode } from '../proofs/one-time-codes.ts'
import { findToken, takeToken } from '../proofs/one-time-tokens.queries.ts'
import { hashToken } from '../proofs/one-time-tokens.ts'
import { logSessions } from '../sessions/session-log.ts'
import { isUuid } from '../sessions/tokens.ts'
import { proveEmail } from '../verification/prove-email.ts'
import { codeInvalid } from '../verification/verify-email-by-code.ts'
import { findFreshFaults } from './change-password.ts'
import { type Person, personOf } from './password-rules.ts'
import { hashPassword } from './passwords.ts'
import { setPassword } from './set-password.ts'

export type FreshPassword = { fresh: string; confirm?: string | null | undefined }

/**
 * Replaces a password for who proves that the account is his, in the way of the surface. Whatever `prove` takes (a token, a
 * code) it takes in the transaction of the new password: one that is refused (by field `new_password`) leaves it unused.
 * What follows stands in `setPassword`. Returns the account; nothing where `prove` finds none.
 */
export async function replacePassword(
  app: App,
  password: FreshPassword,
  visit: Visit,
  prove: (tx: Tx) => Promise<Account | undefined>,
): Promise<Account | undefined> {
  refuseFaults(app, password, {})
  // Before it is known whether the proof is good: who comes with a bad one waits as long.
  const passwordHash = await hashPassword(password.fresh)
  const done = await inTransaction(app.db, async (tx) => {
    const account = await prove(tx)
    if (!account) return undefined
    refuseFaults(app, password, personOf(account))
    const attempt: Attempt = { type: 'password_reset', ...visit, identifier: account.email }
    return { account, ended: await setPassword(app, tx, account, passwordHash, { attempt }) }
  })
  if (done) logSessions(app, 'password_changed', done.account.id, done.ended)
  return done?.account
}

type Sent = Omit<FreshPassword, 'fresh'> & { fresh: string | undefined }

function refuseFaults(app: App, password: Sent, person: Person, known: FieldCodes = {}): void {
  const faults = { ...findFreshFaults(app, password, person), ...known }
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
}

/**
 * By the token of a letter (V1-134, V1-135). `faults` is what the caller found. Refuses `reset_token_invalid`, `…_used`,
 * `…_expired`, by field `new_password` and `new_password_confirm`, and `too_many_password_resets` (V1-136).
 */
export async function resetPasswordByToken(
  app: App,
  { token = '', fresh, confirm }: Partial<FreshPassword & { token: string }>,
  visit: Visit,
  faults: FieldCodes = {},
): Promise<void> {
  const attempt: Attempt = { type: 'password_reset', ...visit }
  await refuseTooMany(app, attempt, confirmLimit(visit.surface))
  refuseFaults(app, { fresh, confirm }, {}, faults)
  const password: FreshPassword = { fresh: fresh!, confirm }
  const account = await replacePassword(app, password, visit, async (tx) => {
    if (!isUuid(token)) return undefined
    const accountId = await takeToken(tx, 'reset_password', hashToken(token), visit.device.ip, app.now())
    return accountId === undefined ? undefined : findOpenAccount(tx, accountId)
  })
  if (account) return
  const known = isUuid(token) ? await findToken(app.db, 'reset_password', hashToken(token)) : undefined
  const reason = !known ? 'invalid' : known.usedAt ? 'used' : 'expired'
  await noteAttempt(app, { ...attempt, accountId: known?.accountId, failure: `token_${reason}` })
  throw new Refusal('invalid', `reset_token_${reason}`, `The reset token is ${reason}`)
}

/**
 * By the six digits of a letter (NX-065…NX-067): they prove the address as well. `faults` is what the caller found. Refuses
 * `code_invalid`, by field `new_password` and `new_password_confirm`, and `too_many_password_resets`.
 */
export async function resetPasswordByCode(
  app: App,
  { email = '', code = '', fresh, confirm }: Partial<FreshPassword & { email: string; code: string }>,
  visit: Visit,
  faults: FieldCodes = {},
): Promise<void> {
  const attempt: Attempt = { type: 'password_reset', ...visit, identifier: email }
  await refuseTooMany(app, attempt, confirmLimit(visit.surface))
  refuseFaults(app, { fresh, confirm }, personOf({ email }), faults)
  const password: FreshPassword = { fresh: fresh!, confirm }
  const known = await findAccountByEmail(app.db, email)
  const account = await replacePassword(app, password, visit, async (tx) => {
    const now = app.now()
    const isRight = await takeCode(tx, known?.id ?? 0, 'reset_by_email', code, now, app.config)
    if (!isRight || !known || known.disabledAt) return undefined
    return (await proveEmail(tx, known.id, visit, now)) ?? known
  })
  if (account) return
  await noteAttempt(app, { ...attempt, accountId: known?.id, failure: 'code_invalid' })
  throw codeInvalid()
}

/** The account, unless staff has switched it off. */
export async function findOpenAccount(tx: Tx, accountId: number): Promise<Account | undefined> {
  const account = await findAccount(tx, accountId)
  return account?.disabledAt ? undefined : account
}

/** The document of v1 names a number (V1-136); the others have none, and get one that only a flood meets. */
const confirmLimit = (surface: Surface) => ({
  counted: `password-reset-confirm:${surface}`,
  hits: surface === 'v1' ? 10 : 60,
  windowMs: 15 * 60_000,
  code: 'too_many_password_resets',
})
