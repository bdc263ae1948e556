/** What anybody may try only so often from one address, whatever comes of it. */
import { inTransaction } from '#platform/database'
import { claimHit } from '#platform/limits'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { type Attempt, recordAttempt } from './attempts.queries.ts'

/** `hits` within `windowMs` for each address; `counted` names what is counted together, and one more is refused as `code`. */
export type AttemptLimit = { counted: string; hits: number; windowMs: number; code: string }

/** Counts the attempt against its address, or notes it and refuses it with the seconds to wait. */
export async function refuseTooMany(app: App, attempt: Attempt, limit: AttemptLimit): Promise<void> {
  const { counted, hits, windowMs, code } = limit
  const claim = await claimHit(app.db, `${counted}:${attempt.device.ip}`, { hits, windowMs }, app.now())
  if (claim.allowed) return
  await noteAttempt(app, { ...attempt, failure: 'rate_limited' })
  throw new Refusal('limited', code, 'Too many attempts from this address', { retryAfterS: claim.retryAfterS })
}

/** Notes an attempt by itself: it stays though the caller then refuses. */
export async function noteAttempt(app: App, attempt: Attempt): Promise<void> {
  await inTransaction(app.db, (tx) => recordAttempt(tx, attempt, app.now()))
}
