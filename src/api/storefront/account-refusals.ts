/** What the routes of accounts say no with, where their document has words of their own for it. */
import type { FieldCodes } from '#platform/refusal.ts'
import { BAD_TOKEN, fieldDetails, NO_CREDENTIALS, type Sayings, saysError, saysFields } from './refusals.ts'

const INACTIVE = 'User account is inactive. Please contact support.'
const WRONG = 'Invalid credentials'
const NO_ACCOUNT = { error: WRONG, detail: 'No active account found with the given credentials' }
const noAccount = () => ({ status: 401, body: NO_ACCOUNT })

const SECOND_FACTOR = 'Two-factor authentication is required.'
const CHALLENGE_OVER = 'The sign-in has expired. Please sign in again.'
const secondFactor: Sayings = {
  second_factor_required: ({ challengeToken }) => ({
    body: {
      error: SECOND_FACTOR,
      detail: SECOND_FACTOR,
      code: 'second_factor_required',
      challenge_token: challengeToken,
    },
  }),
  second_factor_incorrect: saysError('Invalid authentication code.'),
  challenge_not_valid: () => ({
    body: { error: CHALLENGE_OVER, detail: CHALLENGE_OVER, code: 'challenge_not_valid' },
  }),
}

/** SF-075…SF-077. */
export const loginSays: Sayings = {
  ...secondFactor,
  credentials_missing: saysError(WRONG),
  wrong_credentials: saysError(WRONG),
}

/** SF-031…SF-033: who may not sign in is answered like who does not exist. */
export const tokenSays: Sayings = {
  ...secondFactor,
  wrong_credentials: noAccount,
  account_unverified: noAccount,
  account_disabled: noAccount,
}

/** SF-035. */
export const refreshSays: Sayings = {
  refresh_token_not_valid: () => ({ body: { detail: 'Token is invalid or expired', code: 'token_not_valid' } }),
}

/** SF-051…SF-061. */
export const registrationSays: Sayings = {
  invalid_fields: ({ fields = {} }) => {
    const error = whyNotRegistered(fields)
    const status = error === USERNAME_TAKEN ? 409 : 400
    const isTaken = error === USERNAME_TAKEN || error === CONTACT_TAKEN
    return { status, body: isTaken ? { error } : { error, details: fieldDetails(fields) } }
  },
}

const USERNAME_TAKEN = 'A user with this username or phone number already exists.'
const CONTACT_TAKEN = 'A user with this phone number or email already exists.'

/** What is malformed is told first, and then what is taken, a username before the rest (C-01). */
function whyNotRegistered(fields: FieldCodes): string {
  const sound = Object.entries(fields).filter(([, fault]) => !String(fault).endsWith('_taken'))
  if (sound.length > 0) return isWeakPassword(sound) ? 'Password validation failed' : 'Invalid registration data'
  return fields.username ? USERNAME_TAKEN : CONTACT_TAKEN
}

const isWeakPassword = (faults: [string, unknown][]): boolean =>
  faults.every(([field, problems]) => field === 'password' && Array.isArray(problems) && !isOfSchema(problems))

/** A password that is missing or no text breaks no rule of passwords. */
const isOfSchema = (problems: unknown[]): boolean =>
  problems.some((problem) => ['required', 'null', 'blank', 'not_string'].includes(String(problem)))

/** SF-084. */
export const verificationSays: Sayings = {
  verification_link_not_valid: saysError('Invalid or expired verification link.'),
  invalid: saysError('Invalid or expired verification link.'),
}

/** SF-094…SF-098. */
export const resendSays: Sayings = {
  email_verified_already: ({ email }) => ({
    body: { error: 'Email address is already verified.', stored_email_address: email, email_sent: false },
  }),
  resend_account_disabled: () => ({ body: { error: INACTIVE, email_sent: false } }),
  email_missing: () => ({ body: { error: 'The account has no email address.', email_sent: false } }),
  resends_used_up: ({ limit, supportContact }) => ({
    body: {
      error: `Daily email resend limit exceeded (${limit} attempts per day)`,
      attempts_remaining: 0,
      remaining_attempts: 0,
      support_contact: supportContact,
      message: 'Please contact support if you continue to have issues with email verification',
    },
  }),
  verification_not_sent: ({ email, remaining }) => ({
    status: 500,
    body: {
      error: 'Failed to send verification email. Please try again later or contact support.',
      stored_email_address: email,
      email_sent: false,
      action_required: 'contact_support',
      remaining_attempts: remaining,
    },
  }),
}

const LEFT = 'Invalid token or token already expired'
/** SF-112. */
export const logoutSays: Sayings = { sign_out_token_not_valid: saysError(LEFT), invalid_fields: saysError(LEFT) }

/** SF-116, SF-117. */
export const resetRequestSays: Sayings = { account_not_found: saysError('Email address not found.', 404) }

const WEAK = 'Password validation failed'
/** SF-122…SF-130. */
export const resetSays: Sayings = {
  reset_parameters_missing: saysError('Missing reset parameters'),
  reset_account_unknown: saysError('Invalid user ID'),
  reset_account_disabled: saysError('User account is inactive'),
  reset_email_unverified: saysError(
    'Please verify your email before resetting your password. Check your inbox for the verification link or contact support if you need assistance.',
  ),
  reset_passwords_missing: saysFields('Both password fields are required'),
  reset_passwords_differ: saysError('Password confirmation does not match'),
  reset_password_weak: ({ fields }) => ({
    body: { error: WEAK, details: Object.values(fieldDetails(fields)).flat() },
  }),
  reset_link_not_valid: saysError('Invalid or expired reset token'),
  reset_input_malformed: saysFields('Password reset failed'),
}

const NOT_MINE = 'Invalid token or user ID'
/** SF-142, SF-143, SF-148. */
export const addressSays: Sayings = {
  invalid_fields: saysFields('Invalid data provided'),
  not_authenticated: () => ({ body: { ...NO_CREDENTIALS, error: NOT_MINE } }),
  unauthenticated: () => ({ body: { ...BAD_TOKEN, error: NOT_MINE } }),
  missing: saysError('Address not found.'),
}
