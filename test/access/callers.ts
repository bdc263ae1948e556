/** Everybody who may call a route, for the matrix: each with a token of his own, or none. */
import { decodeJwt } from 'jose'
import { endSession, findAccount, openSession } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import { type SignedUp, signedUp } from '../accounts.ts'
import type { TestServer } from '../server.ts'

export const CALLERS = [
  'nobody',
  'tampered',
  'expired',
  'ended',
  'other',
  'seller',
  'staff',
  'admin',
  'customer',
] as const
export type Caller = (typeof CALLERS)[number]

const DAY_MS = 86_400_000

/** A token for each; `customer` is the owner of what is asked for, `ended` was he until his session was ended. */
export async function tokensFor(server: TestServer, owner: SignedUp): Promise<Record<Caller, string | undefined>> {
  const [other, seller, staff, admin] = await Promise.all([
    signedUp(server),
    signedUp(server, { isSeller: true }),
    signedUp(server, { isStaff: true }),
    signedUp(server, { isStaff: true, isSuperuser: true }),
  ])
  return {
    nobody: undefined,
    tampered: tamper(owner.access),
    expired: await openedAt(server, owner, new Date(server.shop.now().getTime() - DAY_MS)),
    ended: await endedSession(server, owner),
    other: other.access,
    seller: seller.access,
    staff: staff.access,
    admin: admin.access,
    customer: owner.access,
  }
}

/** The claims say another account; the signature is the old one. */
function tamper(token: string): string {
  const [head, , signature] = token.split('.')
  const claims = { ...decodeJwt(token), sub: '1' }
  return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
}

async function endedSession(server: TestServer, owner: SignedUp): Promise<string> {
  const access = await openedAt(server, owner, server.shop.now())
  await endSession(server.shop, owner.accountId, String(decodeJwt(access).sid))
  return access
}

async function openedAt({ shop }: TestServer, { accountId }: SignedUp, at: Date): Promise<string> {
  const visit = { surface: 'nexus', device: { ip: '127.0.0.1', userAgent: 'test' } } as const
  const account = await findAccount(shop.db, accountId)
  return (await inTransaction(shop.db, (tx) => openSession(tx, account!, visit, at, shop.config))).access
}
