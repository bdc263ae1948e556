/** Who may have another verification mail of the storefront, and how often (SF-090…SF-105). */
import type { Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { Config } from '../../../config.ts'
import type { App } from '../../app.ts'
import type { Account, Visit } from '../accounts/account.ts'
import { findAccount } from '../accounts/accounts.queries.ts'
import { refuseTooMany } from '../attempts/limited-attempts.ts'
import { seal, unseal } from '../proofs/sealed-tokens.ts'
import { findHolder } from '../sessions/authenticate.ts'
import { readToken } from '../sessions/tokens.ts'
import { insertResend, lockAndCountResends } from './resend-attempts.queries.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Counts a request against its address, whatever comes of it (SF-097). Refuses `too_many_resends`. */
export async function limitResends(app: App, visit: Visit): Promise<void> {
  const limit = { counted: 'resend', hits: app.config.EMAIL_RESEND_PER_MINUTE, windowMs: MINUTE_MS }
  await refuseTooMany(app, { type: 'email_verification', ...visit }, { ...limit, code: 'too_many_resends' })
}

/**
 * Whose token this is: a verification token, an access token, or an encrypted one of `makeResendToken` (SF-091). An account
 * that was switched off is found, too, though its sessions have ended: its owner is told why (SF-095). Refuses
 * `not_authenticated` without a token, and as `authenticate` does.
 */
export async function findResendBearer(app: App, token: string | undefined): Promise<Account> {
  if (token === undefined) throw new Refusal('unauthenticated', 'not_authenticated', 'No credentials were sent')
  const now = app.now()
  const claims = await readToken(token, ['verification', 'access'], now, app.config)
  const sealed = claims ? undefined : await unseal('resend_verification', token, { now, config: app.config })
  const accountId = claims?.accountId ?? Number(sealed?.subject ?? 0)
  const account = await findAccount(app.db, accountId)
  if (!account) throw new Refusal('unauthenticated', 'token_not_valid', 'The token is not valid')
  if (claims && !account.disabledAt) await findHolder(app, claims)
  return account
}

/** A token that is good for asking for another mail, and for nothing else (SF-074, C-14). */
export function makeResendToken(app: App, accountId: number): Promise<string> {
  const now = app.now()
  const expiresAt = new Date(now.getTime() + app.config.STOREFRONT_VERIFICATION_HOURS * HOUR_MS)
  return seal('resend_verification', String(accountId), { now, expiresAt, config: app.config })
}

/** `remaining` is how many mails the address may still ask for today. */
export type ReservedResend = { attemptId: number; remaining: number }

/**
 * Takes one of the mails that an address may have in a day (UTC), whether it will arrive or not: of many who ask at once no
 * more get one (SF-099, SF-100, SF-103). What became of it is told by `noteResend`. Refuses `resends_used_up`.
 */
export async function reserveResend(
  tx: Tx,
  { accountId, email, ip }: { accountId: number; email: string; ip: string },
  now: Date,
  { EMAIL_RESEND_DAILY_LIMIT: limit, SUPPORT_EMAIL: supportContact }: Config,
): Promise<ReservedResend> {
  const midnight = new Date(now.getTime() - (now.getTime() % DAY_MS))
  const used = await lockAndCountResends(tx, accountId, email, midnight)
  if (used >= limit) {
    const retryAfterS = Math.ceil((midnight.getTime() + DAY_MS - now.getTime()) / 1000)
    throw new Refusal('limited', 'resends_used_up', 'No more mails today', { retryAfterS, limit, supportContact })
  }
  return { attemptId: await insertResend(tx, email, ip, now), remaining: limit - used - 1 }
}
