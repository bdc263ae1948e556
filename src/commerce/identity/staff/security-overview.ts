/** What staff sees of the shop's security (V1-173). */
import type { App } from '../../app.ts'
import { sessionCutoff } from '../sessions/session-cutoff.ts'
import { countLocked } from '../sign-in/sign-in-limits.ts'
import * as queries from './security-overview.queries.ts'

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS

export type SecuritySummary = queries.SecurityCounts & { lockedAccounts: number }

/** How many attempts there were in the last day and week, and what is open now. Two statements. */
export async function summarizeSecurity(app: App): Promise<SecuritySummary> {
  const now = app.now()
  const ago = (ms: number) => new Date(now.getTime() - ms)
  const moments = { now, day: ago(DAY_MS), week: ago(WEEK_MS), cutoff: sessionCutoff(app.config, now) }
  return { ...(await queries.countSecurity(app.db, moments)), lockedAccounts: await countLocked(app.db, now) }
}

/** The active sessions of everybody, those in use first. */
export function listSessionsOfAll(app: App, page: { limit: number; offset: number }) {
  const now = app.now()
  return queries.listAllActiveSessions(app.db, { cutoff: sessionCutoff(app.config, now), now }, page)
}
