/**
 * Checkout: the deeds that join cart, stock, orders and payments. Owns no table.
 * Invariant: an order and its effects (stock, coupon, refund) stand or fall together.
 */
export { advanceOrder } from './advance-order.ts'
export { cancelOrder } from './cancel-order.ts'
export { cancelPayment } from './cancel-payment.ts'
export { cancelUnpaidOrders } from './cancel-unpaid-orders.ts'
export { declineCheckout } from './decline-checkout.ts'
export { finishOpenRefunds } from './finish-refunds.ts'
export { type Buyer, type Checkout, type PlacedOrder, placeOrder } from './place-order.ts'
export { type QuoteWanted, quoteShipping } from './quote-shipping.ts'
export { receiveGatewayEvent } from './receive-gateway-event.ts'
export { receiveShopPayment, type ShopPaymentEvent } from './receive-shop-payment.ts'
export { type RefundWish, requestRefund } from './request-refund.ts'
export { settleRequestedRefund } from './settle-requested-refund.ts'
export { finishUnansweredPayments, type PaymentWish, startPayment } from './start-payment.ts'
