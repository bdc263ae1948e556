import { inTransaction } from '#platform/database'
import { publish } from '#platform/events'
import { claimHit } from '#platform/limits'
import type { App } from '../../app.ts'
import type { Account, Surface, Visit } from '../accounts/account.ts'
import { type Attempt, recordAttempt } from '../attempts/attempts.queries.ts'
import { refuseTooMany } from '../attempts/limited-attempts.ts'
import { passwordResetRequested } from '../events.ts'
import { findCredentials } from '../sign-in/credentials.queries.ts'
import type { SignInName } from '../sign-in/sign-in-name.ts'

const HOUR_MS = 3_600_000

/** How often one address may ask in an hour, and how often for one account: beyond that nothing is sent, and nobody told. */
const limits: Record<Surface, { perAddress?: number; perAccount: number; unprovenToo: boolean }> = {
  v1: { perAddress: 5, perAccount: 3, unprovenToo: false },
  nexus: { perAddress: 5, perAccount: 3, unprovenToo: true },
  marketplace: { perAddress: 5, perAccount: 3, unprovenToo: true },
  // Its document has no limit of requests (section 8.2); this one keeps a mailbox from being filled.
  storefront: { perAccount: 10, unprovenToo: true },
  admin: { perAddress: 5, perAccount: 3, unprovenToo: false },
}

/**
 * Has a letter or an SMS sent by which the password can be replaced (V1-133, NX-060, MP-040, SF-115): what is sent is made
 * afterwards, so that the time tells nothing (V1-138). Returns whether there is such an account: only the storefront says it
 * (SF-116). Refuses `too_many_password_resets` per address.
 */
export async function requestPasswordReset(app: App, name: SignInName, visit: Visit): Promise<boolean> {
  const { surface, device } = visit
  const { perAddress, perAccount, unprovenToo } = limits[surface]
  const attempt: Attempt = { type: 'password_reset', ...visit, identifier: name.value }
  if (perAddress) await refuseTooMany(app, attempt, limitOf(`password-reset:${surface}`, perAddress))
  const account = await findCredentials(app.db, name, surface)
  const limit = { hits: perAccount, windowMs: HOUR_MS }
  const claim = await claimHit(app.db, `password-reset:${surface}:${name.kind}:${name.value}`, limit, app.now())
  const accountId = account && claim.allowed && mayReset(account, name, unprovenToo) ? account.id : null
  await inTransaction(app.db, async (tx) => {
    await recordAttempt(tx, { ...attempt, accountId: account?.id }, app.now())
    // For nobody as well: as many statements, whoever is asked for.
    await publish(tx, passwordResetRequested({ accountId, surface, ip: device.ip }))
  })
  return account !== undefined
}

/**
 * An address that was never proven leads to a new password only where the account cannot be used yet: whoever has put his own
 * address into somebody's account, by a stolen token, has no way in by it.
 */
function mayReset(account: Account, { kind }: SignInName, unprovenToo: boolean): boolean {
  if (account.disabledAt) return false
  return kind !== 'email' || account.emailVerifiedAt !== null || (unprovenToo && !account.isActive)
}

const limitOf = (counted: string, hits: number) => ({
  counted,
  hits,
  windowMs: HOUR_MS,
  code: 'too_many_password_resets',
})
