/** What a password must not be (V1-030). */
import { readSender } from '#platform/mail'
import type { FieldProblem } from '#platform/refusal.ts'
import type { Config } from '../../../config.ts'
import { isCommonPassword } from './common-passwords.ts'

export const PASSWORD_LENGTH_MIN = 8
export const PASSWORD_LENGTH_MAX = 128
const SIMILARITY_MAX = 0.7

/** What is known of the person: a password must not be guessed from it. Named as the refusal names it. */
export type Person = {
  username?: string | null | undefined
  email?: string | null | undefined
  'first name'?: string | null | undefined
  'last name'?: string | null | undefined
}

/** What is known of a person by what was typed, or is stored. */
export function personOf(known: {
  email?: string | null | undefined
  username?: string | null | undefined
  firstName?: string | undefined
  lastName?: string | undefined
}): Person {
  return { username: known.username, email: known.email, 'first name': known.firstName, 'last name': known.lastName }
}

/** Every rule that says no; none means the password will do. */
export function findPasswordFaults(
  password: string,
  person: Person,
  { PASSWORD_FORBIDDEN_WORDS, MAIL_FROM }: Pick<Config, 'PASSWORD_FORBIDDEN_WORDS' | 'MAIL_FROM'>,
): FieldProblem[] {
  const faults: FieldProblem[] = []
  const length = [...password].length
  if (length > PASSWORD_LENGTH_MAX) return [{ code: 'maxLength', limit: PASSWORD_LENGTH_MAX }]
  const similar = Object.entries(person).find(([, value]) => value && isSimilar(password, value))
  if (similar) faults.push({ code: 'password_too_similar', field: similar[0] })
  if (length < PASSWORD_LENGTH_MIN) faults.push({ code: 'password_too_short', limit: PASSWORD_LENGTH_MIN })
  const ofShop = [...PASSWORD_FORBIDDEN_WORDS, readSender(MAIL_FROM).name]
  if (isCommonPassword(password) || isWordOfShop(password, ofShop)) faults.push('password_too_common')
  if (/^\d+$/.test(password)) faults.push('password_entirely_numeric')
  return faults
}

/** Whether it is no more than such a word, with digits and signs about it: these are what is tried first at this door. */
function isWordOfShop(password: string, words: string[]): boolean {
  const core = lettersOf(password)
  return core !== '' && words.some((word) => lettersOf(word) === core)
}

const lettersOf = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}]/gu, '')

/** Whether most characters of the password are those of the value or of a word in it, in whatever order. */
function isSimilar(password: string, value: string): boolean {
  const given = password.toLowerCase()
  const whole = value.toLowerCase()
  return [...whole.split(/[^\p{L}\p{N}_]+/u), whole].some((part) => {
    // A short word cannot say much about a long password.
    if (given.length >= 10 * part.length) return false
    return sharedShare(given, part) >= SIMILARITY_MAX
  })
}

/** Twice the number of shared characters by the number of all: 1 for the same letters, 0 for none in common. */
function sharedShare(one: string, other: string): number {
  const left = new Map<string, number>()
  for (const character of other) left.set(character, (left.get(character) ?? 0) + 1)
  let shared = 0
  for (const character of one) {
    const count = left.get(character) ?? 0
    if (count > 0) shared += 1
    left.set(character, count - 1)
  }
  return (2 * shared) / (one.length + other.length)
}
