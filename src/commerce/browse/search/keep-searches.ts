import { inTransaction, keepByMonth } from '#platform/database'
import type { App } from '../../app.ts'
import { forgetQueriesBefore, searchesByMonth } from './search-log.queries.ts'

const DAY_MS = 86_400_000

/**
 * Makes room for the searches of this month and the next two. What is older than ANALYTICS_RETENTION_DAYS is forgotten, and so are queries
 * that nobody repeated since (SF-520).
 */
export async function keepSearches(app: App): Promise<void> {
  const now = app.now()
  const { ANALYTICS_RETENTION_DAYS: days } = app.config
  await keepByMonth(app.db, searchesByMonth, days, now)
  if (days > 0) await inTransaction(app.db, (tx) => forgetQueriesBefore(tx, new Date(now.getTime() - days * DAY_MS)))
}
