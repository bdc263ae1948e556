/**
 * Identity: who somebody is, and by which sessions they are here. Owns the schema "identity".
 * Invariant: a token is worth nothing without its active session, and an e-mail, username or phone names one account.
 */
export type { Account, Device, Surface } from './account.ts'
export { findMalformedIdentifiers } from './account.ts'
export type { AccountChanges } from './accounts.queries.ts'
export {
  findAccount,
  findAccountByEmail,
  findTakenIdentifiers,
  hasSuperuser,
  updateAccount,
} from './accounts.queries.ts'
export type { Viewer } from './authenticate.ts'
export { authenticate } from './authenticate.ts'
export { cleanUpSessions } from './clean-up-sessions.ts'
export { createActiveAccount, createSuperuser } from './create-account.ts'
export { accountRegistered, verificationRequested } from './events.ts'
export { issueOneTimeToken } from './one-time-tokens.ts'
export { openSession } from './open-session.ts'
export { hashPassword } from './passwords.ts'
export { refreshTokens } from './refresh-tokens.ts'
export { registerAccount } from './register-account.ts'
export type { Session } from './sessions.queries.ts'
export { countSessions, endOtherSessions, endSession, listSessions } from './sessions.ts'
export { signIn } from './sign-in.ts'
export { signOut } from './sign-out.ts'
export { requestVerification, verifyEmail } from './verify-email.ts'
