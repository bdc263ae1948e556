import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import type { JobQueue } from '#platform/jobs'
import type { Place } from '#platform/location'
import type { App } from '../../app.ts'
import { signedIn } from '../events.ts'
import {
  findAttempt,
  hasEarlierSignIn,
  type InspectedAttempt,
  listUnlocated,
  markInspected,
  setPlaces,
} from './attempt-inspections.queries.ts'
import { raiseClaim } from './claims.ts'

/** After each sign-in, good or bad. `failures` is how many there are in a row, with this one; 0 for one that was let in or was no guess. */
export const attemptInspections: JobQueue<{ attemptId: number; failures: number }> = {
  name: 'attempt-inspections',
  concurrency: 1,
}

const FAILURES_TO_TELL = 3
const DAY_MS = 86_400_000
const HABIT_DAYS = 90

/**
 * Looks up where an attempt came from (NX-034, NX-148), and raises a claim where its owner should know of it: several
 * failures (NX-055), a lock (NX-052), a place that he was not seen at in 90 days (NX-053). Safe to run twice.
 */
export async function inspectAttempt(
  app: App,
  { attemptId, failures }: { attemptId: number; failures: number },
): Promise<void> {
  await locate(app, attemptId)
  await inTransaction(app.db, async (tx) => {
    const attempt = await findAttempt(tx, attemptId)
    if (!attempt || !(await markInspected(tx, attemptId, app.now()))) return
    if (attempt.accountId === null) return
    if (attempt.succeeded) await inspectSuccess(app, tx, attempt)
    else await inspectFailure(app, tx, attempt, failures)
  })
}

/** The attempt and earlier ones of the account, whose turn has not come: by them it is seen where its owner usually is. */
async function locate(app: App, attemptId: number): Promise<void> {
  const unlocated = await listUnlocated(app.db, attemptId)
  const places: (Place & { id: number })[] = []
  for (const { id, ipAddress } of unlocated) places.push({ id, ...(await app.locator.locate(ipAddress)) })
  if (places.length > 0) await inTransaction(app.db, (tx) => setPlaces(tx, places))
}

async function inspectSuccess(app: App, tx: Tx, attempt: InspectedAttempt): Promise<void> {
  await publish(tx, signedIn({ attemptId: attempt.id }))
  const since = new Date(attempt.attemptedAt.getTime() - HABIT_DAYS * DAY_MS)
  const { any, fromThere } = await hasEarlierSignIn(tx, attempt, since)
  if (any && !fromThere) await raiseClaim(app, tx, 'unusual_location', attempt)
}

async function inspectFailure(app: App, tx: Tx, attempt: InspectedAttempt, failures: number): Promise<void> {
  if (failures === FAILURES_TO_TELL) await raiseClaim(app, tx, 'multiple_failed_attempts', attempt)
  if (failures === app.config.LOCKOUT_THRESHOLD) await raiseClaim(app, tx, 'account_lockout', attempt)
}
