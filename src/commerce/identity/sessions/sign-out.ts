import { inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import type { Visit } from '../accounts/account.ts'
import { signedOut } from '../events.ts'
import { authenticate, type Viewer } from './authenticate.ts'
import { sessionCutoff } from './session-cutoff.ts'
import { logSessions } from './session-log.ts'
import { endSessions } from './sessions.queries.ts'
import { type Claims, readToken } from './tokens.ts'

/** What somebody who leaves shows: either will do. Who was let in already, as `viewer`, needs no access token. */
export type Shown = { viewer?: Viewer; access?: string | undefined; refresh?: string | undefined }

/**
 * Ends the session of the access token and that of the refresh token, as far as they are good (V1-090…V1-092). Somebody
 * else's refresh token is left alone. Refuses, as unauthenticated, only where neither can be used.
 */
export async function signOut(app: App, { viewer: known, access, refresh }: Shown, visit: Visit): Promise<void> {
  const seen = known ?? (access === undefined ? notAuthenticated() : await authenticate(app, access).catch(asRefusal))
  const viewer = seen instanceof Refusal ? undefined : seen
  const claims = refresh ? await readToken(refresh, 'refresh', app.now(), app.config) : undefined
  const accountId = viewer?.accountId ?? claims?.accountId
  if (accountId === undefined) throw seen
  const ended = await inTransaction(app.db, async (tx) => {
    const sessions = await endShown(app, tx, viewer, claims)
    const { ip, userAgent } = visit.device
    const at = app.now().toISOString()
    if (sessions.length > 0) await publish(tx, signedOut({ accountId, surface: visit.surface, ip, userAgent, at }))
    return sessions
  })
  if (!viewer && ended.length === 0) throw seen
  logSessions(app, 'signed_out', accountId, ended)
}

/**
 * Ends the session of a refresh token; nothing else needs to be shown (NX-045, SF-110…SF-112). With `accountId` it has to be a
 * token of this account. Refuses `sign_out_token_not_valid` for one that is none, was used, or whose session has ended.
 */
export async function endSessionOfRefreshToken(
  app: App,
  refresh: string,
  { surface, device: { ip, userAgent } }: Visit,
  accountId?: number,
): Promise<void> {
  const now = app.now()
  const claims = await readToken(refresh, 'refresh', now, app.config)
  if (!claims || (accountId !== undefined && claims.accountId !== accountId)) throw notValid()
  const { accountId: holder, sessionId, jti } = claims
  const ended = await inTransaction(app.db, async (tx) => {
    const cutoff = sessionCutoff(app.config, now)
    const sessions = await endSessions(tx, holder, [sessionId], 'signed_out', now, cutoff, jti)
    if (sessions.length > 0)
      await publish(tx, signedOut({ accountId: holder, surface, ip, userAgent, at: now.toISOString() }))
    return sessions
  })
  if (ended.length === 0) throw notValid()
  logSessions(app, 'signed_out', holder, ended)
}

/**
 * Leaves by both tokens (SF-110…SF-113). Refuses as `authenticate` and `endSessionOfRefreshToken` do. Who has left by these two
 * before hears of the refresh token alone, though the access token has ended with it (SF-112).
 */
export async function leaveByBoth(
  app: App,
  { access, refresh }: { access: string | undefined; refresh: string },
  visit: Visit,
): Promise<void> {
  if (access === undefined) throw notAuthenticated()
  const viewer = await authenticate(app, access).catch(async (refusal) => {
    throw (await areOfOneSession(app, access, refresh)) ? notValid() : refusal
  })
  await endSessionOfRefreshToken(app, refresh, visit, viewer.accountId)
}

async function areOfOneSession({ config, now }: App, access: string, refresh: string): Promise<boolean> {
  const held = await readToken(access, 'access', now(), config)
  const shown = await readToken(refresh, 'refresh', now(), config)
  return held !== undefined && held.sessionId === shown?.sessionId
}

async function endShown(app: App, tx: Tx, viewer: Viewer | undefined, claims: Claims | undefined): Promise<string[]> {
  const now = app.now()
  const cutoff = sessionCutoff(app.config, now)
  const end = (accountId: number, sessionId: string, refreshJti?: string) =>
    endSessions(tx, accountId, [sessionId], 'signed_out', now, cutoff, refreshJti)
  const ended = viewer ? await end(viewer.accountId, viewer.sessionId) : []
  const isForeign = viewer !== undefined && viewer.accountId !== claims?.accountId
  if (!claims || isForeign || claims.sessionId === viewer?.sessionId) return ended
  return [...ended, ...(await end(claims.accountId, claims.sessionId, claims.jti))]
}

const notValid = () => new Refusal('invalid', 'sign_out_token_not_valid', 'The refresh token ends no session')
const notAuthenticated = () => new Refusal('unauthenticated', 'not_authenticated', 'No credentials were sent')

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  throw error
}
