/**
 * Payments: what a gateway was asked for, what it answered, and what was given back. Owns the schema "payments".
 * Invariant: what is given back is never more than what was paid; an event of a gateway is worked once.
 */
export { findEarlyEvents, keepEarlyEvent, purgeEarlyEvents } from './early-events.queries.ts'
export { refundSucceeded } from './events.ts'
export {
  type Gateway,
  type GatewayEvent,
  type Gateways,
  type OnlineProvider,
  PROVIDERS,
  type Provider,
  type WebhookHeaders,
} from './gateway.ts'
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
  findPaymentByReference,
  findPaymentsOfOrder,
  findUnansweredPayments,
  findUnansweredRefunds,
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
  setPaymentStatus,
} from './queries.ts'
export { openRefund, settleRefund } from './refunds.ts'
export { readShopPaymentEvent } from './sandbox/builtin.ts'
export { sandboxGateways } from './sandbox/index.ts'
