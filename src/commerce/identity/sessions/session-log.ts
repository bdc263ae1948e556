import { loggerOf } from '#platform/log'
import type { App } from '../../app.ts'
import type { EndReason } from './sessions.queries.ts'

type Activity = 'opened' | 'refreshed' | EndReason

/** One line for each session to which this happened, after it is committed (V1-112). */
export function logSessions(app: App, activity: Activity, accountId: number, sessionIds: string[]): void {
  if (!app.config.LOG_SESSION_ACTIVITIES) return
  const log = loggerOf(app.log, 'authentication')
  for (const session of sessionIds) log.info({ session, account: accountId, activity }, 'session')
}
