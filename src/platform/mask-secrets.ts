/** What is noted of a request holds no secret (SF-417). */

const MASK = '***'
/** As keys are spelled without their case, hyphens and underscores. */
const SECRET =
  /^(?:.*password\d?|.*passwd|.*token|access|refresh|.*secret|.*signature|authorization|cookie|cvv|cvc|.*cardnumber|cardno|pan|pin|otp|otpcode|code|totp|.*recoverycodes?|apikey|privatekey|credential|assertion|ticket|uid(?:b64)?)$/

/** Whether the value of this key is nobody's business. */
export const isSecretKey = (key: string): boolean => SECRET.test(key.toLowerCase().replaceAll(/[-_\s]/g, ''))

const DEPTH_MAX = 20

/** A copy of a value of JSON in which what secret keys hold is masked, at any depth. What is nested absurdly deep is masked whole. */
export function maskSecrets(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEPTH_MAX) return MASK
  if (Array.isArray(value)) return value.map((each) => maskSecrets(each, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [key, isSecretKey(key) ? MASK : maskSecrets(held, depth + 1)]),
  )
}
