/** An account, and the rules of its names. */
import { randomBytes } from 'node:crypto'
import { EMAIL } from '#platform/email.ts'
import type { Language } from '#platform/language.ts'
import type { FieldCodes } from '#platform/refusal.ts'

export type Account = {
  id: number
  uuid: string
  /** In lower case. */
  email: string | null
  username: string | null
  /** Without separators. */
  phone: string | null
  firstName: string
  lastName: string
  isActive: boolean
  isSeller: boolean
  isStaff: boolean
  isSuperuser: boolean
  emailVerifiedAt: Date | null
  /** When staff switched it off; an account that is merely not proven yet is inactive, but not disabled. */
  disabledAt: Date | null
  joinedAt: Date
  lastLoginAt: Date | null
}

/** The surface on which somebody acts; the sales channel of what is bought there. */
export type Surface = 'v1' | 'storefront' | 'marketplace' | 'nexus' | 'admin'
/** Where somebody acts from. */
export type Device = { ip: string; userAgent: string }
/** Who acts where: what attempts and sessions note; and in which language, where it is one that people are written to in. */
export type Visit = { surface: Surface; device: Device; language?: Language | undefined }

type Name = string | null | undefined
/** What an account may be called by; each is unique (V1-020). */
export type Identifiers = { email?: Name; username?: Name; phone?: Name }

/** The form in which an address is stored and looked up (V1-020). */
export const normalizeEmail = (email: string): string => email.trim().toLowerCase()

/** A phone without space, dash, dot and brackets; a leading + stays, it counts (V1-020). */
export const normalizePhone = (phone: string): string => phone.replaceAll(/[\s\-.()[\]]/g, '')

const EMAIL_MAX = 254
export const isEmail = (text: string): boolean => text.length <= EMAIL_MAX && EMAIL.test(text)
/** An optional + and 7 to 15 digits, separators aside. */
export const isPhone = (text: string): boolean => /^\+?\d{7,15}$/.test(normalizePhone(text))

/**
 * Which of these are no e-mail, no username (letters, digits and @ . + - _) or no phone (an optional + and 7 to 15 digits):
 * the code by field.
 */
export function findMalformedIdentifiers({ email, username, phone }: Identifiers): FieldCodes {
  return {
    ...(email && !isEmail(email) ? { email: 'not_email' } : {}),
    ...(username && !/^[\p{L}\p{M}\p{N}@.+\-_]{1,150}$/u.test(username) ? { username: 'username_invalid' } : {}),
    ...(phone && !isPhone(phone) ? { phone: 'phone_invalid' } : {}),
  }
}

/** A username for who chose none (V1-021): from the address where there is one, and random enough to be free. */
export function makeUsername(email: string | null | undefined): string {
  const start = (email ?? '')
    .split('@')[0]!
    .replaceAll(/[^a-z0-9.+\-_]/gi, '')
    .slice(0, 40)
  return `${start || 'user'}-${randomBytes(5).toString('hex')}`
}
