import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { sessionCutoff } from './session-cutoff.ts'
import { logSessions } from './session-log.ts'
import { expireSession, findStanding, touchSession } from './sessions.queries.ts'
import { type Claims, readToken } from './tokens.ts'

/** Who is asking. */
export type Viewer = {
  accountId: number
  sessionId: string
  isStaff: boolean
  isSuperuser: boolean
  email: string | null
}

/** Use of a session is written down at most this often (V1-110). */
const TOUCH_EVERY_MS = 60_000

/**
 * Who holds this access token: the token is looked at, and then its session (V1-101). One statement, a second one once a
 * minute. Refuses `token_not_valid`; `session_terminated` where the session has ended, was idle for too long, or its account
 * is not active; `no_active_sessions` where its row is gone and the account has no other session (V1-102).
 */
export async function authenticate(app: App, accessToken: string): Promise<Viewer> {
  const now = app.now()
  const claims = await readToken(accessToken, 'access', now, app.config)
  if (!claims) throw new Refusal('unauthenticated', 'token_not_valid', 'The access token is not valid')
  const { accountId, sessionId } = claims
  const cutoff = sessionCutoff(app.config, now)
  const standing = await findStanding(app.db, accountId, sessionId, cutoff)
  if (!standing || (!standing.lastActivityAt && !standing.hasOtherSession)) {
    throw new Refusal('unauthenticated', 'no_active_sessions', 'The account has no active session')
  }
  const { lastActivityAt, endedAt, isActive, isStaff, isSuperuser, email } = standing
  if (!lastActivityAt || endedAt || !isActive) throw terminated()
  if (lastActivityAt <= cutoff) {
    await expire(app, claims, cutoff, now)
    throw terminated()
  }
  if (now.getTime() - lastActivityAt.getTime() >= TOUCH_EVERY_MS) await touchSession(app.db, sessionId, now)
  return { accountId, sessionId, isStaff, isSuperuser, email }
}

/** A session that was left alone for too long ends when it is touched (V1-111). */
async function expire(app: App, { accountId, sessionId }: Claims, cutoff: Date, now: Date): Promise<void> {
  if (await expireSession(app.db, sessionId, cutoff, now)) logSessions(app, 'expired', accountId, [sessionId])
}

const terminated = () => new Refusal('unauthenticated', 'session_terminated', 'The session has ended')
