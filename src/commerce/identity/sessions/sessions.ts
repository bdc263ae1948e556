/** The sessions of an account, as their owner sees and ends them (V1-105…V1-109). */
import { inTransaction, type Tx } from '#platform/database'
import { missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Surface } from '../accounts/account.ts'
import { sessionCutoff } from './session-cutoff.ts'
import { logSessions } from './session-log.ts'
import * as queries from './sessions.queries.ts'
import { isUuid } from './tokens.ts'

/** The active ones of all surfaces, newest first. */
export function listSessions(app: App, accountId: number): Promise<queries.Session[]> {
  const now = app.now()
  return queries.listActiveSessions(app.db, accountId, sessionCutoff(app.config, now), now)
}

/** Ends one session of an account; its tokens are worthless at once. What is not an active session of his is not found (V1-107). */
export async function endSession(app: App, accountId: number, sessionId: string): Promise<void> {
  if (!isUuid(sessionId)) throw missing('session')
  const now = app.now()
  const cutoff = sessionCutoff(app.config, now)
  const ended = await inTransaction(app.db, (tx) =>
    queries.endSessions(tx, accountId, [sessionId], 'deactivated', now, cutoff),
  )
  if (ended.length === 0) throw missing('session')
  logSessions(app, 'deactivated', accountId, ended)
}

/** Ends all active sessions but the current one; returns how many there were (V1-108). */
export async function endOtherSessions(app: App, accountId: number, currentSessionId: string): Promise<number> {
  const ended = await inTransaction(app.db, (tx) => endSessionsBut(app, tx, accountId, currentSessionId, 'deactivated'))
  logSessions(app, 'deactivated', accountId, ended)
  return ended.length
}

/** The same within a transaction, for a reason: all active sessions but one, or none, of one surface or all. Returns them, to be logged. */
export function endSessionsBut(
  app: App,
  tx: Tx,
  accountId: number,
  keptSessionId: string | null,
  reason: queries.EndReason,
  surface: Surface | null = null,
): Promise<string[]> {
  const now = app.now()
  return queries.endAllSessionsExcept(
    tx,
    accountId,
    keptSessionId,
    { reason, surface },
    now,
    sessionCutoff(app.config, now),
  )
}

/** How many sessions an account has: active ones, and all that the clean-up has left. */
export function countSessions(app: App, accountId: number): Promise<{ active: number; total: number }> {
  const now = app.now()
  return queries.countSessionsOf(app.db, accountId, sessionCutoff(app.config, now), now)
}

/**
 * Makes sure, under the lock of the account, that the session from which something is changed has not ended meanwhile: a new
 * password ends it, and with it what was under way. Refuses `session_terminated`.
 */
export async function requireOpenSession(tx: Tx, sessionId: string): Promise<void> {
  if (await queries.isSessionOpen(tx, sessionId)) return
  throw new Refusal('unauthenticated', 'session_terminated', 'The session has ended')
}
