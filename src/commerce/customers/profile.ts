/** What an account says about its person. */
import type { FieldCodes } from '#platform/refusal.ts'

export type Profile = {
  /** YYYY-MM-DD */
  dateOfBirth: string | null
  avatarUrl: string | null
  /** A language tag: "en", "pt-BR"; null for the language of the shop. */
  language: string | null
  marketingOptIn: boolean
  /** Whether he is told when something that he wishes for gets cheaper. */
  wishAlerts: boolean
}
export type ProfileChanges = Partial<Profile>

/** What holds of an account that never said anything; the same as the defaults of the table. */
export const BLANK_PROFILE: Profile = {
  dateOfBirth: null,
  avatarUrl: null,
  language: null,
  marketingOptIn: false,
  wishAlerts: false,
}

/** Nobody is born tomorrow. `field` is what the caller calls the day of birth. */
export function findProfileFaults({ dateOfBirth }: ProfileChanges, now: Date, field = 'profile'): FieldCodes {
  return isToCome(dateOfBirth, now) ? { [field]: 'date_to_come' } : {}
}

export const isToCome = (day: string | null | undefined, now: Date): boolean =>
  typeof day === 'string' && day > now.toISOString().slice(0, 10)
