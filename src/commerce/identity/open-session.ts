import type { Tx } from '#platform/database'
import type { Config } from '../../config.ts'
import type { App } from '../app.ts'
import type { Account, Device, Surface } from './account.ts'
import { describeDevice } from './device.ts'
import { sessionCutoff } from './session-cutoff.ts'
import { logSessions } from './session-log.ts'
import { insertSession } from './sessions.queries.ts'
import { newTokenIds, signTokens, type Tokens } from './tokens.ts'

/** The tokens of a new session, and which sessions had to go for it. */
export type OpenedSession = Tokens & { sessionId: string; evictedIds: string[] }

const USER_AGENT_MAX = 500

/**
 * Opens a session and signs its tokens (V1-080). Through v1 an account has at most MAX_SESSIONS_PER_USER active ones:
 * the oldest make room (V1-024, V1-083). The caller has locked the account, which `recordAttempt` does.
 */
export async function openSession(
  tx: Tx,
  account: Pick<Account, 'id'>,
  surface: Surface,
  device: Device,
  now: Date,
  config: Config,
): Promise<OpenedSession> {
  const ids = newTokenIds()
  const limited = surface === 'v1' && config.MAX_SESSIONS_PER_USER > 0
  const session = {
    ...ids,
    accountId: account.id,
    surface,
    deviceInfo: describeDevice(device.userAgent),
    userAgent: device.userAgent.slice(0, USER_AGENT_MAX),
    ipAddress: device.ip,
  }
  const keep = limited ? config.MAX_SESSIONS_PER_USER - 1 : null
  const { id: sessionId, evicted } = await insertSession(tx, session, keep, sessionCutoff(config, now), now)
  const tokens = await signTokens({ accountId: account.id, sessionId, surface }, ids, now, config)
  return { ...tokens, sessionId, evictedIds: evicted }
}

/** To be said once the session is committed. */
export function logOpenedSession(app: App, accountId: number, opened: OpenedSession): void {
  logSessions(app, 'opened', accountId, [opened.sessionId])
  logSessions(app, 'evicted', accountId, opened.evictedIds)
}
