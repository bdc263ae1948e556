import { type Static, Type } from 'typebox'
import type { Claim } from '#commerce/identity'
import { Choice, Nullable, Time } from '../http/wire.ts'

export const ClaimWire = Type.Object(
  {
    id: Type.Integer(),
    claim_type: Choice(['unusual_location', 'account_lockout', 'multiple_failed_attempts']),
    description: Type.String(),
    ip_address: Nullable(Type.String()),
    location: Type.String(),
    severity: Choice(['low', 'medium', 'high']),
    is_resolved: Type.Boolean(),
    created_at: Time,
  },
  { title: 'NexusClaim' },
)
export const ClaimsWire = Type.Array(ClaimWire)

export function toClaimWire(claim: Claim): Static<typeof ClaimWire> {
  return {
    id: claim.id,
    claim_type: claim.claimType,
    description: claim.description,
    ip_address: claim.ipAddress,
    location: claim.location,
    severity: claim.severity,
    is_resolved: claim.resolvedAt !== null,
    created_at: claim.createdAt.toISOString(),
  }
}
