/** Event tables lie by month (SF-520, MP-149): room is made ahead of time, and what is too old goes. */
import { inTransaction } from '#platform/database'
import type { App } from '../app.ts'
import {
  addMonth,
  cutAddresses,
  deleteBefore,
  dropMonthsBefore,
  EVENT_TABLES,
  forgetEndpoints,
  forgetVisitors,
} from './months.queries.ts'

const DAY_MS = 86_400_000
/** After so many days an address says no more than from where about somebody came (MP-149). */
const ADDRESSES_WHOLE_DAYS = 30
const MONTHS_AHEAD = 2

/** Makes room for this month and the next two, forgets what is older than its settings say, and cuts addresses that are a month old. */
export async function keepMonths(app: App): Promise<void> {
  const now = app.now()
  const { ANALYTICS_RETENTION_DAYS: events, ERROR_LOG_RETENTION_DAYS: errors } = app.config
  for (const table of EVENT_TABLES) {
    for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead += 1) {
      const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1))
      await inTransaction(app.db, (tx) => addMonth(tx, table, month))
    }
    const days = table === 'errors' ? errors : events
    if (days === 0) continue
    const before = new Date(now.getTime() - days * DAY_MS)
    await inTransaction(app.db, (tx) => dropMonthsBefore(tx, table, before))
    await deleteBefore(app.db, table, before)
  }
  if (events > 0) {
    const before = new Date(now.getTime() - events * DAY_MS)
    await deleteBefore(app.db, 'user_activities', before)
    await forgetEndpoints(app.db, before)
    await forgetVisitors(app.db, before)
  }
  await cutAddresses(app.db, new Date(now.getTime() - ADDRESSES_WHOLE_DAYS * DAY_MS))
}
