import { inTransaction } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Visit } from '../accounts/account.ts'
import { type AttemptType, recordAttempt } from '../attempts/attempts.queries.ts'
import { refuseTooMany } from '../attempts/limited-attempts.ts'
import { sessionCutoff } from './session-cutoff.ts'
import { logSessions } from './session-log.ts'
import { endSessions, findSessionState, rotateTokens } from './sessions.queries.ts'
import { accessLifetimeS, type Claims, newTokenIds, readToken, signTokens, type Tokens } from './tokens.ts'

/**
 * Exchanges a refresh token for a new pair (V1-095…V1-100). A token works once: of two who bring the same one at the same
 * moment, one gets a pair. Refuses `refresh_token_not_valid`; `refresh_session_terminated` where the session has ended
 * (V1-096), and on the marketplace `too_many_refreshes` (MP-009). A token that was exchanged before is taken as stolen: its
 * session ends with it (V1-099). `expiresInS` is how long the access token is good: as long as where its session was opened.
 */
export async function refreshTokens(
  app: App,
  refreshToken: string,
  visit: Visit,
): Promise<Tokens & { expiresInS: number }> {
  const now = app.now()
  const { device } = visit
  if (visit.surface === 'marketplace') await refuseTooMany(app, { type: 'token_refresh', ...visit }, PER_ADDRESS)
  const claims = await readToken(refreshToken, 'refresh', now, app.config)
  if (!claims) throw notValid()
  const ids = newTokenIds()
  const session = await inTransaction(app.db, async (tx) => {
    const rotated = await rotateTokens(tx, claims, ids, sessionCutoff(app.config, now), now)
    if (rotated) {
      const { surface } = rotated
      await recordAttempt(tx, { type: 'token_refresh', surface, device, accountId: claims.accountId }, now)
    }
    return rotated
  })
  if (!session) throw await noteRefused(app, claims, device, now)
  logSessions(app, 'refreshed', claims.accountId, [claims.sessionId])
  const { accountId, sessionId } = claims
  const { surface } = session
  const tokens = await signTokens({ accountId, sessionId, surface }, ids, now, app.config)
  return { ...tokens, expiresInS: accessLifetimeS(surface, app.config) }
}

const PER_ADDRESS = { counted: 'token-refresh', hits: 60, windowMs: 60_000, code: 'too_many_refreshes' }

/** Why the tokens were not exchanged. It is committed before it is refused: a thief's session stays ended. */
async function noteRefused(app: App, claims: Claims, device: Visit['device'], now: Date): Promise<Refusal> {
  const { accountId, sessionId } = claims
  const cutoff = sessionCutoff(app.config, now)
  const state = await findSessionState(app.db, accountId, sessionId, cutoff, now)
  if (!state) return notValid()
  const type: AttemptType = state.isActive ? 'refresh_reuse' : 'token_refresh'
  const failure = state.isActive ? 'token_reused' : 'session_terminated'
  const ended = await inTransaction(app.db, async (tx) => {
    await recordAttempt(tx, { type, surface: state.surface, device, accountId, failure }, now)
    if (!state.isActive || !app.config.REFRESH_REUSE_TERMINATES_SESSION) return []
    return endSessions(tx, accountId, [sessionId], 'refresh_reuse', now, cutoff)
  })
  logSessions(app, 'refresh_reuse', accountId, ended)
  if (state.isActive) return notValid()
  return new Refusal('unauthenticated', 'refresh_session_terminated', 'The session has ended')
}

const notValid = () => new Refusal('unauthenticated', 'refresh_token_not_valid', 'The refresh token is not valid')
