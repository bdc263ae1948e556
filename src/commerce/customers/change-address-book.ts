import type { Tx } from '#platform/database'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import type { AddressChanges, AddressInput } from './address.ts'
import { addAddressStep, changeAddressStep } from './addresses.ts'

/** With an id it changes that address, without one it is a new address. */
export type AddressEntry = { id: number; changes: AddressChanges } | { id?: undefined; input: AddressInput }

/**
 * Changes and adds addresses of an account within the caller's transaction; those not named stay (SF-159, SF-160). Refuses by
 * field, as `addresses`, what is no address of this account (SF-162).
 */
export async function changeAddressBook(tx: Tx, accountId: number, entries: AddressEntry[], now: Date): Promise<void> {
  for (const [index, entry] of entries.entries()) {
    if (entry.id === undefined) await addAddressStep(tx, accountId, entry.input, now)
    else await changeAddressStep(tx, accountId, entry.id, entry.changes, now).catch((error) => throwAt(index, error))
  }
}

function throwAt(index: number, error: unknown): never {
  const isUnknown = error instanceof Refusal && error.code === 'address_not_found'
  throw isUnknown ? invalidFields({ addresses: { code: 'address_unknown', inner: String(index) } }) : error
}
