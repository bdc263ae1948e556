import { randomBytes } from 'node:crypto'
import { addAddressStep } from '#commerce/customers'
import { createActiveAccount } from '#commerce/identity'
import type { Tx } from '#platform/database'
import { customers, emailOf } from './customers.ts'
import type { Buyers } from './play-history.ts'

const DAY_MS = 86_400_000
const JOINED_DAYS_AGO = 110

/** Stores the customers with an address each. Their password hash is none: no password in the world fits it. */
export async function loadCustomers(tx: Tx, now: Date): Promise<Buyers> {
  const buyers: Buyers = []
  for (const [index, customer] of customers.entries()) {
    const { firstName, lastName, street, city, state, postalCode, country } = customer
    const joinedAt = new Date(now.getTime() - (JOINED_DAYS_AGO - index) * DAY_MS)
    const email = emailOf(customer)
    const passwordHash = `!${randomBytes(24).toString('base64url')}`
    const { id: accountId } = await createActiveAccount(tx, { email, firstName, lastName, passwordHash, joinedAt })
    const lines = { fullName: `${firstName} ${lastName}`, addressLine1: street, city, state, postalCode, country }
    const { id: addressId } = await addAddressStep(tx, accountId, { ...lines, isDefault: true }, joinedAt)
    buyers.push({ accountId, email, addressId })
  }
  return buyers
}
