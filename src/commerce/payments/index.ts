/**
 * Payments: what a gateway was asked for, what it answered, and what was given back. Owns the schema "payments".
 * Invariant: what is given back is never more than what was paid; an event of a gateway is worked once.
 */
export {
  type Gateway,
  type GatewayEvent,
  type Gateways,
  type OnlineProvider,
  PROVIDERS,
  type Provider,
  type WebhookHeaders,
} from './gateway.ts'
export { awaitsMoney, type Payment, type PaymentStatus, paymentStatusAfterRefund, type Refund } from './payment.ts'
export {
  acceptEvent,
  findPaymentByReference,
  findUnansweredPayments,
  findUnansweredRefunds,
  getPayment,
  getRefund,
  insertPayment,
  listOpenRefunds,
  listPayments,
  listPaymentsOf,
  listRefundsOf,
  lockPaymentsOfOrder,
  recordIntent,
  setPaymentStatus,
} from './queries.ts'
export { openRefund, settleRefund } from './refunds.ts'
export { sandboxGateways } from './sandbox/index.ts'
