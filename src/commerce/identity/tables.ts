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

export type IdentitySurface = 'admin' | 'marketplace' | 'nexus' | 'storefront' | 'v1'

export type IdentityTokenPurpose = 'reset_password' | 'verify_email'

export interface IdentityAccounts {
  email: string | null
  emailVerifiedAt: Date | null
  firstName: string
  id: number
  isActive: boolean
  isStaff: boolean
  isSuperuser: boolean
  joinedAt: Date
  lastName: string
  passwordHash: string | null
  phone: string | null
  phoneVerifiedAt: Date | null
  username: string | null
  uuid: string
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

export interface IdentitySecurityAttempts {
  accountId: number | null
  attemptedAt: Date
  attemptType: IdentityAttemptType
  failureReason: string | null
  id: number
  identifier: string | null
  ipAddress: string
  succeeded: boolean
  surface: IdentitySurface
  userAgent: string
}

export interface IdentitySessions {
  accessJti: string
  accountId: number
  createdAt: Date
  deviceInfo: string
  endedAt: Date | null
  endReason: string | null
  id: string
  ipAddress: string
  lastActivityAt: Date
  refreshJti: string
  surface: IdentitySurface
  userAgent: string
}
