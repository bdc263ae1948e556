/** Event tables lie by month (SF-520, MP-149): room is made ahead of time, and what is too old goes. */
import { keepByMonth } from '#platform/database'
import type { App } from '../app.ts'
import { cutAddresses, eventTables, forgetEndpoints, forgetVisitors } from './months.queries.ts'

const DAY_MS = 86_400_000
/** After so many days an address says no more than from where about somebody came (MP-149). */
const ADDRESSES_WHOLE_DAYS = 30

/** Makes room for this month and the next two, forgets what is older than its settings say, and cuts addresses that are a month old. */
export async function keepMonths(app: App): Promise<void> {
  const now = app.now()
  const { ANALYTICS_RETENTION_DAYS: eventDays, ERROR_LOG_RETENTION_DAYS: errorDays } = app.config
  const { errors, ...events } = eventTables
  for (const table of Object.values(events)) await keepByMonth(app.db, table, eventDays, now)
  await keepByMonth(app.db, errors, errorDays, now)
  if (eventDays > 0) {
    const before = new Date(now.getTime() - eventDays * DAY_MS)
    await forgetEndpoints(app.db, before)
    await forgetVisitors(app.db, before)
  }
  await cutAddresses(app.db, new Date(now.getTime() - ADDRESSES_WHOLE_DAYS * DAY_MS))
}
