import { type FieldCodes, Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Account, Visit } from '../accounts/account.ts'
import { findAccount } from '../accounts/accounts.queries.ts'
import type { Attempt } from '../attempts/attempts.queries.ts'
import { noteAttempt, refuseTooMany } from '../attempts/limited-attempts.ts'
import { readUid } from '../proofs/mail-links.ts'
import { takeLinkToken } from '../proofs/take-link-token.ts'
import { lockCredentials } from '../sign-in/credentials.queries.ts'
import type { ShownLink } from '../verification/verify-email-by-link.ts'
import { findPasswordFaults, personOf } from './password-rules.ts'
import { replacePassword } from './reset-password.ts'

export type ResetByLink = ShownLink & { fresh?: string | null | undefined; confirm?: string | null | undefined }

/** SF-131. */
const PER_ADDRESS = { counted: 'reset-by-link', hits: 2, windowMs: 60_000, code: 'too_many_reset_links' }

/**
 * Another password by the link of a mail (SF-120…SF-137). `faults` is what the caller found: `uid`, `token`, `new_password`,
 * `new_password_confirm`. Refuses in this order (SF-136): `too_many_reset_links`; `reset_parameters_missing`;
 * `reset_account_unknown`; `reset_account_disabled`; `reset_email_unverified`; `reset_passwords_missing`;
 * `reset_passwords_differ`; `reset_password_weak`; `reset_link_not_valid`; and `reset_input_malformed` in the place of what is
 * at fault (SF-130).
 */
export async function resetPasswordByLink(
  app: App,
  input: ResetByLink,
  visit: Visit,
  faults: FieldCodes = {},
): Promise<void> {
  await refuseTooMany(app, { type: 'password_reset', ...visit }, PER_ADDRESS)
  refuseMalformed(faults, ['uid', 'token'])
  const { uid, token } = input
  if (!uid || !token) throw new Refusal('invalid', 'reset_parameters_missing', 'The link is not whole')
  const account = await findResettable(app, uid)
  const fresh = readPassword(app, input, faults, account)
  const done = await replacePassword(app, { fresh }, visit, async (tx) => {
    const known = await lockCredentials(tx, account.id)
    const shown = { purpose: 'reset_password', token, ip: visit.device.ip, now: app.now(), config: app.config } as const
    return known && !known.disabledAt && (await takeLinkToken(tx, known, shown)) ? known : undefined
  })
  if (done) return
  const attempt: Attempt = { type: 'password_reset', ...visit, accountId: account.id, identifier: account.email }
  await noteAttempt(app, { ...attempt, failure: 'token_invalid' })
  throw new Refusal('invalid', 'reset_link_not_valid', 'The reset link is not valid')
}

async function findResettable(app: App, uid: string): Promise<Account> {
  const accountId = readUid(uid)
  const account = accountId === undefined ? undefined : await findAccount(app.db, accountId)
  if (!account) throw new Refusal('invalid', 'reset_account_unknown', 'The uid names no account')
  if (account.disabledAt) throw new Refusal('invalid', 'reset_account_disabled', 'The account was switched off')
  if (!account.emailVerifiedAt) throw new Refusal('invalid', 'reset_email_unverified', 'The e-mail is not verified')
  return account
}

function readPassword(app: App, { fresh, confirm }: ResetByLink, faults: FieldCodes, account: Account): string {
  refuseMalformed(faults, ['new_password', 'new_password_confirm'])
  if (!fresh || !confirm) {
    const fields = {
      ...(fresh ? {} : { new_password: 'required' }),
      ...(confirm ? {} : { new_password_confirm: 'required' }),
    }
    throw new Refusal('invalid', 'reset_passwords_missing', 'A new password is sent twice', { fields })
  }
  if (fresh !== confirm) throw new Refusal('invalid', 'reset_passwords_differ', 'The passwords differ')
  const weak = findPasswordFaults(fresh, personOf(account), app.config)
  if (weak.length === 0) return fresh
  throw new Refusal('invalid', 'reset_password_weak', 'The password is weak', { fields: { new_password: weak } })
}

function refuseMalformed(faults: FieldCodes, wanted: string[]): void {
  const found = Object.entries(faults).filter(([field]) => wanted.includes(field))
  if (found.length === 0) return
  throw new Refusal('invalid', 'reset_input_malformed', 'Values of the wrong type', {
    fields: Object.fromEntries(found),
  })
}
