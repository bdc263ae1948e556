import type { Tx } from '#platform/database'
import type { Config } from '../../../config.ts'
import type { App } from '../../app.ts'
import type { Account, Visit } from '../accounts/account.ts'
import { describeDevice } from './device.ts'
import { sessionCutoff, sessionEnd } from './session-cutoff.ts'
import { logSessions } from './session-log.ts'
import { insertSession } from './sessions.queries.ts'
import { newTokenIds, signTokens, type Tokens } from './tokens.ts'

/** The tokens of a new session, which sessions had to go for it, and whether too many addresses are at work (V1-084). */
export type OpenedSession = Tokens & { sessionId: string; evictedIds: string[]; isSuspicious: boolean }

const USER_AGENT_MAX = 500
const MINUTE_MS = 60_000

/**
 * Opens a session and signs its tokens (V1-080). Through v1 an account has at most MAX_SESSIONS_PER_USER active ones:
 * the oldest make room (V1-024, V1-083). The caller has locked the account, which `recordAttempt` does.
 */
export async function openSession(
  tx: Tx,
  account: Pick<Account, 'id'>,
  { surface, device }: Visit,
  now: Date,
  config: Config,
): Promise<OpenedSession> {
  const ids = newTokenIds()
  const isV1 = surface === 'v1'
  const limited = isV1 && config.MAX_SESSIONS_PER_USER > 0
  const recently = new Date(now.getTime() - config.SUSPICIOUS_WINDOW_MINUTES * MINUTE_MS)
  const session = {
    ...ids,
    accountId: account.id,
    surface,
    deviceInfo: describeDevice(device.userAgent),
    userAgent: device.userAgent.slice(0, USER_AGENT_MAX),
    ipAddress: device.ip,
    expiresAt: sessionEnd(config, now),
  }
  const keep = limited ? config.MAX_SESSIONS_PER_USER - 1 : null
  const bounds = { cutoff: sessionCutoff(config, now), recently }
  const { id: sessionId, evicted, addresses } = await insertSession(tx, session, keep, bounds, now)
  const tokens = await signTokens({ accountId: account.id, sessionId, surface }, ids, now, config)
  return { ...tokens, sessionId, evictedIds: evicted, isSuspicious: isV1 && addresses > config.SUSPICIOUS_DISTINCT_IPS }
}

/** To be said once the session is committed. */
export function logOpenedSession(app: App, accountId: number, opened: OpenedSession, suspicious: string[] = []): void {
  logSessions(app, 'opened', accountId, [opened.sessionId])
  logSessions(app, 'evicted', accountId, opened.evictedIds)
  logSessions(app, 'suspicious_activity', accountId, suspicious)
}
