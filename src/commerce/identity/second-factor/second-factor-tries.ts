/** How many wrong codes of the second factor are let through, wherever they are tried. */
import { claimTry, releaseHits } from '#platform/limits'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Attempt } from '../attempts/attempts.queries.ts'
import { noteAttempt } from '../attempts/limited-attempts.ts'

/** Per account, over all challenges and sessions: another challenge buys no more guesses (ASVS 6.6.3). */
const WRONG_CODES = { hits: 5, windowMs: 15 * 60_000 }

type Tried = Attempt & { accountId: number }

/**
 * Lets a code be looked at, counted before it is: `deed` refuses `second_factor_incorrect` for a wrong one, and only that
 * counts. Whatever it refuses is noted. Refuses `too_many_wrong_codes`.
 */
export async function tryCode<Done>(app: App, attempt: Tried, deed: () => Promise<Done>): Promise<Done> {
  const ask = { key: `second-factor:account:${attempt.accountId}`, limit: WRONG_CODES }
  const tried = await claimTry(app.db, [ask], app.now)
  if (!tried.allowed) {
    await noteAttempt(app, { ...attempt, failure: 'rate_limited' })
    throw tooMany(tried.retryAfterS)
  }
  try {
    const done = await deed()
    await releaseHits(app.db, tried.hits)
    return done
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'second_factor_incorrect')) await releaseHits(app.db, tried.hits)
    if (error instanceof Refusal) await noteAttempt(app, { ...attempt, failure: failureOf[error.code] ?? error.code })
    throw error
  } finally {
    tried.decided()
  }
}

const failureOf: Record<string, string> = { account_disabled: 'inactive_account' }

const tooMany = (retryAfterS: number) =>
  new Refusal('limited', 'too_many_wrong_codes', 'Too many wrong codes', { retryAfterS })
