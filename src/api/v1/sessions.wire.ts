import { type Static, Type } from 'typebox'
import type { Session } from '#commerce/identity'
import type { Config } from '../../config.ts'
import { Time } from '../http/wire.ts'

export const SessionWire = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    device_info: Type.String(),
    ip_address: Type.String(),
    created_at: Time,
    last_activity: Time,
    is_current: Type.Boolean(),
  },
  { title: 'Session' },
)
export const SessionsWire = Type.Array(SessionWire)

export function toSessionWire(session: Session, currentId: string): Static<typeof SessionWire> {
  return {
    id: session.id,
    device_info: session.deviceInfo,
    ip_address: session.ipAddress,
    created_at: session.createdAt.toISOString(),
    last_activity: session.lastActivityAt.toISOString(),
    is_current: session.id === currentId,
  }
}

/** Text: what is no id of a session is a session that is not found (V1-107). */
export const SessionParams = Type.Object({ session_id: Type.String() })
export const DeactivatedWire = Type.Object(
  { message: Type.String(), deactivated_count: Type.Integer() },
  { title: 'DeactivatedSessions' },
)

export const toDeactivatedWire = (count: number): Static<typeof DeactivatedWire> => ({
  message: `${count} ${count === 1 ? 'session' : 'sessions'} deactivated.`,
  deactivated_count: count,
})

export const SessionStatsWire = Type.Object(
  {
    active_sessions: Type.Integer(),
    total_sessions: Type.Integer(),
    max_allowed: Type.Integer({ description: '0 for no limit' }),
    expire_days: Type.Integer(),
    security_settings: Type.Object({
      auto_cleanup_sessions: Type.Boolean(),
      log_session_activities: Type.Boolean(),
      force_logout_on_suspicious_activity: Type.Boolean(),
    }),
  },
  { title: 'SessionStats' },
)

export function toSessionStatsWire(
  count: { active: number; total: number },
  config: Config,
): Static<typeof SessionStatsWire> {
  return {
    active_sessions: count.active,
    total_sessions: count.total,
    max_allowed: config.MAX_SESSIONS_PER_USER,
    expire_days: config.SESSION_EXPIRE_DAYS,
    security_settings: {
      auto_cleanup_sessions: config.AUTO_CLEANUP_SESSIONS,
      log_session_activities: config.LOG_SESSION_ACTIVITIES,
      force_logout_on_suspicious_activity: config.FORCE_LOGOUT_ON_SUSPICIOUS_ACTIVITY,
    },
  }
}
