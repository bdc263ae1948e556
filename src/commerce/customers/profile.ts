/** What an account says about its person. */
import type { FieldCodes } from '#platform/refusal.ts'

export type Profile = {
  /** YYYY-MM-DD */
  dateOfBirth: string | null
  avatarUrl: string | null
  /** A language tag: "en", "pt-BR". */
  language: string
  marketingOptIn: boolean
}
export type ProfileChanges = Partial<Profile>

/** What holds of an account that never said anything; the same as the defaults of the table. */
export const BLANK_PROFILE: Profile = { dateOfBirth: null, avatarUrl: null, language: 'en', marketingOptIn: false }

/** Nobody is born tomorrow. */
export function findProfileFaults({ dateOfBirth }: ProfileChanges, now: Date): FieldCodes {
  return dateOfBirth && dateOfBirth > now.toISOString().slice(0, 10) ? { profile: 'date_to_come' } : {}
}
