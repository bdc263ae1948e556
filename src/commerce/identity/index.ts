/**
 * Identity: who somebody is, and by which sessions they are here. Owns the schema "identity".
 * Invariant: a token is worth nothing without its active session, and an e-mail, username or phone names one account.
 */
export type { Account, Device, Surface, Visit } from './accounts/account.ts'
export { findMalformedIdentifiers, isEmail } from './accounts/account.ts'
export type { AccountChanges } from './accounts/accounts.queries.ts'
export {
  findAccount,
  findAccountByEmail,
  findAccounts,
  findNames,
  findTakenIdentifiers,
  hasSuperuser,
  updateAccount,
} from './accounts/accounts.queries.ts'
export { type ClosedAccount, closeAccountStep } from './accounts/close-account.ts'
export { hasPassword, listClosedAccounts } from './accounts/closed-accounts.queries.ts'
export { createActiveAccount, createSuperuser } from './accounts/create-account.ts'
export { type Registration, registerAccount } from './accounts/register-account.ts'
export { type ToldIdentity, tellIdentity } from './accounts/tell-identity.ts'
export { findAttempt } from './attempts/attempt-inspections.queries.ts'
export { attemptInspections, inspectAttempt } from './attempts/attempt-inspections.ts'
export { ATTEMPT_TYPES } from './attempts/attempts.queries.ts'
export type { Claim } from './attempts/claims.queries.ts'
export { findClaim } from './attempts/claims.queries.ts'
export { listClaims, resolveClaim } from './attempts/claims.ts'
export { listSignInAttempts, type SignInAttempt } from './attempts/sign-in-history.queries.ts'
export {
  accountRegistered,
  type CredentialChange,
  claimRaised,
  credentialsChanged,
  passwordResetRequested,
  signedIn,
  signedOut,
  suspiciousSignIn,
  verificationRequested,
} from './events.ts'
export { beginGoogleSignIn, completeGoogleSignIn, GOOGLE_SIGN_IN_S } from './google/google-round-trip.ts'
export { type GoogleProof, type SignedInWithGoogle, signInWithGoogle } from './google/google-sign-in.ts'
export { addPasskey, startPasskey } from './passkeys/add-passkey.ts'
export type { CreatedPasskey, CreationOptions, RequestOptions, ShownPasskey } from './passkeys/passkey-ceremonies.ts'
export { signInByPasskey, startPasskeySignIn } from './passkeys/passkey-sign-in.ts'
export { listPasskeys, type Passkey } from './passkeys/passkeys.queries.ts'
export { removePasskey, renamePasskey } from './passkeys/passkeys.ts'
export { changePassword, confirmPassword, type PasswordChange } from './passwords/change-password.ts'
export { hashPassword } from './passwords/passwords.ts'
export { requestPasswordReset } from './passwords/request-password-reset.ts'
export { type ResetByLink, resetPasswordByLink } from './passwords/reset-by-link.ts'
export { resetPasswordByGrant, verifyResetCode } from './passwords/reset-by-phone.ts'
export { resetPasswordByCode, resetPasswordByToken } from './passwords/reset-password.ts'
export { issueLinkToken } from './proofs/mail-links.ts'
export { CODE_LIFETIME_S, issueCode } from './proofs/one-time-codes.ts'
export { issueOneTimeToken, tokenExpiry } from './proofs/one-time-tokens.ts'
export { seal, unseal } from './proofs/sealed-tokens.ts'
export { type ChallengeAnswer, completeSignIn } from './second-factor/complete-sign-in.ts'
export { hasSecondFactor } from './second-factor/second-factor.queries.ts'
export {
  disableSecondFactor,
  enableSecondFactor,
  replaceRecoveryCodes,
  setUpSecondFactor,
} from './second-factor/second-factor.ts'
export type { Viewer } from './sessions/authenticate.ts'
export { authenticate, findLiveSessions } from './sessions/authenticate.ts'
export { cleanUpSessions } from './sessions/clean-up-sessions.ts'
export { openSession } from './sessions/open-session.ts'
export { refreshTokens } from './sessions/refresh-tokens.ts'
export { renewAccess } from './sessions/renew-access.ts'
export { logSessions } from './sessions/session-log.ts'
export type { Session } from './sessions/sessions.queries.ts'
export { countSessions, endOtherSessions, endSession, listSessions } from './sessions/sessions.ts'
export { endSessionOfRefreshToken, leaveByBoth, signOut } from './sessions/sign-out.ts'
export { accessLifetimeS } from './sessions/tokens.ts'
export type { SignedIn } from './sign-in/let-in.ts'
export { signIn } from './sign-in/sign-in.ts'
export { anyName, emailName, phoneName } from './sign-in/sign-in-name.ts'
export { signInEvenUnverified, type Unverified } from './sign-in/sign-in-unverified.ts'
export { changeAccountByStaff } from './staff/change-account-by-staff.ts'
export { endAllSessions, endSessionByStaff, endSessionsByStaff, endSessionsOfEmail } from './staff/end-sessions.ts'
export { resetSecondFactor } from './staff/reset-second-factor.ts'
export type { ActiveSession, AttemptFilter, LoggedAttempt } from './staff/security-overview.queries.ts'
export { listAttempts } from './staff/security-overview.queries.ts'
export { listSessionsOfAll, type SecuritySummary, summarizeSecurity } from './staff/security-overview.ts'
export { type AccountFilter, getAccount, listAccounts, type StandingChanges } from './staff/staff-accounts.queries.ts'
export { requestVerification, requestVerificationStep } from './verification/request-verification.ts'
export { noteResend, purgeResendAttempts } from './verification/resend-attempts.queries.ts'
export { findResendBearer, limitResends, makeResendToken, reserveResend } from './verification/resends.ts'
export { verifyEmail } from './verification/verify-email.ts'
export { verifyEmailByCode } from './verification/verify-email-by-code.ts'
export { verifyEmailByLink } from './verification/verify-email-by-link.ts'
