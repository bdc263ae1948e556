import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { sessionCutoff } from './session-cutoff.ts'
import { logSessions } from './session-log.ts'
import { expireSession, findOpenSessions, findStanding } from './sessions.queries.ts'
import { type Claims, readToken } from './tokens.ts'

/** Who is asking. */
export type Viewer = {
  accountId: number
  sessionId: string
  isSeller: boolean
  isStaff: boolean
  isSuperuser: boolean
  email: string | null
  firstName: string
  lastName: string
  phone: string | null
}

/** Use of a session is written down at most this often (V1-110). */
const TOUCH_EVERY_MS = 60_000

/**
 * Who holds this access token: the token is looked at, and then its session (V1-101). One statement. Refuses
 * `token_not_valid`; `session_terminated` where the session has ended, was idle for too long, or its account is not active;
 * `no_active_sessions` where its row is gone and the account has no other session (V1-102); `verification_only` for the token
 * of somebody who has yet to prove the e-mail (SF-010).
 */
export async function authenticate(app: App, accessToken: string): Promise<Viewer> {
  const claims = await readToken(accessToken, ['access', 'verification'], app.now(), app.config)
  if (!claims) throw new Refusal('unauthenticated', 'token_not_valid', 'The access token is not valid')
  const { isActive, refreshJti: _, ...viewer } = await findHolder(app, claims)
  if (claims.type === 'verification')
    throw new Refusal('forbidden', 'verification_only', 'The token opens nothing but another verification mail')
  if (!isActive) throw terminated()
  return viewer
}

type Holder = Viewer & { isActive: boolean; refreshJti: string | null }

/** Who holds a token, whatever it opens, by its session. Refuses as `authenticate` does, but for an account that is not proven yet. */
export async function findHolder(app: App, claims: Claims): Promise<Holder> {
  const { accountId, sessionId } = claims
  const now = app.now()
  const cutoff = sessionCutoff(app.config, now)
  const touched = new Date(now.getTime() - TOUCH_EVERY_MS)
  const standing = await findStanding(app.db, accountId, sessionId, { cutoff, touched, now })
  if (!standing || (!standing.lastActivityAt && !standing.hasOtherSession)) {
    throw new Refusal('unauthenticated', 'no_active_sessions', 'The account has no active session')
  }
  const { lastActivityAt, endedAt, isDisabled, isOver, hasOtherSession: _, ...holder } = standing
  if (!lastActivityAt || endedAt || isDisabled) throw terminated()
  if (isOver || lastActivityAt <= cutoff) {
    await expire(app, claims, cutoff, now)
    throw terminated()
  }
  return { accountId, sessionId, ...holder }
}

/** Which of these sessions stand. One statement, however many they are. */
export async function findLiveSessions(app: App, sessionIds: string[]): Promise<ReadonlySet<string>> {
  const now = app.now()
  return new Set(await findOpenSessions(app.db, sessionIds, sessionCutoff(app.config, now), now))
}

/** A session that was left alone for too long, or is too old, ends when it is touched (V1-111). */
async function expire(app: App, { accountId, sessionId }: Claims, cutoff: Date, now: Date): Promise<void> {
  if (await expireSession(app.db, sessionId, cutoff, now)) logSessions(app, 'expired', accountId, [sessionId])
}

const terminated = () => new Refusal('unauthenticated', 'session_terminated', 'The session has ended')
