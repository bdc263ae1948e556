/** Ending the sessions of others: by staff, and from the command line (V1-173). */
import { inTransaction } from '#platform/database'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { findAccountByEmail } from '../accounts/accounts.queries.ts'
import { sessionCutoff } from '../sessions/session-cutoff.ts'
import { logSessions } from '../sessions/session-log.ts'
import { endSessions, endSomeSessions, findSessionHolder } from '../sessions/sessions.queries.ts'
import { endSessionsBut } from '../sessions/sessions.ts'
import { isUuid } from '../sessions/tokens.ts'
import { lockForStaff } from './lock-for-staff.ts'

const REASON = 'ended_by_staff'
/** So many at once: a statement that is soon over, however many there are in all. */
const PORTION = 5000

/** All sessions of an account, on every surface; returns how many there were. Refuses as `lockForStaff` does. */
export async function endSessionsByStaff(app: App, staffId: number, accountId: number): Promise<number> {
  const ended = await inTransaction(app.db, async (tx) => {
    await lockForStaff(tx, staffId, accountId)
    return endSessionsBut(app, tx, accountId, null, REASON)
  })
  logSessions(app, REASON, accountId, ended)
  return ended.length
}

/** One session of anybody. Refuses `session_not_found`, also for one that has ended; and as `lockForStaff` does. */
export async function endSessionByStaff(app: App, staffId: number, sessionId: string): Promise<void> {
  const accountId = isUuid(sessionId) ? await findSessionHolder(app.db, sessionId) : undefined
  if (accountId === undefined) throw missing('session')
  const now = app.now()
  const ended = await inTransaction(app.db, async (tx) => {
    await lockForStaff(tx, staffId, accountId)
    return endSessions(tx, accountId, [sessionId], REASON, now, sessionCutoff(app.config, now))
  })
  if (ended.length === 0) throw missing('session')
  logSessions(app, REASON, accountId, ended)
}

/** All sessions of the account with this e-mail, for the operator; returns how many. Refuses `account_not_found`. */
export async function endSessionsOfEmail(app: App, email: string): Promise<number> {
  const account = await findAccountByEmail(app.db, email)
  if (!account) throw missing('account')
  const ended = await inTransaction(app.db, (tx) => endSessionsBut(app, tx, account.id, null, REASON))
  logSessions(app, REASON, account.id, ended)
  return ended.length
}

/** The sessions of everybody that are open now, for the operator; returns how many. Who signs in meanwhile stays. */
export async function endAllSessions(app: App): Promise<number> {
  const now = app.now()
  const bounds = { openedUntil: now, cutoff: sessionCutoff(app.config, now), count: PORTION }
  let count = 0
  for (;;) {
    const ended = await inTransaction(app.db, (tx) => endSomeSessions(tx, REASON, bounds, now))
    for (const { id, accountId } of ended) logSessions(app, REASON, accountId, [id])
    count += ended.length
    if (ended.length < PORTION) return count
  }
}
