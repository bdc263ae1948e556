/** How the marketplace says no: in its envelope, by code (MP-002, MP-006, MP-009, MP-021). */
import type { Refusal, RefusalKind } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { phraseInEnvelope } from '../http/envelope-refusals.ts'
import { type Phrase, sharedPhrases } from '../http/phrases.ts'
import type { Phrasing } from '../http/refusal-answers.ts'

/** Who may not sign in is answered like who does not exist (MP-026). */
const WRONG: Phrase = { text: 'Invalid phone number or password.', status: 401 }

const phrases: Record<string, Phrase> = {
  ...sharedPhrases,
  invalid_fields: { text: 'Validation failed.' },
  not_a_date: { text: 'Invalid date format. Use YYYY-MM-DD.' },
  wrong_credentials: WRONG,
  account_disabled: WRONG,
  fresh_sign_in_required: { text: 'Please sign in again to do this.' },
  account_unverified: WRONG,
  credentials_missing: { text: 'Must include phone and password.' },
  // Whatever became of a refresh token: it is on the blacklist (MP-031, MP-035).
  refresh_session_terminated: sharedPhrases.refresh_token_not_valid!,
  code_invalid: { text: 'Invalid or expired OTP.' },
  verification_required: { text: 'OTP verification required.' },
  product_not_sellable: { text: 'Product not found or inactive.', status: 404, isAlone: true },
  variant_not_sellable: { text: 'Variant not found or inactive.', status: 400 },
  too_few_left: {
    text: 'Insufficient stock available.',
    status: 400,
    tells: { available: 'available' },
    isAlone: true,
  },
  other_currency: { text: 'All items in a cart must use the same currency.', status: 400 },
  empty_cart: { text: 'Cart is empty.' },
  short_of_stock: { text: 'Insufficient stock available.', status: 400, tells: { items: 'items' } },
  order_not_found: { text: 'Order not found.' },
  not_cancellable: { text: 'This order can no longer be cancelled.', status: 400 },
  not_payable: { text: 'This order is already paid or cancelled.', status: 400 },
  gateway_unavailable: { text: 'The payment provider does not answer. Please try again.' },
  second_factor_on: { text: 'Two-factor authentication is already enabled.' },
  second_factor_not_set_up: { text: 'Two-factor authentication is not set up.' },
}

/** What is said where the code is not in the table; of other kinds, what the refusal says of itself. */
const byKind: Partial<Record<RefusalKind, string>> = {
  forbidden: 'You do not have permission to perform this action.',
  missing: 'Not found.',
  limited: 'Too many attempts. Please try again later.',
}

/** Puts refusals into the words and the envelope of the marketplace's document. */
export const phraseForMarketplace = (app: App): Phrasing => phraseInEnvelope(app, phraseOf)

/** Whatever was tried too often is told alike (MP-009); only the throttle of all requests has words of its own (MP-008). */
function phraseOf({ kind, code, message }: Refusal): Phrase {
  const isOfAttempts = kind === 'limited' && code !== 'throttled'
  return (isOfAttempts ? undefined : phrases[code]) ?? { text: byKind[kind] ?? `${message}.` }
}
