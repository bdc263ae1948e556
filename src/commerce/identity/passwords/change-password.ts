import { inTransaction } from '#platform/database'
import { claimTry, releaseHits } from '#platform/limits'
import { type FieldCodes, invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Visit } from '../accounts/account.ts'
import type { Attempt } from '../attempts/attempts.queries.ts'
import { noteAttempt } from '../attempts/limited-attempts.ts'
import { logSessions } from '../sessions/session-log.ts'
import { findCredentialsById } from '../sign-in/credentials.queries.ts'
import { findPasswordFaults, type Person, personOf } from './password-rules.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { setPassword } from './set-password.ts'

const WRONG_MAX = 5
const WINDOW_MS = 15 * 60_000

export type PasswordChange = { current: string; fresh: string; confirm?: string | null | undefined }
type Holder = Visit & { accountId: number; sessionId: string }

/**
 * Another password for who is signed in and knows the present one (V1-125…V1-128, NX-078, MP-047); his other sessions end.
 * Of two who change it at once, the second one comes with what is not the password any more. `faults` is what the caller
 * found. Refuses by field: `current_password`, `new_password`, `new_password_confirm`; and `too_many_wrong_passwords`.
 */
export async function changePassword(
  app: App,
  holder: Holder,
  { current, fresh, confirm }: Partial<PasswordChange>,
  faults: FieldCodes = {},
): Promise<void> {
  const { accountId, surface, device } = holder
  const account = await findCredentialsById(app.db, accountId)
  const found = { ...findFreshFaults(app, { fresh, confirm }, personOf(account ?? {})), ...faults }
  if (Object.keys(found).length > 0) throw invalidFields(found)
  await confirmPassword(app, { ...holder, field: 'current_password' }, current!)
  const passwordHash = await hashPassword(fresh!)
  const attempt: Attempt = { type: 'password_change', surface, device, accountId, identifier: account?.email }
  const rest = { attempt, keptSessionId: holder.sessionId, replaces: account?.passwordHash }
  const ended = await inTransaction(app.db, (tx) => setPassword(app, tx, { id: accountId }, passwordHash, rest))
  logSessions(app, 'password_changed', accountId, ended)
}

/** What is wrong with a new password, by field; its repetition counts where it was sent. */
export function findFreshFaults(
  { config }: App,
  { fresh, confirm }: { fresh: string | undefined; confirm?: string | null | undefined },
  person: Person,
): FieldCodes {
  const faults = fresh === undefined ? [] : findPasswordFaults(fresh, person, config)
  const differs = typeof confirm === 'string' && fresh !== undefined && confirm !== fresh
  return {
    ...(faults.length > 0 ? { new_password: faults } : {}),
    ...(differs ? { new_password_confirm: 'passwords_differ' } : {}),
  }
}

/**
 * Makes sure that who is signed in knows the password: a stolen access token alone does nothing that lasts (V1-128). Wrong
 * ones are counted per account. Refuses `password_incorrect` under `field`, and `too_many_wrong_passwords`.
 */
export async function confirmPassword(
  app: App,
  { accountId, field, ...visit }: Visit & { accountId: number; field: string },
  password: string,
): Promise<void> {
  const { surface, device } = visit
  const attempt: Attempt = { type: 'password_change', surface, device, accountId }
  const limit = { hits: WRONG_MAX, windowMs: WINDOW_MS }
  const tried = await claimTry(app.db, [{ key: `confirm-password:${accountId}`, limit }], app.now)
  if (!tried.allowed) {
    await noteAttempt(app, { ...attempt, failure: 'rate_limited' })
    const { retryAfterS } = tried
    throw new Refusal('limited', 'too_many_wrong_passwords', 'Too many wrong passwords', { retryAfterS })
  }
  try {
    const known = await findCredentialsById(app.db, accountId)
    if (await verifyPassword(known?.passwordHash, password)) return await releaseHits(app.db, tried.hits)
    await noteAttempt(app, { ...attempt, failure: 'invalid_credentials' })
    throw invalidFields({ [field]: 'password_incorrect' })
  } finally {
    tried.decided()
  }
}
