/** Accounts for tests, made through the face: no mail has to go round. */
import { createActiveAccount, hashPassword, openSession, type Surface } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import type { App } from '../src/commerce/app.ts'

export type SignedUp = { accountId: number; email: string; password: string; access: string; refresh: string }
export type Overrides = {
  email?: string
  username?: string
  phone?: string
  password?: string
  firstName?: string
  lastName?: string
  isSeller?: boolean
  isStaff?: boolean
  isSuperuser?: boolean
  surface?: Surface
  ip?: string
  userAgent?: string
}

const PASSWORD = 'SecurePass123!'
/** Hashed once for all accounts of a test file: it takes its time. */
const hashes = new Map<string, Promise<string>>()
let count = 0

/** An active account with a proven e-mail, signed in. */
export async function signedUp({ shop }: { shop: App }, overrides: Overrides = {}): Promise<SignedUp> {
  count += 1
  const {
    email = `shopper-${count}@example.com`,
    username = `shopper-${count}`,
    password = PASSWORD,
    surface = 'v1',
  } = overrides
  const { firstName = 'Sam', lastName = 'Shopper', phone = null } = overrides
  const { isSeller = false, isStaff = false, isSuperuser = false } = overrides
  const passwordHash = await hashOf(password)
  const device = { ip: overrides.ip ?? '127.0.0.1', userAgent: overrides.userAgent ?? 'test' }
  const now = shop.now()
  return inTransaction(shop.db, async (tx) => {
    const names = { email, username, phone, firstName, lastName }
    const account = await createActiveAccount(tx, {
      ...names,
      passwordHash,
      isSeller,
      isStaff,
      isSuperuser,
      joinedAt: now,
    })
    const { access, refresh } = await openSession(tx, account, { surface, device }, now, shop.config)
    return { accountId: account.id, email, password, access, refresh }
  })
}

/** Somebody of the staff, signed in. */
export function staffMember(server: { shop: App }, overrides: Overrides = {}): Promise<SignedUp> {
  return signedUp(server, { firstName: 'Stella', lastName: 'Staff', isStaff: true, ...overrides })
}

function hashOf(password: string): Promise<string> {
  const known = hashes.get(password) ?? hashPassword(password)
  hashes.set(password, known)
  return known
}
