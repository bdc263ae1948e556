import type { App } from '../../app.ts'
import type { Surface } from '../accounts/account.ts'
import type { AttemptLimit } from '../attempts/limited-attempts.ts'

const WINDOW_MS = 15 * 60_000

/** Proofs and requests for another letter count in one bucket for each address (V1-055, NX-023). */
export const verificationLimit = ({ config }: App, surface: Surface): AttemptLimit => ({
  counted: `verification:${surface}`,
  hits: config.EMAIL_VERIFICATION_MAX_ATTEMPTS,
  windowMs: WINDOW_MS,
  code: 'too_many_verifications',
})
