/** What the routes of the cart and of orders say no with (SF-262…SF-285). */
import { type Sayings, saysError } from './refusals.ts'

const tooFew: Sayings[string] = ({ name }) => ({
  status: 400,
  body: { error: 'Insufficient stock available.', detail: `Not enough stock for ${name}` },
})

const combinations =
  (error: string, more: object = {}): Sayings[string] =>
  (details) => ({
    status: 404,
    body: { error, ...more, available_combinations: details.combinations },
  })

export const cartSays: Sayings = {
  product_not_sellable: () => ({
    status: 404,
    body: { error: 'Product does not exist or is inactive.', detail: 'Product not found' },
  }),
  price_weight_missing: saysError('Price and weight must be provided'),
  price_weight_unknown: combinations('Selected price-weight combination does not exist.', {
    detail: 'Price-weight combination not found',
  }),
  too_few_left: tooFew,
  too_many: tooFew,
  other_currency: saysError('All items in a cart must use the same currency.', 400),
  cart_not_found: saysError('Cart not found'),
  cart_line_not_found: saysError('Cart item not found.'),
  // An item whose id is no number.
  not_found: saysError('Cart item not found.'),
  empty_cart: saysError('Cart is empty'),
  short_of_stock: ({ short }) => ({
    status: 400,
    body: { error: 'Not enough stock for the following items', details: short },
  }),
  nothing_to_change: saysError('A quantity or a price_weight must be provided'),
}

/** SF-273: where a line is changed, the text is another one. */
export const cartChangeSays: Sayings = {
  ...cartSays,
  price_weight_unknown: combinations('Price-weight combination not found'),
}
