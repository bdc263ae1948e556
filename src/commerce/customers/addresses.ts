/**
 * Addresses and which of them are defaults (V1-147…V1-150). Whoever changes an address book locks the customer first: what is
 * read after that stays true until the commit, so of many parallel deeds none can leave two defaults, or fail.
 */
import { type Db, inTransaction, type Tx } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { type Address, type AddressChanges, type AddressInput, toContent } from './address.ts'
import * as queries from './queries.ts'

/** Adds an address to an account. The first of its type is a default by itself. */
export function addAddress(app: App, accountId: number, input: AddressInput): Promise<Address> {
  return inTransaction(app.db, (tx) => addAddressStep(tx, accountId, input, app.now()))
}

/** The same inside the caller's transaction. */
export async function addAddressStep(tx: Tx, accountId: number, input: AddressInput, now: Date): Promise<Address> {
  const content = toContent(input)
  await queries.lockCustomer(tx, accountId)
  if (content.isDefault) await queries.clearDefault(tx, accountId, content.addressType, now)
  return queries.insertAddress(tx, accountId, content, now)
}

/** One address of this account. Refuses `address_not_found`, for those of others too. */
export async function getAddress(db: Db, accountId: number, id: number): Promise<Address> {
  const [address] = await queries.findAddresses(db, accountId, [id])
  if (!address) throw missing('address')
  return address
}

/**
 * Changes what is named and leaves the rest. An address that moves to another type is a default there only if that is
 * wished or it is the first; the type that it left gets its newest as default. Refuses `address_not_found`.
 */
export function changeAddress(app: App, accountId: number, id: number, changes: AddressChanges): Promise<Address> {
  return inTransaction(app.db, (tx) => changeAddressStep(tx, accountId, id, changes, app.now()))
}

/** The same inside the caller's transaction. */
export async function changeAddressStep(
  tx: Tx,
  accountId: number,
  id: number,
  changes: AddressChanges,
  now: Date,
): Promise<Address> {
  await queries.lockCustomer(tx, accountId)
  const before = await getAddress(tx, accountId, id)
  const content = toContent({ ...before, ...changes })
  const moved = content.addressType !== before.addressType
  if (moved) {
    const first = !(await queries.hasAddress(tx, accountId, content.addressType))
    content.isDefault = first || changes.isDefault === true
  }
  const becomesDefault = content.isDefault && (moved || !before.isDefault)
  if (becomesDefault) await queries.clearDefault(tx, accountId, content.addressType, now)
  const address = await queries.updateAddress(tx, id, content, now)
  if (moved && before.isDefault) await queries.promoteNewest(tx, accountId, before.addressType, now)
  return address
}

/** Makes an address the default of its type. Refuses `address_not_found`. */
export function setDefaultAddress(app: App, accountId: number, id: number): Promise<Address> {
  return changeAddress(app, accountId, id, { isDefault: true })
}

/** Removes an address; a default hands over to the newest that is left of its type. Refuses `address_not_found`. */
export async function removeAddress(app: App, accountId: number, id: number): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    await queries.lockCustomer(tx, accountId)
    const removed = await queries.deleteAddress(tx, accountId, id)
    if (!removed) throw missing('address')
    if (removed.isDefault) await queries.promoteNewest(tx, accountId, removed.addressType, app.now())
  })
}
