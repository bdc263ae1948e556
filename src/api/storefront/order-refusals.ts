/** What the routes of orders and payments say no with (SF-290…SF-320, SF-350…SF-374). */
import type { RefusalDetails } from '#platform/refusal.ts'
import { cartSays } from './cart-refusals.ts'
import { fieldDetails, type Sayings, saysError, saysFields } from './refusals.ts'

export const orderSays: Sayings = {
  empty_cart: saysError('Cart is empty'),
  short_of_stock: cartSays.short_of_stock!,
  address_not_found: saysError('Address not found.'),
  order_not_found: saysError('Order not found.'),
  not_cancellable: saysError('This order can no longer be cancelled.', 400),
  payment_declined: () => ({
    status: 400,
    body: { error: 'Payment failed. Please try again.', payment_status: 'FAILED' },
  }),
}

/** Above what was paid there is a sentence of its own. */
const saysAmount = ({ fields = {} }: RefusalDetails) => ({
  body: {
    error:
      fields.amount === 'more_than_paid'
        ? 'The refund is more than what is left of the payment.'
        : 'Invalid input data',
    details: fieldDetails(fields),
  },
})

export const paymentSays: Sayings = {
  order_not_found: saysError('Order not found.'),
  payment_not_found: saysError('Payment not found.'),
  not_payable: saysError('The order is cancelled.', 400),
  provider_not_offered: saysError('This shop takes no payments online.'),
  gateway_refused: saysError('The payment provider does not take this payment.', 400),
  order_not_paid: saysError('The order has not been paid.', 400),
  amount_mismatch: saysFields('The amount is not what the order costs.'),
  invalid_signature: saysError('Invalid webhook signature', 401),
  event_mismatch: saysError('The order or the amount is not that of the payment.'),
  invalid_fields: saysAmount,
}
