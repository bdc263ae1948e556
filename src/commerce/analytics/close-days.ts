/** Keeping the figures of days that are over. */
import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import { addUpDay, beginToClose, listDaysToClose } from './days.queries.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * Adds up the days that are over and were not added up, or of which something changed since. A day is closed an hour after its end: by then
 * whatever was under way at midnight is written. Returns how many there were.
 */
export async function closeDays(app: App): Promise<number> {
  const now = app.now().getTime()
  const { ANALYTICS_RETENTION_DAYS: keptDays } = app.config
  const eventsSince = keptDays === 0 ? null : new Date(now - keptDays * DAY_MS)
  const days = await listDaysToClose(app.db, new Date(now - HOUR_MS))
  for (const day of days) {
    await inTransaction(app.db, (tx) => beginToClose(tx, day))
    await inTransaction(app.db, (tx) => addUpDay(tx, day, eventsSince))
  }
  return days.length
}
