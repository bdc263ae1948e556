import { inTransaction } from '#platform/database'
import type { App } from '../../app.ts'
import { countLeftovers, deleteLeftovers, type Leftovers } from './clean-up.queries.ts'
import { logSessions } from './session-log.ts'

const DAY_MS = 86_400_000
/** A token that was used is kept for a day: a second click on the link still hears why it does not work. */
const TOKEN_DAYS = 1
const ATTEMPT_DAYS = 90

/**
 * Removes the sessions that were not used for `days` (SESSION_EXPIRE_DAYS unless given), the one-time tokens that were used
 * or expired, and the attempts older than 90 days (V1-171). Returns how many there were; a dry run only counts them.
 */
export async function cleanUpSessions(
  app: App,
  { days = app.config.SESSION_EXPIRE_DAYS, dryRun = false }: { days?: number; dryRun?: boolean } = {},
): Promise<Leftovers> {
  const now = app.now().getTime()
  const bounds = {
    sessions: new Date(now - days * DAY_MS),
    tokens: new Date(now - TOKEN_DAYS * DAY_MS),
    attempts: new Date(now - ATTEMPT_DAYS * DAY_MS),
  }
  if (dryRun) return countLeftovers(app.db, bounds)
  const { expired, ...removed } = await inTransaction(app.db, (tx) => deleteLeftovers(tx, bounds))
  for (const { id, accountId } of expired) logSessions(app, 'expired', accountId, [id])
  app.log.info(removed, 'sessions cleaned up')
  return removed
}
