import { invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Visit } from '../accounts/account.ts'
import { hasPassword } from '../accounts/closed-accounts.queries.ts'
import { hasBegunSince } from '../passkeys/passkeys.queries.ts'
import { confirmPassword } from './change-password.ts'

const FRESH_MS = 15 * 60_000

export type FreshProof = Visit & { accountId: number; sessionId: string; currentPassword?: string | null | undefined }

/**
 * Makes sure that who is signed in is the owner, before a way in is added or taken away (ASVS 7.5.1): by the password, and where
 * the account has none by a sign-in of the last 15 minutes. Refuses `current_password`: `required`, `password_incorrect`;
 * `too_many_wrong_passwords`; `fresh_sign_in_required`.
 */
export async function confirmFreshly(app: App, { sessionId, currentPassword, ...holder }: FreshProof): Promise<void> {
  if (await hasPassword(app.db, holder.accountId)) {
    if (!currentPassword) throw invalidFields({ current_password: 'required' })
    return confirmPassword(app, { ...holder, field: 'current_password' }, currentPassword)
  }
  if (await hasBegunSince(app.db, sessionId, freshSince(app))) return
  throw staleSignIn()
}

/**
 * The same where the document has no password in the body (MP-048): a sign-in of the last 15 minutes will do, later the
 * password is wanted. Refuses `password`: `required`, `password_incorrect`; `too_many_wrong_passwords`; `fresh_sign_in_required`.
 */
export async function confirmUnlessFresh(
  app: App,
  { sessionId, currentPassword, ...holder }: FreshProof,
): Promise<void> {
  if (await hasBegunSince(app.db, sessionId, freshSince(app))) return
  if (!(await hasPassword(app.db, holder.accountId))) throw staleSignIn()
  if (!currentPassword) throw invalidFields({ password: 'required' })
  await confirmPassword(app, { ...holder, field: 'password' }, currentPassword)
}

const freshSince = (app: App) => new Date(app.now().getTime() - FRESH_MS)
const staleSignIn = () => new Refusal('forbidden', 'fresh_sign_in_required', 'The sign-in is too long ago')
