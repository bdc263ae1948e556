/** What is noted of a request holds no secret (SF-417). */

const MASK = '***'
/** As keys are spelled without their case, hyphens and underscores. */
const SECRET =
  /^(?:.*password\d?|.*passwd|.*token|access|refresh|.*secret|.*signature|authorization|cookie|cvv|cvc|.*cardnumber|cardno|pan|pin|otp|otpcode|code|totp|.*recoverycodes?|apikey|privatekey|credential|assertion|ticket|uid(?:b64)?)$/

/** Whether the value of this key is nobody's business. */
export const isSecretKey = (key: string): boolean => SECRET.test(key.toLowerCase().replaceAll(/[-_\s]/g, ''))

/** With bounds, so that no text keeps it busy for long. */
const EMAIL = /[^\s@"'<>(),:;]{1,64}@[^\s@"'<>(),:;]{1,190}\.[a-z]{2,24}/gi
const PHONE = /^\+?\d[\d\s()-]{6,18}\d$/

/** The beginning of a text, without the e-mail addresses in it; one that is a telephone number is masked whole. */
export function maskContacts(text: string): string {
  const begun = text.slice(0, TEXT_MAX)
  if (PHONE.test(begun)) return MASK
  return begun.includes('@') ? begun.replaceAll(EMAIL, MASK) : begun
}
const TEXT_MAX = 5000

const DEPTH_MAX = 20

/**
 * A copy of a value of JSON in which what secret keys hold is masked, at any depth, and with `masksContacts` every e-mail address and
 * telephone number. What is nested absurdly deep is masked whole.
 */
export function maskSecrets(value: unknown, masksContacts = false, depth = 0): unknown {
  if (typeof value === 'string') return masksContacts ? maskContacts(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEPTH_MAX) return MASK
  const mask = (held: unknown) => maskSecrets(held, masksContacts, depth + 1)
  if (Array.isArray(value)) return value.map(mask)
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, isSecretKey(key) ? MASK : mask(held)]))
}
