import { inTransaction, type Tx } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../app.ts'
import { authenticate, type Viewer } from './authenticate.ts'
import { sessionCutoff } from './session-cutoff.ts'
import { logSessions } from './session-log.ts'
import { endSessions } from './sessions.queries.ts'
import { type Claims, readToken } from './tokens.ts'

/** What somebody who leaves shows: either will do. */
export type Shown = { access?: string | undefined; refresh?: string | undefined }

/**
 * Ends the session of the access token and that of the refresh token, as far as they are good (V1-090…V1-092). Somebody
 * else's refresh token is left alone. Refuses, as unauthenticated, only where neither can be used.
 */
export async function signOut(app: App, { access, refresh }: Shown): Promise<void> {
  const seen = access === undefined ? notAuthenticated() : await authenticate(app, access).catch(asRefusal)
  const viewer = seen instanceof Refusal ? undefined : seen
  const claims = refresh ? await readToken(refresh, 'refresh', app.now(), app.config) : undefined
  const accountId = viewer?.accountId ?? claims?.accountId
  if (accountId === undefined) throw seen
  const ended = await inTransaction(app.db, (tx) => endShown(app, tx, viewer, claims))
  if (!viewer && ended.length === 0) throw seen
  logSessions(app, 'signed_out', accountId, ended)
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

const notAuthenticated = () => new Refusal('unauthenticated', 'not_authenticated', 'No credentials were sent')

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  throw error
}
