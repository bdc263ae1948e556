import { defineEvent } from '#platform/events'
import type { Surface } from './accounts/account.ts'

/** Somebody registered, and has yet to prove the e-mail address. The surface tells what kind of proof is mailed. */
export const accountRegistered = defineEvent<{ accountId: number; surface: Surface }>('account.registered')
/** Somebody asked for another verification mail; what earlier ones held is void. Without an account nobody has that address. */
export const verificationRequested = defineEvent<{ accountId: number | null; surface: Surface }>(
  'account.verification_requested',
)
/** Somebody asked for a new password for this account, by mail or, on the marketplace, by SMS; or for one that there is not. */
export const passwordResetRequested = defineEvent<{ accountId: number | null; surface: Surface; ip: string }>(
  'account.password_reset_requested',
)
/** The account has another password, or another way to prove its owner: he is told. */
export const credentialsChanged = defineEvent<{ accountId: number; what: CredentialChange }>(
  'account.credentials_changed',
)
export type CredentialChange =
  | 'password_changed'
  | 'password_reset'
  | 'two_factor_enabled'
  | 'two_factor_disabled'
  | 'recovery_codes_replaced'
  | 'passkey_added'
  | 'passkey_removed'
  | 'email_changed'
  | 'google_linked'
/** The sessions of an account come from too many addresses at once (V1-084). */
export const suspiciousSignIn = defineEvent<{ accountId: number; attemptId: number }>('account.suspicious_sign_in')
/** Something about an account that its owner should know of (NX-052, NX-053, NX-055). */
export const claimRaised = defineEvent<{ claimId: number }>('account.claim_raised')
/** Somebody came (SF-078): told once it was looked up from where. */
export const signedIn = defineEvent<{ attemptId: number }>('account.signed_in')
/** Somebody left (SF-114). `at` is an ISO time; jobs of an older version have none. */
export const signedOut = defineEvent<{
  accountId: number
  surface: Surface
  ip: string
  userAgent: string
  at?: string
}>('account.signed_out')
