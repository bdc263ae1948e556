import { inTransaction, type Tx } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { findPasswordFaults, personOf } from '../passwords/password-rules.ts'
import { hashPassword } from '../passwords/passwords.ts'
import { type Account, findMalformedIdentifiers, makeUsername } from './account.ts'
import { insertAccount, type NewAccount } from './accounts.queries.ts'

export type ActiveAccount = Omit<NewAccount, 'isActive' | 'emailVerifiedAt'>

/** An account that is ready for use, its e-mail taken as proven: sample data and tests. Refuses names that are taken. */
export function createActiveAccount(tx: Tx, account: ActiveAccount): Promise<Account> {
  return insertAccount(tx, { ...account, isActive: true, emailVerifiedAt: account.email ? account.joinedAt : null })
}

export type NewSuperuser = {
  email: string
  username?: string | undefined
  phone?: string | undefined
  password: string
}

/**
 * Makes the account of who runs the shop. Its e-mail and phone count as proven (V1-022). The operator may choose a
 * password that a customer might not; it is said in the log. Refuses names that are
 * malformed or taken, by field.
 */
export async function createSuperuser(app: App, { email, username, phone, password }: NewSuperuser): Promise<Account> {
  const now = app.now()
  const malformed = findMalformedIdentifiers({ email, username, phone })
  if (Object.keys(malformed).length > 0) throw invalidFields(malformed)
  const faults = findPasswordFaults(password, personOf({ email, username }), app.config)
  if (faults.length > 0) app.log.warn({ email, faults }, 'the password of this superuser is weak')
  const passwordHash = await hashPassword(password)
  return inTransaction(app.db, (tx) =>
    createActiveAccount(tx, {
      email,
      username: username || makeUsername(email),
      phone: phone ?? null,
      phoneVerifiedAt: phone ? now : null,
      passwordHash,
      isStaff: true,
      isSuperuser: true,
      joinedAt: now,
    }),
  )
}
