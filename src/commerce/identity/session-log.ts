import type { App } from '../app.ts'

type Activity = 'opened' | 'refreshed' | 'signed_out' | 'deactivated' | 'evicted' | 'expired' | 'refresh_reuse'

/** One line for each session to which this happened, after it is committed (V1-112). */
export function logSessions(app: App, activity: Activity, accountId: number, sessionIds: string[]): void {
  if (!app.config.LOG_SESSION_ACTIVITIES) return
  for (const session of sessionIds) app.log.info({ session, account: accountId, activity }, 'session')
}
