import {
  type Account,
  type AccountChanges,
  findAccount,
  findMalformedIdentifiers,
  findTakenIdentifiers,
  updateAccount,
} from '#commerce/identity'
import { type Db, inTransaction } from '#platform/database'
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

/**
 * Changes what is named and leaves the rest, all or nothing (V1-145). An empty phone takes the phone away. Refuses all
 * fields at fault together (V1-005), those in `faults` that the caller found among them.
 */
export async function changeCustomer(
  app: App,
  accountId: number,
  changes: CustomerChanges,
  faults: FieldCodes = {},
): Promise<Customer> {
  const found = { ...(await findFaults(app, accountId, changes)), ...faults }
  if (Object.keys(found).length > 0) throw invalidFields(found)
  return inTransaction(app.db, async (tx) => ({
    account: await updateAccount(tx, accountId, changes.account),
    profile: await queries.upsertProfile(tx, accountId, changes.profile),
  }))
}

async function findFaults(app: App, accountId: number, { account, profile }: CustomerChanges): Promise<FieldCodes> {
  const { username, phone } = account
  return {
    ...(await findTakenIdentifiers(app.db, { username: username ?? null, phone: phone ?? null }, accountId)),
    ...findMalformedIdentifiers({ username: username ?? null, phone: phone ?? null }),
    ...(phone !== undefined && !phone ? await findPhoneNeeded(app.db, accountId) : {}),
    ...findProfileFaults(profile, app.now()),
  }
}

/** The phone may be all that the account is called by. */
async function findPhoneNeeded(db: Db, accountId: number): Promise<FieldCodes> {
  const account = await findAccount(db, accountId)
  return account?.email || account?.username ? {} : { phone: 'blank' }
}
