import {
  type Account,
  type AccountChanges,
  findAccount,
  findMalformedIdentifiers,
  findTakenIdentifiers,
  requestVerificationStep,
  updateAccount,
} from '#commerce/identity'
import { type Db, inTransaction, type Tx } from '#platform/database'
import { type FieldCodes, invalidFields, missing } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { findProfileFaults, type Profile, type ProfileChanges } from './profile.ts'
import * as queries from './queries.ts'

/** A person as the shop knows it: the account, and what its owner said about himself. */
export type Customer = { account: Account; profile: Profile }
export type CustomerChanges = { account: AccountChanges; profile: ProfileChanges }

/** Refuses `account_not_found`. */
export async function getCustomer(db: Db, accountId: number): Promise<Customer> {
  const account = await findAccount(db, accountId)
  if (!account) throw missing('account')
  return { account, profile: await queries.findProfile(db, accountId) }
}

export type ChangeOptions = {
  /** What the caller found at fault. */
  faults?: FieldCodes
  /** What the surface calls the day of birth, where it is at fault. */
  dateField?: string
  /** What else is changed in the same transaction: addresses. */
  alongside?: (tx: Tx) => Promise<unknown>
}

/**
 * Changes what is named and leaves the rest, all or nothing (V1-145, MP-046, SF-158). An empty phone takes the phone away. An
 * e-mail that was proven stays (whoever stole a token must not lead the way to a new password elsewhere); one that was not may
 * go, or give way to another, which has yet to be proven and is written to. Refuses all fields at fault together (V1-005).
 */
export async function changeCustomer(
  app: App,
  accountId: number,
  changes: CustomerChanges,
  { faults = {}, dateField, alongside }: ChangeOptions = {},
): Promise<Customer> {
  const { phone, email } = changes.account
  const looks = (phone !== undefined && !phone) || email !== undefined
  const before = looks ? await findAccount(app.db, accountId) : undefined
  const found = {
    ...(await findFaults(app, accountId, before, changes.account)),
    ...findProfileFaults(changes.profile, app.now(), dateField),
    ...faults,
  }
  if (Object.keys(found).length > 0) throw invalidFields(found)
  return inTransaction(app.db, async (tx) => {
    const account = await updateAccount(tx, accountId, changes.account)
    // Proven since it was looked at.
    if (changesEmail(account, email)) throw invalidFields({ email: 'email_proven' })
    const profile = await queries.upsertProfile(tx, accountId, changes.profile)
    await alongside?.(tx)
    if (changesEmail(before, email)) await requestVerificationStep(tx, accountId, 'marketplace', app.now())
    return { account, profile }
  })
}

async function findFaults(
  app: App,
  accountId: number,
  before: Account | undefined,
  changes: AccountChanges,
): Promise<FieldCodes> {
  const { username, phone, email } = changes
  const names = { username: username ?? null, phone: phone ?? null, email: email ?? null }
  const takesPhone = phone !== undefined && !phone
  return {
    ...(await findTakenIdentifiers(app.db, names, app.now(), accountId)),
    ...findMalformedIdentifiers(names),
    // It may be all that the account is called by.
    ...(takesPhone && !(before?.email || before?.username) ? { phone: 'blank' } : {}),
    ...(email === null && !(before?.phone || before?.username) ? { email: 'blank' } : {}),
    ...(before?.emailVerifiedAt && changesEmail(before, email) ? { email: 'email_proven' } : {}),
  }
}

const changesEmail = (before: Account | undefined, email: string | null | undefined): boolean =>
  email !== undefined && (email?.trim().toLowerCase() ?? null) !== before?.email
