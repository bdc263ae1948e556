/** Claims: what the owner of an account should know of, until he has marked it as resolved (NX-052…NX-055, NX-075, NX-076). */
import { type Db, inTransaction, type Tx } from '#platform/database'
import { publish } from '#platform/events'
import { missing } from '#platform/refusal.ts'
import type { App } from '../../app.ts'
import { claimRaised } from '../events.ts'
import type { InspectedAttempt } from './attempt-inspections.queries.ts'
import * as queries from './claims.queries.ts'

const HOUR_MS = 3_600_000

/** Raises a claim about an attempt, once; several failures are told at most once an hour. */
export async function raiseClaim(app: App, tx: Tx, type: queries.ClaimType, attempt: InspectedAttempt): Promise<void> {
  const now = app.now()
  const { id: attemptId, accountId, ipAddress, location } = attempt
  const notAgainSince = type === 'multiple_failed_attempts' ? new Date(now.getTime() - HOUR_MS) : null
  const { severity, describe } = kinds[type]
  const claim = { attemptId, accountId: accountId!, claimType: type, severity, ipAddress, location }
  const description = describe(attempt, app.config.LOCKOUT_MINUTES)
  const claimId = await queries.insertClaim(tx, { ...claim, description }, notAgainSince, now)
  if (claimId !== undefined) await publish(tx, claimRaised({ claimId }))
}

type Kind = {
  severity: queries.ClaimSeverity
  describe: (attempt: InspectedAttempt, lockMinutes: number) => string
}

const kinds: Record<queries.ClaimType, Kind> = {
  unusual_location: {
    severity: 'medium',
    describe: ({ ipAddress, location }) => `Sign-in from an unusual location: ${location} (${ipAddress}).`,
  },
  multiple_failed_attempts: {
    severity: 'low',
    describe: ({ ipAddress, location }) => `Several failed sign-ins, the last from ${location} (${ipAddress}).`,
  },
  account_lockout: {
    severity: 'high',
    describe: ({ ipAddress, location }, minutes) =>
      `Too many failed sign-ins, the last from ${location} (${ipAddress}). The account was locked for ${minutes} minutes.`,
  },
}

/** The unresolved ones of an account, newest first. */
export function listClaims(db: Db, accountId: number): Promise<queries.Claim[]> {
  return queries.listOpenClaims(db, accountId)
}

/** Marks a claim as resolved; again is no matter. Refuses `claim_not_found`, for those of others too. */
export async function resolveClaim(app: App, accountId: number, claimId: number): Promise<queries.Claim> {
  const claim = await inTransaction(app.db, (tx) => queries.updateClaimResolved(tx, accountId, claimId, app.now()))
  if (!claim) throw missing('claim')
  return claim
}
