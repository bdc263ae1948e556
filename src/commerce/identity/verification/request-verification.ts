import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import { claimHit } from '#platform/limits'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { normalizeEmail, type Surface, type Visit } from '../accounts/account.ts'
import { findAccountByEmail } from '../accounts/accounts.queries.ts'
import { refuseTooMany } from '../attempts/limited-attempts.ts'
import { verificationRequested } from '../events.ts'
import { deleteCodes } from '../proofs/one-time-codes.queries.ts'
import { voidTokens } from '../proofs/one-time-tokens.queries.ts'
import { verificationLimit } from './verification-limit.ts'

const HOUR_MS = 3_600_000
/** What one address may ask for in an hour, where the document has a limit; beyond it nothing is sent, and nobody told (NX-023). */
const perEmail = { nexus: 3 } as Partial<Record<string, number>>

/**
 * Voids what was mailed to prove this e-mail and has a new letter written (V1-060, NX-023). Says nothing about whether there
 * is such an account, or whether it is verified (V1-061). Counts with the proofs: refuses `too_many_verifications`. `faults`
 * is what the caller found in the input; that counts too.
 */
export async function requestVerification(
  app: App,
  email: string,
  visit: Visit,
  faults: FieldCodes = {},
): Promise<void> {
  const { surface } = visit
  await refuseTooMany(app, { type: 'email_verification', ...visit }, verificationLimit(app, surface))
  if (Object.keys(faults).length > 0) throw invalidFields(faults)
  const hits = perEmail[surface]
  if (hits !== undefined) {
    const limit = { hits, windowMs: HOUR_MS }
    const claim = await claimHit(app.db, `verification:${surface}:email:${normalizeEmail(email)}`, limit, app.now())
    if (!claim.allowed) return
  }
  const account = await findAccountByEmail(app.db, email)
  const isOpen = account && !account.emailVerifiedAt && !account.disabledAt
  await inTransaction(app.db, async (tx) => {
    // For nobody as well: as many statements, whoever is asked for.
    const accountId = isOpen ? account.id : null
    await requestVerificationStep(tx, accountId, surface, app.now())
  })
}

/** Whatever was mailed to prove the e-mail of this account is void, and another letter goes to the one that it has now. */
export async function requestVerificationStep(
  tx: Tx,
  accountId: number | null,
  surface: Surface,
  now: Date,
): Promise<void> {
  await voidTokens(tx, accountId ?? 0, ['verify_email'], now)
  await deleteCodes(tx, accountId ?? 0, ['verify_email'])
  await publish(tx, verificationRequested({ accountId, surface }))
}
