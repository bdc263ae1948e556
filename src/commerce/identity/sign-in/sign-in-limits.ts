/** How many wrong passwords are let through: per address, and per account or name from wherever. */
import type { Db, Tx } from '#platform/database'
import {
  type AllowedTry,
  claimTry,
  countShut,
  findShutUntil,
  forgetHits,
  type Limit,
  releaseHits,
  settleHits,
} from '#platform/limits'
import { Refusal } from '#platform/refusal.ts'
import type { Config } from '../../../config.ts'
import type { App } from '../../app.ts'
import type { Surface, Visit } from '../accounts/account.ts'
import { isWellFormed, type SignInName } from './sign-in-name.ts'

const MINUTE_MS = 60_000
const ADDRESS_WINDOW_MS = 15 * MINUTE_MS

/** A sign-in that may look at the password. Whatever becomes of it, `decided` is called in the end. */
export type OpenTry = AllowedTry & {
  /** What the failures of this account, or of this name, are counted under. */
  subject: string | undefined
  /** How many it has now, if this one fails too. Those of the address are another matter: they are not about this account. */
  failures: number
}

type Rules = { perAddress?: number; perAccount: number; countsUnknown: boolean }

/**
 * What each surface lets through; the failures of an account are the sum over all of them (V1-025). On v1 a name that nobody
 * has is counted by address alone (V1-077), on the others as if somebody had it (NX-051).
 */
function rulesOf(surface: Surface, config: Config): Rules {
  const { LOGIN_IP_MAX_ATTEMPTS: perAddress, LOGIN_USER_MAX_ATTEMPTS, LOCKOUT_THRESHOLD: perAccount } = config
  if (surface === 'v1') return { perAddress, perAccount: LOGIN_USER_MAX_ATTEMPTS, countsUnknown: false }
  if (surface === 'marketplace') return { perAddress, perAccount, countsUnknown: true }
  return { perAccount, countsUnknown: true }
}

/**
 * Counts a try against the address, where the surface does, and the account or the name. Refuses
 * `too_many_failed_sign_ins` and, where the account is locked for all surfaces (NX-050), `account_locked`, before the
 * password is looked at; a refused try counts nowhere (V1-078).
 */
export async function openTry(
  app: App,
  { surface, device }: Visit,
  name: SignInName,
  accountId: number | undefined,
): Promise<OpenTry> {
  const { perAddress, perAccount, countsUnknown } = rulesOf(surface, app.config)
  const nameKey = isWellFormed(name) ? `sign-in:name:${name.kind}:${name.value}` : undefined
  const subject = accountId !== undefined ? accountKey(accountId) : countsUnknown ? nameKey : undefined
  if (subject === undefined && nameKey) await refuseShut(app, nameKey)
  const asks = [
    ...(perAddress ? [{ key: `sign-in:address:${surface}:${device.ip}`, limit: addressLimit(perAddress) }] : []),
    ...(subject ? [{ key: subject, limit: accountLimit(app.config, perAccount) }] : []),
  ]
  const tried = asks.length > 0 ? await claimTry(app.db, asks, app.now) : UNCOUNTED
  if (!tried.allowed) throw tried.isShut ? locked(tried.retryAfterS) : tooMany(tried.retryAfterS)
  return { ...tried, subject, failures: subject ? tried.counted.at(-1)! : 0 }
}

const UNCOUNTED: AllowedTry = { allowed: true, hits: [], counted: [], decided: () => {} }

const addressLimit = (hits: number): Limit => ({ hits, windowMs: ADDRESS_WINDOW_MS })

function accountLimit(config: Config, hits: number): Limit {
  const { LOCKOUT_THRESHOLD, LOCKOUT_WINDOW_MINUTES, LOCKOUT_MINUTES } = config
  const shuts = { hits: LOCKOUT_THRESHOLD, forMs: LOCKOUT_MINUTES * MINUTE_MS }
  return { hits, windowMs: LOCKOUT_WINDOW_MINUTES * MINUTE_MS, shuts }
}

/** A lock says nothing about whether there is an account: it holds for a name that nobody has as well (NX-051). */
async function refuseShut(app: App, key: string): Promise<void> {
  const now = app.now()
  const until = await findShutUntil(app.db, key, now)
  if (until) throw locked(Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)))
}

/** The password was right: the account starts anew, the address gets only this try back (V1-078). */
export async function settleTry(tx: Tx, { hits, subject }: OpenTry): Promise<void> {
  if (subject) await settleHits(tx, hits, subject)
}

/** The password was right, but there is no way in yet: the try was no guess, and counts nowhere. */
export async function withdrawTry(app: App, { hits }: OpenTry): Promise<void> {
  if (hits.length > 0) await releaseHits(app.db, hits)
}

/** Forgets the failures of an account, and lifts its lock: its owner has proven himself otherwise (V1-134, NX-051). */
export async function forgetFailures(tx: Tx, accountId: number): Promise<void> {
  await forgetHits(tx, accountKey(accountId))
}

/** How many accounts are locked now. */
export const countLocked = (db: Db, now: Date): Promise<number> => countShut(db, ACCOUNT_KEYS, now)

const ACCOUNT_KEYS = 'sign-in:account:'
export const accountKey = (accountId: number) => `${ACCOUNT_KEYS}${accountId}`

const tooMany = (retryAfterS: number) =>
  new Refusal('limited', 'too_many_failed_sign_ins', 'Too many failed sign-ins', { retryAfterS })
const locked = (retryAfterS: number) =>
  new Refusal('limited', 'account_locked', 'The account is locked for a while', { retryAfterS })
