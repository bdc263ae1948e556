/** How many wrong passwords are let through: per address, and per account from wherever (V1-075…V1-078). */
import type { Tx } from '#platform/database'
import { claimTry, releaseHit, settleHits, type Try } from '#platform/limits'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'

const WINDOW_MS = 15 * 60_000

type Allowed = Extract<Try, { allowed: true }>
/** A sign-in that may look at the password. Whatever becomes of it, `close` it in the end. */
export type OpenTry = { address: Allowed; account: Allowed | undefined }

/**
 * Counts a try against the address and, where there is one, the account. Refuses `too_many_failed_sign_ins`, before the
 * password is looked at; a refused try counts nowhere (V1-078). An e-mail that nobody has is counted by address only (V1-077).
 */
export async function openTry(app: App, ip: string, accountId: number | undefined): Promise<OpenTry> {
  const { LOGIN_IP_MAX_ATTEMPTS, LOGIN_USER_MAX_ATTEMPTS } = app.config
  const address = await claimTry(
    app.db,
    `sign-in:ip:${ip}`,
    { hits: LOGIN_IP_MAX_ATTEMPTS, windowMs: WINDOW_MS },
    app.now,
  )
  if (!address.allowed) throw tooMany(address.retryAfterS)
  if (accountId === undefined) return { address, account: undefined }
  try {
    const limit = { hits: LOGIN_USER_MAX_ATTEMPTS, windowMs: WINDOW_MS }
    const account = await claimTry(app.db, accountKey(accountId), limit, app.now)
    if (!account.allowed) throw tooMany(account.retryAfterS)
    return { address, account }
  } catch (error) {
    await releaseHit(app.db, address.hit)
    address.decided()
    throw error
  }
}

/** The password was right: the account starts anew, the address gets only this try back (V1-078). */
export async function settleTry(tx: Tx, tried: OpenTry, accountId: number): Promise<void> {
  await settleHits(tx, tried.address.hit, accountKey(accountId))
}

/** The password was right, but there is no way in: the try was no guess, and counts nowhere. */
export async function withdrawTry(app: App, { address, account }: OpenTry): Promise<void> {
  await releaseHit(app.db, address.hit)
  if (account) await releaseHit(app.db, account.hit)
}

/** The outcome stands: whoever waited for it may ask. */
export function closeTry({ address, account }: OpenTry): void {
  address.decided()
  account?.decided()
}

const accountKey = (accountId: number) => `sign-in:account:${accountId}`

const tooMany = (retryAfterS: number) =>
  new Refusal('limited', 'too_many_failed_sign_ins', 'Too many failed sign-ins', { retryAfterS })
