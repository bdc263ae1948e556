import { type Static, Type } from 'typebox'
import {
  type ActiveSession,
  ATTEMPT_TYPES,
  type AttemptFilter,
  type LoggedAttempt,
  type SecuritySummary,
} from '#commerce/identity'
import { readDay } from '../http/filters.ts'
import { PageQuery } from '../http/paging.ts'
import { Choice, Nullable, sent, Time } from '../http/wire.ts'

const AttemptType = Choice(ATTEMPT_TYPES)
const Outcomes = Type.Object({ succeeded: Type.Integer(), failed: Type.Integer() })

export const SecuritySummaryWire = Type.Object(
  {
    attempts: Type.Array(Type.Object({ attempt_type: AttemptType, last_24_hours: Outcomes, last_7_days: Outcomes })),
    suspicious_sign_ins: Type.Object({ last_24_hours: Type.Integer(), last_7_days: Type.Integer() }),
    active_sessions: Type.Integer(),
    locked_accounts: Type.Integer({ description: 'now' }),
    open_claims: Type.Integer(),
    tokens: Type.Object(
      { issued: Type.Integer(), used: Type.Integer(), expired: Type.Integer(), open: Type.Integer() },
      { description: 'one-time tokens of the last 24 hours, and those that are open now' },
    ),
  },
  { title: 'SecuritySummary' },
)

export function toSecuritySummaryWire(summary: SecuritySummary): Static<typeof SecuritySummaryWire> {
  const { tokens } = summary
  const countOf = (type: string, succeeded: boolean) =>
    summary.attempts.find((count) => count.type === type && count.succeeded === succeeded) ?? NONE
  const attempts = ATTEMPT_TYPES.map((type) => {
    const good = countOf(type, true)
    const bad = countOf(type, false)
    return {
      attempt_type: type,
      last_24_hours: { succeeded: good.lastDay, failed: bad.lastDay },
      last_7_days: { succeeded: good.lastWeek, failed: bad.lastWeek },
    }
  })
  const suspicious = countOf('suspicious_activity', false)
  return {
    attempts,
    suspicious_sign_ins: { last_24_hours: suspicious.lastDay, last_7_days: suspicious.lastWeek },
    active_sessions: summary.activeSessions,
    locked_accounts: summary.lockedAccounts,
    open_claims: summary.openClaims,
    tokens: { issued: tokens.issued, used: tokens.used, expired: tokens.expired, open: tokens.open },
  }
}

const NONE = { lastDay: 0, lastWeek: 0 }

export const AttemptQuery = Type.Object({
  ...PageQuery,
  attempt_type: Type.Optional(AttemptType),
  success: Type.Optional(Type.Boolean()),
  ip_address: Type.Optional(Type.String()),
  email: Type.Optional(Type.String({ description: 'what was typed, or that of the account' })),
  start_date: Type.Optional(Type.String({ description: 'YYYY-MM-DD, inclusive, UTC' })),
  end_date: Type.Optional(Type.String({ description: 'YYYY-MM-DD, inclusive, UTC' })),
})

const DAY_MS = 86_400_000

export function toAttemptFilter(query: Static<typeof AttemptQuery>): AttemptFilter {
  const last = readDay('end_date', query.end_date)
  return sent({
    type: query.attempt_type,
    succeeded: query.success,
    ipAddress: query.ip_address?.trim() || undefined,
    email: query.email?.trim() || undefined,
    from: readDay('start_date', query.start_date),
    until: last && new Date(last.getTime() + DAY_MS),
  })
}

export const AttemptWire = Type.Object(
  {
    id: Type.Integer(),
    attempt_type: AttemptType,
    success: Type.Boolean(),
    failure_reason: Nullable(Type.String()),
    email: Nullable(Type.String({ description: 'or whatever else was typed to name an account' })),
    ip_address: Type.String(),
    user_agent: Type.String(),
    timestamp: Time,
  },
  { title: 'SecurityAttempt' },
)

export function toAttemptWire(attempt: LoggedAttempt): Static<typeof AttemptWire> {
  return {
    id: attempt.id,
    attempt_type: attempt.attemptType,
    success: attempt.succeeded,
    failure_reason: attempt.failureReason,
    email: attempt.email,
    ip_address: attempt.ipAddress,
    user_agent: attempt.userAgent,
    timestamp: attempt.attemptedAt.toISOString(),
  }
}

export const UserSessionWire = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    user: Type.Object({ id: Type.Integer(), email: Nullable(Type.String()) }),
    surface: Type.String(),
    device_info: Type.String(),
    ip_address: Type.String(),
    created_at: Time,
    last_activity: Time,
  },
  { title: 'UserSession' },
)

export function toUserSessionWire(session: ActiveSession): Static<typeof UserSessionWire> {
  return {
    id: session.id,
    user: { id: session.accountId, email: session.email },
    surface: session.surface,
    device_info: session.deviceInfo,
    ip_address: session.ipAddress,
    created_at: session.createdAt.toISOString(),
    last_activity: session.lastActivityAt.toISOString(),
  }
}
