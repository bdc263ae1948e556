/** How the surfaces word a fault in a field, by its code: all speak alike here (V1-015, V1-030, NX-002, SF-135). */
import type { FieldCodes, FieldProblem } from '#platform/refusal.ts'

export type Values = Record<string, unknown>
export type Text = string | ((values: Values) => string)

const texts: Record<string, Text> = {
  security_is_mailed: 'Mail about the security of the account cannot be switched off.',
  required: 'This field is required.',
  blank: 'This field may not be blank.',
  null: 'This field may not be null.',
  bad_characters: 'Null characters are not allowed.',
  invalid: 'Enter a valid value.',
  not_email: 'Enter a valid email address.',
  not_uri: 'Enter a valid URL.',
  date_to_come: 'This date lies in the future.',
  not_date: 'Date has wrong format. Use YYYY-MM-DD.',
  after_end: 'This day lies after the last one.',
  too_many_days: ({ limit }) => `A report has no more than ${limit} days.`,
  not_moment: 'Datetime has wrong format. Use YYYY-MM-DDThh:mm:ssZ.',
  not_string: 'Not a valid string.',
  not_integer: 'A valid integer is required.',
  not_number: 'A valid number is required.',
  not_boolean: 'Must be a valid boolean.',
  not_array: 'Expected a list of items.',
  not_object: 'Expected a dictionary.',
  body_not_object: 'Invalid data. Expected a dictionary.',
  not_choice: ({ value }) => `"${value}" is not a valid choice.`,
  maxLength: ({ limit }) => `Ensure this field has no more than ${limit} characters.`,
  minLength: ({ limit }) => `Ensure this field has at least ${limit} characters.`,
  maximum: ({ limit }) => `Ensure this value is less than or equal to ${limit}.`,
  minimum: ({ limit }) => `Ensure this value is greater than or equal to ${limit}.`,
  minItems: ({ limit }) => `Ensure this field has at least ${limit} elements.`,
  maxItems: ({ limit }) => `Ensure this field has no more than ${limit} elements.`,
  not_an_image: 'This is not a PNG, JPEG, WebP or GIF image, or it is damaged.',
  picture_too_large: ({ limit }) => `This image has more than ${limit} megapixels, or is too wide or too high.`,
  image_and_url: 'Send either an image or its address, not both.',
  product_not_sellable: 'Product not found or inactive.',
  variant_not_sellable: 'Variant not found or inactive.',
  too_few_left: ({ available }) => `Only ${available} left in stock.`,
  not_web_address: 'Enter a valid URL.',
  not_https: 'Enter an address that begins with https:// and names no user.',
  not_public: 'This address does not lie in the public internet.',
  too_many_endpoints: ({ limit }) => `There are ${limit} endpoints already. Remove one first.`,
  product_unknown: 'Product not found.',
  variant_unknown: 'Variant not found.',
  variant_required: 'This product has several variants: one has to be named.',
  location_unknown: 'Location not found.',
  location_code_taken: 'A location with this code already exists.',
  default_is_active: 'The default location must be active.',
  default_needed: 'There must be a default location: make another one the default instead.',
  same_location: 'This must be another location.',
  not_zero: 'This value must not be zero.',
  wrong_sign: ({ movement }) =>
    `This value must be ${movement === 'IN' || movement === 'RETURN' ? 'greater' : 'less'} than 0 for ${movement}.`,
  insufficient_stock: 'Insufficient stock.',
  reference_of_order: 'This is the number of an order; stock that is posted by hand cannot name it.',
  too_much_stock: 'That is more than a location can hold.',
  other_currency: 'All items in a cart must use the same currency.',
  address_unknown: 'Address not found.',
  invalid_transition: ({ from, to }) => `Invalid status transition from ${from} to ${to}.`,
  other_shipping_rate: 'Shipping to this address costs something else: cancel the order and place it again.',
  account_unknown: 'User not found.',
  order_not_found: 'Order not found.',
  not_carried: 'This order was cancelled: it does not travel any more.',
  line_unknown: ({ line }) => `There is no item ${line} in this order.`,
  more_than_returnable: ({ name, left }) => `Only ${left} of ${name} can still be returned.`,
  more_than_unshipped: ({ line, left }) => `Only ${left} of item ${line} are left to ship.`,
  tracking_number_taken: 'There is a shipment of this carrier with this number already.',
  not_pincode: 'A pincode has six digits.',
  days_reversed: 'The longest time must not be shorter than the shortest.',
  dates_reversed: 'The end must be after the beginning.',
  method_code_taken: 'A shipping method of this currency with this code already exists.',
  more_than_paid: 'The amount is more than can be refunded.',
  coupon_unknown: 'Invalid coupon code.',
  coupon_expired: 'This coupon has expired.',
  coupon_not_active_yet: 'This coupon is not active yet.',
  coupon_used_up: 'This coupon has reached its usage limit.',
  coupon_already_used: 'You have already used this coupon.',
  coupon_for_other_goods: 'This coupon does not apply to the items in your cart.',
  coupon_for_first_order: 'This coupon is for first orders only.',
  coupon_code_taken: 'A coupon with this code already exists.',
  percentage_range: 'A percentage is above 0 and at most 100.',
  coupon_below_minimum: 'The order does not reach the minimum amount for this coupon.',
  too_many_decimals: ({ limit }) => `Ensure that there are no more than ${limit} decimal places.`,
  too_many_digits: ({ limit }) => `Ensure that there are no more than ${limit} digits before the decimal point.`,
  not_currency: ({ value }) => `"${value}" is not a currency code.`,
  products_unknown: 'Product not found.',
  pinned_and_buried: 'A product cannot stand first and last.',
  too_few_words: 'Enter at least two different words.',
  too_many_words: 'Each may have at most three words.',
  query_taken: 'There is a rule for this query already.',
  category_unknown: 'Category not found.',
  category_code_taken: 'This category id is reserved or already used.',
  category_cycle: 'A category cannot lie below itself.',
  display_order_invalid: 'Display order must be between 1 and 8.',
  display_order_taken: 'A category with this display order already exists.',
  brand_unknown: 'Brand not found.',
  brand_name_taken: 'A brand with this name already exists.',
  slug_taken: 'This slug is already used.',
  sku_taken: 'A variant with this SKU already exists.',
  name_taken: 'A product with this name already exists.',
  not_below_price: 'The discount price must be below the price.',
  not_above_price: 'The former price must be above the price.',
  variant_below_zero: 'The resulting price of a variant would be below zero.',
  same_price_and_weight: 'The same price and weight occurs twice.',
  several_variants: 'The product has several variants: set this for each of them.',
  last_variant: 'The last variant of a product cannot be removed.',
  exclusiveMinimum: ({ limit }) => `Ensure this value is greater than ${limit}.`,
  email_taken: 'A user with this email already exists.',
  email_proven: 'A verified email address cannot be changed here.',
  username_taken: 'A user with this username already exists.',
  username_invalid: 'Enter a valid username. This value may contain only letters, digits and the characters @ . + - _',
  username_ambiguous: 'A username must not look like an email address or a phone number.',
  phone_taken: 'A user with this phone number already exists.',
  phone_invalid: 'Enter a valid phone number.',
  administrator_signup: 'Administrator accounts cannot be self-registered.',
  seller_signup_closed: 'Seller accounts cannot be self-registered.',
  own_standing: 'You cannot change this of your own account.',
  code_incorrect: 'Invalid authentication code.',
  password_incorrect: 'Password is incorrect.',
  passkey_not_valid: 'This passkey was not created for this account, or too long ago. Please try again.',
  passwords_differ: 'Passwords do not match.',
  password_too_short: ({ limit }) => `This password is too short. It must contain at least ${limit} characters.`,
  password_too_common: 'This password is too common.',
  password_entirely_numeric: 'This password is entirely numeric.',
  password_too_similar: ({ field }) => `The password is too similar to the ${field}.`,
}

/** The sentences of each field at fault. */
export function phraseFields(fields: FieldCodes): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, problems]) => [
      field,
      [problems].flat().map((problem) => phraseField(field, problem)),
    ]),
  )
}

/** A fault in words, by its code alone. */
export const phraseFault = (code: string): string => phraseField('', code)

function phraseField(field: string, problem: FieldProblem): string {
  const { code, inner, ...values }: { code: string; inner?: unknown } & Values =
    typeof problem === 'string' ? { code: problem } : problem
  // The one text that depends on the field (V1-126).
  const known =
    field === 'current_password' && code === 'password_incorrect' ? 'Current password is incorrect.' : texts[code]
  const text = say(known ?? texts.invalid!, values)
  return inner === undefined ? text : `${inner}: ${text}`
}

export const say = (text: Text, values: Values): string => (typeof text === 'string' ? text : text(values))
