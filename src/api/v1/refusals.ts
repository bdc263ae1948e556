/** How the v1 surface says no: the texts of its document, by code. */
import { type Phrase, phraseBy, sharedPhrases } from '../http/phrases.ts'

const NOT_ACTIVE: Phrase = {
  text: 'User account is not active. Please verify your email.',
  place: 'non_field_errors',
}
const LIMITED: Phrase = { text: 'Too many failed login attempts. Please try again later.' }

const phrases: Record<string, Phrase> = {
  ...sharedPhrases,
  account_unverified: NOT_ACTIVE,
  account_disabled: { ...NOT_ACTIVE, status: 400 },
  account_locked: LIMITED,
  reset_token_invalid: { text: 'Invalid password reset token.', place: 'detail_with_code', code: 'invalid_token' },
  reset_token_used: {
    text: 'This password reset token has already been used.',
    place: 'detail_with_code',
    code: 'token_used',
  },
  reset_token_expired: {
    text: 'This password reset token has expired. Please request a new one.',
    place: 'detail_with_code',
    code: 'token_expired',
  },
  too_many_failed_sign_ins: LIMITED,
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
  empty_cart: { text: 'Your cart is empty.', place: 'non_field_errors' },
  out_of_stock: { text: ({ name }) => `Not enough stock for ${name}.`, place: 'non_field_errors', status: 400 },
  not_sellable: { text: ({ name }) => `${name} is no longer available.`, place: 'non_field_errors', status: 400 },
  not_cancellable: { text: 'This order can no longer be cancelled.', status: 400 },
  restore_token_invalid: { text: 'This link leads to no cart.', place: { field: 'token' } },
  address_settled: { text: 'The address of this order can no longer be changed.', status: 400 },
  not_returnable: { text: 'Only an order that was delivered can be returned.', status: 400 },
  return_too_late: {
    text: ({ days }) => `An order can be returned within ${days} days after its delivery.`,
    status: 400,
  },
  return_decided: {
    text: ({ from }) =>
      from === 'requested' ? 'This return has to be approved first.' : `This return is ${from} already.`,
    status: 400,
  },
  not_payable: { text: 'This order is already paid or cancelled.', status: 400 },
  payment_not_pending: { text: 'Only a pending payment can be cancelled.', status: 400 },
  insufficient_stock: { text: 'Insufficient stock.', place: { field: 'quantity_delta' }, status: 400 },
  default_location: { text: 'The default location cannot be deleted.' },
  location_has_stock: { text: 'A location with stock cannot be deleted.' },
  proposal_decided: { text: ({ status }) => `This proposal is ${status} already.`, status: 400 },
  passkey_not_accepted: { text: 'Passkey not accepted.', place: 'detail_with_code' },
  passkey_known: { text: 'This passkey is already registered.', place: 'detail_with_code' },
  too_many_reports: { text: 'Too many reports are being drawn up. Please try again later.' },
  report_not_ready: {
    text: ({ status }) =>
      status === 'failed' ? 'This report could not be drawn up.' : 'This report is not ready yet.',
  },
  too_many_streams: { text: 'Too many streams are open.' },
  too_many_passkeys: { text: 'An account cannot have more passkeys. Remove one first.', place: 'detail_with_code' },
  last_way_in: {
    text: 'This is the only way to sign in to the account. Set a password first.',
    place: 'detail_with_code',
  },
  fresh_sign_in_required: { text: 'Please sign in again to do this.', place: 'detail_with_code' },
  too_many_passkey_sign_ins: { text: 'Too many sign-in attempts. Please try again later.' },
  provider_not_offered: { text: 'This shop takes no payments by this provider.' },
  gateway_refused: { text: 'The payment provider does not take this payment. Please pay another way.', status: 400 },
  gateway_unavailable: { text: 'The payment provider does not answer. Please try again.' },
  not_shippable: { text: ({ status }) => whyNotShipped(status), status: 400 },
  nothing_to_ship: { text: 'Everything in this order is in a shipment already.', status: 400 },
  carrier_refused: { text: ({ reason }) => `The carrier does not take this shipment: ${reason}` },
  carrier_unavailable: { text: 'The carrier does not answer. Please try again.' },
  wishlist_full: {
    text: ({ limit }) => `A wishlist holds at most ${limit} products.`,
    place: 'non_field_errors',
    status: 400,
  },
  in_stock_already: { text: 'It is in stock: there is nothing to wait for.' },
  too_many_watches: {
    text: ({ limit }) => `An account has at most ${limit} alerts.`,
    place: 'non_field_errors',
    status: 400,
  },
  invalid_event: { text: 'The event has no id.' },
}

function whyNotShipped(status: unknown): string {
  if (status === 'pending') return 'This order is not paid yet.'
  if (status === 'cancelled' || status === 'refunded') return `This order was ${status}.`
  return 'This order has been delivered.'
}

/** Puts a refusal into the words and the body of the v1 document (V1-004, V1-009…V1-011). */
export const phraseForV1 = phraseBy(phrases)
