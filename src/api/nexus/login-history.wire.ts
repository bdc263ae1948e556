import { type Static, Type } from 'typebox'
import type { SignInAttempt } from '#commerce/identity'
import { Nullable, Time } from '../http/wire.ts'

export const LoginWire = Type.Object(
  {
    id: Type.Integer(),
    ip_address: Type.String(),
    user_agent: Type.String(),
    location: Type.String({ description: '"Unknown" until it was looked up' }),
    city: Nullable(Type.String()),
    country: Nullable(Type.String()),
    success: Type.Boolean(),
    failure_reason: Nullable(Type.String()),
    timestamp: Time,
  },
  { title: 'NexusLogin' },
)
export const LoginsWire = Type.Array(LoginWire)

export function toLoginWire(attempt: SignInAttempt): Static<typeof LoginWire> {
  return {
    id: attempt.id,
    ip_address: attempt.ipAddress,
    user_agent: attempt.userAgent,
    location: attempt.location,
    city: attempt.city,
    country: attempt.country,
    success: attempt.succeeded,
    failure_reason: attempt.failureReason,
    timestamp: attempt.attemptedAt.toISOString(),
  }
}
