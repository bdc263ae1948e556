/** The rows of this module's tables as they are read. Written from the database by `npm run tables`; not by hand. */

export type IdentityAttemptType =
  | 'email_verification'
  | 'login'
  | 'otp'
  | 'password_change'
  | 'password_reset'
  | 'refresh_reuse'
  | 'register'
  | 'suspicious_activity'
  | 'token_refresh'

export type IdentityClaimSeverity = 'high' | 'low' | 'medium'

export type IdentityClaimType = 'account_lockout' | 'multiple_failed_attempts' | 'unusual_location'

export type IdentityCodePurpose = 'reset_by_email' | 'reset_by_phone' | 'verify_email'

export type IdentitySurface = 'admin' | 'marketplace' | 'nexus' | 'storefront' | 'v1'

export type IdentityTokenPurpose = 'reset_grant' | 'reset_password' | 'second_factor' | 'verify_email'

export interface IdentityAccounts {
  closedAt: Date | null
  disabledAt: Date | null
  email: string | null
  emailVerifiedAt: Date | null
  firstName: string
  id: number
  isActive: boolean
  isSeller: boolean
  isStaff: boolean
  isSuperuser: boolean
  joinedAt: Date
  lastLoginAt: Date | null
  lastName: string
  passwordHash: string | null
  phone: string | null
  phoneSurface: IdentitySurface | null
  phoneVerifiedAt: Date | null
  username: string | null
  uuid: string
}

export interface IdentityGoogleLinks {
  accountId: number
  email: string
  linkedAt: Date
  subject: string
}

export interface IdentityOneTimeCodes {
  accountId: number
  codeHash: string
  createdAt: Date
  expiresAt: Date
  purpose: IdentityCodePurpose
  usedAt: Date | null
  wrongTries: number
}

export interface IdentityOneTimeTokens {
  accountId: number
  createdAt: Date
  expiresAt: Date
  id: number
  purpose: IdentityTokenPurpose
  requestedFromIp: string | null
  tokenHash: string
  usedAt: Date | null
  usedFromIp: string | null
}

export interface IdentityPasskeyChallenges {
  accountId: number | null
  challenge: string
  expiresAt: Date
}

export interface IdentityPasskeys {
  accountId: number
  createdAt: Date
  credentialId: string
  id: number
  isBackedUp: boolean
  lastUsedAt: Date | null
  name: string
  publicKey: Buffer
  signCount: number
  transports: string[]
}

export interface IdentityRecoveryCodes {
  accountId: number
  codeHash: string
  usedAt: Date | null
}

export interface IdentityResendAttempts {
  attemptedAt: Date
  email: string
  id: number
  ipAddress: string
  succeeded: boolean | null
}

export interface IdentitySecondFactors {
  accountId: number
  createdAt: Date
  enabledAt: Date | null
  lastStep: number
  sealedSecret: string
}

export interface IdentitySecurityAttempts {
  accountId: number | null
  attemptedAt: Date
  attemptType: IdentityAttemptType
  city: string | null
  country: string | null
  failureReason: string | null
  id: number
  identifier: string | null
  inspectedAt: Date | null
  ipAddress: string
  location: string | null
  network: string | null
  region: string | null
  succeeded: boolean
  surface: IdentitySurface
  userAgent: string
}

export interface IdentitySecurityClaims {
  accountId: number
  attemptId: number
  claimType: IdentityClaimType
  createdAt: Date
  description: string
  id: number
  ipAddress: string | null
  location: string
  resolvedAt: Date | null
  severity: IdentityClaimSeverity
}

export interface IdentitySessions {
  accessJti: string
  accountId: number
  createdAt: Date
  deviceInfo: string
  endedAt: Date | null
  endReason: string | null
  expiresAt: Date
  id: string
  ipAddress: string
  lastActivityAt: Date
  refreshJti: string
  surface: IdentitySurface
  userAgent: string
}
