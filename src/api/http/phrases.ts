/** How a surface says no in a sentence, by a table from code to text: v1, and nexus, which speaks alike (NX-002). */
import { phraseFields, say, type Text } from './field-texts.ts'
import { type Phrasing, statusOf } from './refusal-answers.ts'

type Place = 'detail' | 'detail_with_code' | 'non_field_errors' | { field: string }
/**
 * `place` says where the text stands; without it in `detail`. `code` is what the body calls it, where the document uses one
 * word for several refusals; `tells` names details that the body holds as well, and how it calls them.
 */
export type Phrase = {
  text: Text
  place?: Place
  status?: number
  code?: string
  tells?: Record<string, string>
  /** The fields at fault are not told beside it. */
  isAlone?: true
}

/** What any route may answer. */
export const sharedPhrases: Record<string, Phrase> = {
  not_found: { text: 'Not found.' },
  internal_error: { text: 'Internal server error.', status: 500 },
  invalid_page: { text: 'Invalid page.' },
  body_not_object: { text: 'Invalid data. Expected a dictionary.', place: 'non_field_errors' },
  json_parse_error: { text: 'JSON parse error: the body is no valid JSON.' },
  unsupported_media_type: { text: 'Unsupported media type in request.', status: 415 },
  body_too_large: { text: 'The request body is too large.', status: 413 },
  form_broken: { text: 'The form cannot be read.' },
  upload_too_slow: { text: 'The upload took too long.', status: 408 },
  method_not_allowed: { text: ({ method }) => `Method "${method}" not allowed.`, status: 405 },
  host_not_allowed: { text: 'Invalid host.' },
  throttled: { text: ({ retryAfterS }) => `Request was throttled. Expected available in ${retryAfterS} seconds.` },
  not_authenticated: { text: 'Authentication credentials were not provided.' },
  token_not_valid: { text: 'Given token not valid for any token type', place: 'detail_with_code' },
  session_terminated: { text: 'Session has been terminated' },
  no_active_sessions: { text: 'No active sessions found' },
  session_not_found: { text: 'Session not found.' },
  refresh_token_not_valid: { text: 'Token is invalid or expired', place: 'detail_with_code', code: 'token_not_valid' },
  refresh_session_terminated: {
    text: 'Session has been terminated',
    place: 'detail_with_code',
    code: 'session_terminated',
  },
  already_reviewed: { text: 'You have already reviewed this product.', place: 'non_field_errors', status: 400 },
  own_review: { text: 'You cannot vote on your own review.', place: 'non_field_errors', status: 400 },
  too_many_pictures: {
    text: ({ limit }) => `A product cannot have more than ${limit} images.`,
    place: 'non_field_errors',
  },
  category_in_use: { text: 'This category still has categories below it or products.', status: 400 },
  brand_in_use: { text: 'This brand still has products.', status: 400 },
  invalid_signature: { text: 'Invalid signature.' },
  idempotency_key_reused: { text: 'This idempotency key was already used for a different request.' },
  staff_only: { text: 'You do not have permission to perform this action.' },
  sellers_only: { text: 'You do not have permission to perform this action.' },
  not_owner: { text: 'You do not have permission to perform this action.' },
  superuser_only: { text: 'You do not have permission to perform this action.' },
  verification_only: { text: 'You do not have permission to perform this action.' },
  second_factor_required: {
    text: 'Two-factor authentication is required.',
    place: 'detail_with_code',
    tells: { challengeToken: 'challenge_token' },
  },
  second_factor_incorrect: { text: 'Invalid authentication code.', place: 'detail_with_code' },
  challenge_not_valid: { text: 'The sign-in has expired. Please sign in again.', place: 'detail_with_code' },
  too_many_wrong_codes: { text: 'Too many wrong codes. Please try again later.' },
  too_many_wrong_passwords: { text: 'Too many failed login attempts. Please try again later.' },
  too_many_registrations: { text: 'Too many registration attempts. Please try again later.' },
  too_many_verifications: { text: 'Too many verification attempts. Please try again later.' },
  too_many_password_resets: { text: 'Too many password reset attempts. Please try again later.' },
}

/** What a body tells of a refusal beside its text, by the names of the wire. */
export const factsOf = ({ tells = {} }: Phrase, details: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(tells).map(([detail, key]) => [key, details[detail as keyof typeof details]]))

/** Puts refusals into the words of a table, and into the body that V1-004 and V1-009…V1-011 describe. */
export function phraseBy(phrases: Record<string, Phrase>): Phrasing {
  return (refusal) => {
    const { code, details } = refusal
    const phrase = phrases[code]
    const status = phrase?.status ?? statusOf[refusal.kind]
    if (details.fields && !phrase) return { status, body: phraseFields(details.fields) }
    if (!phrase) return { status, body: { detail: refusal.kind === 'missing' ? 'Not found.' : `${refusal.message}.` } }
    const text = say(phrase.text, details)
    return { status, body: { ...toBody(phrase, code, text), ...factsOf(phrase, details) } }
  }
}

function toBody({ place = 'detail', code: called }: Phrase, code: string, text: string): object {
  if (place === 'detail') return { detail: text }
  if (place === 'detail_with_code') return { detail: text, code: called ?? code }
  return { [place === 'non_field_errors' ? place : place.field]: [text] }
}
