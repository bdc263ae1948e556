/**
 * Identity: who somebody is, and by which sessions they are here. Owns the schema "identity".
 * Invariant: a token is worth nothing without its active session, and an e-mail, username or phone names one account.
 */
export type { Account, Device, Surface, Visit } from './account.ts'
export { findMalformedIdentifiers, isEmail } from './account.ts'
export type { AccountChanges } from './accounts.queries.ts'
export {
  findAccount,
  findAccountByEmail,
  findTakenIdentifiers,
  hasSuperuser,
  updateAccount,
} from './accounts.queries.ts'
export { addPasskey, startPasskey } from './add-passkey.ts'
export { findAttempt } from './attempt-inspections.queries.ts'
export { attemptInspections, inspectAttempt } from './attempt-inspections.ts'
export { ATTEMPT_TYPES } from './attempts.queries.ts'
export type { Viewer } from './authenticate.ts'
export { authenticate } from './authenticate.ts'
export { changeAccountByStaff } from './change-account-by-staff.ts'
export { changePassword, confirmPassword, type PasswordChange } from './change-password.ts'
export type { Claim } from './claims.queries.ts'
export { findClaim } from './claims.queries.ts'
export { listClaims, resolveClaim } from './claims.ts'
export { cleanUpSessions } from './clean-up-sessions.ts'
export { type ClosedAccount, closeAccountStep } from './close-account.ts'
export { hasPassword, listClosedAccounts } from './closed-accounts.queries.ts'
export { type ChallengeAnswer, completeSignIn } from './complete-sign-in.ts'
export { createActiveAccount, createSuperuser } from './create-account.ts'
export { endAllSessions, endSessionByStaff, endSessionsByStaff, endSessionsOfEmail } from './end-sessions.ts'
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
export { beginGoogleSignIn, completeGoogleSignIn, GOOGLE_SIGN_IN_S } from './google-round-trip.ts'
export { type GoogleProof, type SignedInWithGoogle, signInWithGoogle } from './google-sign-in.ts'
export type { SignedIn } from './let-in.ts'
export { issueLinkToken } from './mail-links.ts'
export { CODE_LIFETIME_S, issueCode } from './one-time-codes.ts'
export { issueOneTimeToken, tokenExpiry } from './one-time-tokens.ts'
export { openSession } from './open-session.ts'
export type { CreatedPasskey, CreationOptions, RequestOptions, ShownPasskey } from './passkey-ceremonies.ts'
export { signInByPasskey, startPasskeySignIn } from './passkey-sign-in.ts'
export { listPasskeys, type Passkey } from './passkeys.queries.ts'
export { removePasskey, renamePasskey } from './passkeys.ts'
export { hashPassword } from './passwords.ts'
export { refreshTokens } from './refresh-tokens.ts'
export { type Registration, registerAccount } from './register-account.ts'
export { renewAccess } from './renew-access.ts'
export { requestPasswordReset } from './request-password-reset.ts'
export { requestVerification, requestVerificationStep } from './request-verification.ts'
export { noteResend } from './resend-attempts.queries.ts'
export { findResendBearer, limitResends, makeResendToken, reserveResend } from './resends.ts'
export { type ResetByLink, resetPasswordByLink } from './reset-by-link.ts'
export { resetPasswordByGrant, verifyResetCode } from './reset-by-phone.ts'
export { resetPasswordByCode, resetPasswordByToken } from './reset-password.ts'
export { resetSecondFactor } from './reset-second-factor.ts'
export { hasSecondFactor } from './second-factor.queries.ts'
export {
  disableSecondFactor,
  enableSecondFactor,
  replaceRecoveryCodes,
  setUpSecondFactor,
} from './second-factor.ts'
export type { ActiveSession, AttemptFilter, LoggedAttempt } from './security-overview.queries.ts'
export { listAttempts } from './security-overview.queries.ts'
export { listSessionsOfAll, type SecuritySummary, summarizeSecurity } from './security-overview.ts'
export { logSessions } from './session-log.ts'
export type { Session } from './sessions.queries.ts'
export { countSessions, endOtherSessions, endSession, listSessions } from './sessions.ts'
export { signIn } from './sign-in.ts'
export { listSignInAttempts, type SignInAttempt } from './sign-in-history.queries.ts'
export { anyName, emailName, phoneName } from './sign-in-name.ts'
export { signInEvenUnverified, type Unverified } from './sign-in-unverified.ts'
export { endSessionOfRefreshToken, leaveByBoth, signOut } from './sign-out.ts'
export { type AccountFilter, getAccount, listAccounts, type StandingChanges } from './staff-accounts.queries.ts'
export { type ToldIdentity, tellIdentity } from './tell-identity.ts'
export { accessLifetimeS } from './tokens.ts'
export { verifyEmail } from './verify-email.ts'
export { verifyEmailByCode } from './verify-email-by-code.ts'
export { verifyEmailByLink } from './verify-email-by-link.ts'
