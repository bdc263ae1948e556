/** How the storefront says no: the bodies of its document, by code (SF-007…SF-022). */
import type { FieldCodes, Refusal, RefusalDetails } from '#platform/refusal.ts'
import { phraseFields } from '../http/field-texts.ts'
import { type Phrasing, statusOf } from '../http/refusal-answers.ts'

/** What is answered to a refusal; without a status, that of its kind. */
type Saying = (details: RefusalDetails) => { status?: number; body: object }
/** By the code of a refusal or, where the code is not there, by its kind. */
export type Sayings = Record<string, Saying>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What this route says otherwise than the surface does. */
    says?: Sayings
  }
}

/** What the fields are called here, where the shop calls them otherwise. */
const wireNames: Record<string, string> = {
  phone: 'phone_number',
  date_of_birth: 'birthdate',
  new_password: 'new_password1',
  new_password_confirm: 'new_password2',
}

/** The sentences of each field at fault, under its name on this surface. */
export const fieldDetails = (fields: FieldCodes = {}): Record<string, string[]> =>
  phraseFields(Object.fromEntries(Object.entries(fields).map(([field, fault]) => [wireNames[field] ?? field, fault])))

/** A body of an `error` alone. */
export const saysError =
  (error: string, status?: number): Saying =>
  () => ({ body: { error }, ...(status ? { status } : {}) })

/** The same with what is wrong in each field, where fields are at fault (SF-012). */
export const saysFields =
  (error: string): Saying =>
  ({ fields }) => ({ body: { error, ...(fields ? { details: fieldDetails(fields) } : {}) } })

const saysDetail =
  (detail: string, more: object = {}): Saying =>
  () => ({ body: { detail, ...more } })

const RATE = 'Rate limit exceeded. Please try again later.'
const LOCKED = 'Too many failed login attempts. Please try again later.'
const BROKEN = 'Internal server error.'
const MESSAGES = [{ token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid or expired' }]

export const NO_CREDENTIALS = { detail: 'Authentication credentials were not provided.' }
export const BAD_TOKEN = {
  detail: 'Given token not valid for any token type',
  code: 'token_not_valid',
  messages: MESSAGES,
}

const lockedOut: Saying = () => ({ body: { error: LOCKED, detail: LOCKED } })

const general: Sayings = {
  not_authenticated: () => ({ body: NO_CREDENTIALS }),
  unauthenticated: () => ({ body: BAD_TOKEN }),
  forbidden: saysDetail('You do not have permission to perform this action.'),
  missing: saysDetail('Not found.'),
  invalid_page: saysDetail('Invalid page.'),
  method_not_allowed: ({ method }) => ({ status: 405, body: { detail: `Method "${method}" not allowed.` } }),
  unsupported_media_type: saysError('Unsupported media type in request.', 415),
  body_too_large: saysError('The request body is too large.', 413),
  json_parse_error: saysError('The request body is not valid JSON.'),
  body_not_object: saysError('The request body must be a JSON object.'),
  invalid: saysFields('Invalid input data'),
  not_a_date: saysError('Invalid date format. Use YYYY-MM-DD.'),
  conflict: saysError('This conflicts with what is stored.'),
  limited: saysError(RATE),
  unavailable: saysError('This is not available at the moment. Please try again later.'),
  internal_error: saysDetail(BROKEN, { error: BROKEN }),
  account_locked: lockedOut,
  too_many_failed_sign_ins: lockedOut,
  account_disabled: saysError('User account is inactive. Please contact support.'),
}

/** Puts a refusal into the words and the body of the storefront's document. */
export const phraseForStorefront: Phrasing = ({ kind, code, details }: Refusal, request) => {
  const own = request.routeOptions?.config?.says ?? {}
  const saying = own[code] ?? general[code] ?? own[kind] ?? general[kind]!
  const { status, body } = saying(details)
  return { status: status ?? statusOf[kind], body }
}
