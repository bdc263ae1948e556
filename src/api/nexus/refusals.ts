/** How the nexus surface says no: the texts of its document, by code. It speaks as v1 does where it has none (NX-002). */
import { type Phrase, phraseBy, sharedPhrases } from '../http/phrases.ts'

const LOCKED: Phrase = {
  text: 'Account temporarily locked due to too many failed login attempts. Try again later.',
  place: 'detail_with_code',
  code: 'account_locked',
}
/** Whatever became of a refresh token: it is on the blacklist (NX-041, NX-045). */
const BLACKLISTED: Phrase = { text: 'Token is invalid or expired', place: 'detail_with_code', code: 'token_not_valid' }

/** Puts a refusal into the words and the body of the nexus document. */
export const phraseForNexus = phraseBy({
  ...sharedPhrases,
  account_locked: LOCKED,
  too_many_failed_sign_ins: LOCKED,
  refresh_token_not_valid: BLACKLISTED,
  refresh_session_terminated: BLACKLISTED,
  sign_out_token_not_valid: BLACKLISTED,
  wrong_credentials: {
    text: 'Invalid email or password.',
    place: 'detail_with_code',
    code: 'invalid_credentials',
    status: 401,
  },
  account_unverified: {
    text: 'Please verify your email before logging in.',
    place: 'detail_with_code',
    code: 'email_not_verified',
    status: 403,
  },
  google_token_not_valid: {
    text: 'Google sign-in failed. Please try again.',
    place: 'detail_with_code',
    code: 'invalid_google_token',
  },
  google_email_unverified: {
    text: 'The e-mail address of this Google account is not verified.',
    place: 'detail_with_code',
    code: 'invalid_google_token',
  },
  google_not_configured: { text: 'Google sign-in is not configured.' },
  google_unavailable: { text: 'Google cannot be reached at the moment. Please try again later.' },
  account_disabled: { text: 'This account is disabled.', place: 'detail_with_code' },
  code_invalid: { text: 'Invalid or expired OTP.', place: 'detail_with_code', code: 'invalid_otp' },
})
