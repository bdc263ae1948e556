/** How the v1 surface says no: the texts of its document, by code. */
import type { FieldProblem, Refusal } from '#platform/refusal.ts'
import { type Answer, statusOf } from '../http/refusal-answers.ts'

type Values = Record<string, unknown>
type Text = string | ((values: Values) => string)

/** Texts of faults in a field, whatever the field (V1-015, V1-030 and the tables of the sections). */
const fieldTexts: Record<string, Text> = {
  required: 'This field is required.',
  blank: 'This field may not be blank.',
  null: 'This field may not be null.',
  bad_characters: 'Null characters are not allowed.',
  invalid: 'Enter a valid value.',
  not_email: 'Enter a valid email address.',
  not_uri: 'Enter a valid URL.',
  date_to_come: 'This date lies in the future.',
  not_date: 'Date has wrong format. Use YYYY-MM-DD.',
  not_string: 'Not a valid string.',
  not_integer: 'A valid integer is required.',
  not_number: 'A valid number is required.',
  not_boolean: 'Must be a valid boolean.',
  not_array: 'Expected a list of items.',
  not_object: 'Expected a dictionary.',
  not_choice: ({ value }) => `"${value}" is not a valid choice.`,
  maxLength: ({ limit }) => `Ensure this field has no more than ${limit} characters.`,
  minLength: ({ limit }) => `Ensure this field has at least ${limit} characters.`,
  maximum: ({ limit }) => `Ensure this value is less than or equal to ${limit}.`,
  minimum: ({ limit }) => `Ensure this value is greater than or equal to ${limit}.`,
  minItems: ({ limit }) => `Ensure this field has at least ${limit} elements.`,
  maxItems: ({ limit }) => `Ensure this field has no more than ${limit} elements.`,
  product_not_sellable: 'Product not found or inactive.',
  variant_not_sellable: 'Variant not found or inactive.',
  too_few_left: ({ available }) => `Only ${available} left in stock.`,
  other_currency: 'All items in a cart must use the same currency.',
  address_unknown: 'Address not found.',
  invalid_transition: ({ from, to }) => `Invalid status transition from ${from} to ${to}.`,
  more_than_paid: 'The amount is more than can be refunded.',
  coupon_unknown: 'Invalid coupon code.',
  coupon_expired: 'This coupon has expired.',
  coupon_not_active_yet: 'This coupon is not active yet.',
  coupon_used_up: 'This coupon has reached its usage limit.',
  coupon_already_used: 'You have already used this coupon.',
  coupon_below_minimum: 'The order does not reach the minimum amount for this coupon.',
  exclusiveMinimum: ({ limit }) => `Ensure this value is greater than ${limit}.`,
  email_taken: 'A user with this email already exists.',
  username_taken: 'A user with this username already exists.',
  username_invalid: 'Enter a valid username. This value may contain only letters, digits and the characters @ . + - _',
  phone_taken: 'A user with this phone number already exists.',
  phone_invalid: 'Enter a valid phone number.',
  passwords_differ: 'Passwords do not match.',
  password_too_short: ({ limit }) => `This password is too short. It must contain at least ${limit} characters.`,
  password_too_common: 'This password is too common.',
  password_entirely_numeric: 'This password is entirely numeric.',
  password_too_similar: ({ field }) => `The password is too similar to the ${field}.`,
}

type Place = 'detail' | 'detail_with_code' | 'non_field_errors' | { field: string }
/** `code` is what the body calls it, where the document uses one word for several refusals. */
type Phrase = { text: Text; place?: Place; status?: number; code?: string }

/** Refusals as a whole. `place` says where the text stands; without it in `detail`. */
const phrases: Record<string, Phrase> = {
  not_found: { text: 'Not found.' },
  invalid_page: { text: 'Invalid page.' },
  body_not_object: { text: 'Invalid data. Expected a dictionary.', place: 'non_field_errors' },
  json_parse_error: { text: 'JSON parse error: the body is no valid JSON.' },
  unsupported_media_type: { text: 'Unsupported media type in request.', status: 415 },
  body_too_large: { text: 'The request body is too large.', status: 413 },
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
  too_many_registrations: { text: 'Too many registration attempts. Please try again later.' },
  too_many_verifications: { text: 'Too many verification attempts. Please try again later.' },
  too_many_failed_sign_ins: { text: 'Too many failed login attempts. Please try again later.' },
  verification_token_invalid: { text: 'Invalid verification token.', place: 'detail_with_code', code: 'invalid_token' },
  verification_token_used: {
    text: 'This verification token has already been used.',
    place: 'detail_with_code',
    code: 'token_used',
  },
  verification_token_expired: {
    text: 'This verification token has expired. Please request a new one.',
    place: 'detail_with_code',
    code: 'token_expired',
  },
  credentials_missing: { text: 'Must include email and password.', place: 'non_field_errors' },
  wrong_credentials: { text: 'Invalid email or password.', place: 'non_field_errors' },
  account_not_active: { text: 'User account is not active. Please verify your email.', place: 'non_field_errors' },
  empty_cart: { text: 'Your cart is empty.', place: 'non_field_errors' },
  out_of_stock: { text: ({ name }) => `Not enough stock for ${name}.`, place: 'non_field_errors', status: 400 },
  not_sellable: { text: ({ name }) => `${name} is no longer available.`, place: 'non_field_errors', status: 400 },
  not_cancellable: { text: 'This order can no longer be cancelled.', status: 400 },
  not_payable: { text: 'This order is already paid or cancelled.', status: 400 },
  payment_not_pending: { text: 'Only a pending payment can be cancelled.', status: 400 },
  gateway_unavailable: { text: 'The payment provider does not answer. Please try again.' },
  invalid_signature: { text: 'Invalid signature.' },
  invalid_event: { text: 'The event has no id.' },
  idempotency_key_reused: { text: 'This idempotency key was already used for a different request.' },
  staff_only: { text: 'You do not have permission to perform this action.' },
}

/** Puts a refusal into the words and the body of the v1 document (V1-004, V1-009…V1-011). */
export function phraseForV1(refusal: Refusal): Answer {
  const { code, details } = refusal
  const phrase = phrases[code]
  const status = phrase?.status ?? statusOf[refusal.kind]
  if (details.fields && !phrase) return { status, body: phraseFields(details.fields) }
  if (!phrase) return { status, body: { detail: refusal.kind === 'missing' ? 'Not found.' : `${refusal.message}.` } }
  const text = say(phrase.text, details)
  const place = phrase.place ?? 'detail'
  if (place === 'detail') return { status, body: { detail: text } }
  if (place === 'detail_with_code') return { status, body: { detail: text, code: phrase.code ?? code } }
  return { status, body: { [place === 'non_field_errors' ? place : place.field]: [text] } }
}

function phraseFields(fields: Record<string, FieldProblem | FieldProblem[]>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, problems]) => [
      field,
      [problems].flat().map((problem) => phraseField(problem)),
    ]),
  )
}

function phraseField(problem: FieldProblem): string {
  const { code, inner, ...values }: { code: string; inner?: unknown } & Values =
    typeof problem === 'string' ? { code: problem } : problem
  const text = say(fieldTexts[code] ?? fieldTexts.invalid!, values)
  return inner === undefined ? text : `${inner}: ${text}`
}

const say = (text: Text, values: Values): string => (typeof text === 'string' ? text : text(values))
