/**
 * Payments: what a gateway was asked for, what it answered, and what was given back. Owns the schema "payments".
 * Invariant: what is given back is never more than what was paid; an event of a gateway is worked once.
 */

export {
  adoptReference,
  closePayment,
  failUnanswered,
  findQuietPayments,
  findUnansweredPayments,
  findUnansweredRefunds,
  markPaymentAsked,
  markRefundAsked,
} from './asking.queries.ts'
export { notOffered } from './closed.ts'
export { findEarlyEvents, keepEarlyEvent, purgeEarlyEvents } from './early-events.queries.ts'
export { refundSucceeded } from './events.ts'
export {
  type Conclusion,
  type Gateway,
  type GatewayEvent,
  type Gateways,
  type Intent,
  type OnlineProvider,
  PROVIDERS,
  type Provider,
  type WebhookHeaders,
} from './gateway.ts'
export { openGateways } from './open-gateways.ts'
export {
  awaitsMoney,
  isPaid,
  keptOf,
  type LockedPayment,
  type Payment,
  type PaymentStatus,
  paymentStatusAfterRefund,
  type Refund,
  refundable,
} from './payment.ts'
export { readPaymentNumber, readRefundNumber, toPaymentNumber, toRefundNumber } from './public-numbers.ts'
export {
  acceptEvent,
  findPaymentOfEvent,
  findPaymentsOfOrder,
  getPayment,
  getRefund,
  insertPayment,
  listOpenRefunds,
  listPayments,
  listPaymentsOf,
  listPaymentsOfPeriod,
  listRefundsOf,
  lockPaymentsOfOrder,
  recordIntent,
  releaseRefund,
  releaseRefundsOf,
  setPaymentStatus,
} from './queries.ts'
export { openRefund, settleRefund } from './refunds.ts'
export { isGatewayRefusal } from './refused.ts'
export { readShopPaymentEvent } from './sandbox/builtin.ts'
