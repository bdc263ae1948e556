import { type Static, Type } from 'typebox'
import { isPaid, type Payment, type PaymentStatus, toPaymentNumber } from '#commerce/payments'
import { toDecimal } from '#platform/money.ts'
import { Amount } from '../http/amounts.ts'
import { OrderSent } from '../http/order-ref.ts'
import { Choice, Money, Nullable, Time } from '../http/wire.ts'
import { PAYMENT_METHODS } from './orders.wire.ts'

const Status = Choice(['pending', 'completed', 'failed'])
export const InitiateWire = Type.Object({
  order_id: OrderSent,
  amount: Amount,
  currency: Choice(['INR']),
  payment_method: Choice(PAYMENT_METHODS),
})
export const InitiatedWire = Type.Object(
  { payment_id: Type.String(), checkout_url: Type.String(), status: Status },
  { title: 'StorefrontInitiatedPayment' },
)
export const PaymentInPath = Type.Object({ payment_id: Type.String({ maxLength: 60 }) })

const statusFields = {
  payment_id: Type.String(),
  status: Status,
  amount: Money,
  payment_method: Type.String(),
  timestamp: Time,
}
export const PaymentStatusWire = Type.Object(statusFields, { title: 'StorefrontPaymentStatus' })
const PaymentWire = Type.Object(
  { ...statusFields, order_id: Type.String({ description: 'the number of the order' }) },
  { title: 'StorefrontPayment' },
)
export const HistoryWire = Type.Object(
  { total: Type.Integer(), page: Type.Integer(), limit: Type.Integer(), results: Type.Array(PaymentWire) },
  { title: 'StorefrontPaymentHistory' },
)

export const RefundWishWire = Type.Object({
  order_id: OrderSent,
  amount: Amount,
  reason: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
})
export const RefundWire = Type.Object(
  { refund_id: Type.String(), status: Choice(['processing']), amount: Money, estimated_days: Type.String() },
  { title: 'StorefrontRefund' },
)

export function toStatus(status: PaymentStatus): 'pending' | 'completed' | 'failed' {
  if (isPaid(status) || status === 'refunded') return 'completed'
  return status === 'failed' || status === 'cancelled' ? 'failed' : 'pending'
}

export const toPaymentStatusWire = (payment: Payment): Static<typeof PaymentStatusWire> => ({
  payment_id: toPaymentNumber(payment.id),
  status: toStatus(payment.status),
  amount: toDecimal(payment.amountMinor, payment.currency),
  payment_method: payment.method || payment.provider,
  timestamp: payment.createdAt.toISOString(),
})

export const toPaymentWire = (payment: Payment): Static<typeof PaymentWire> => ({
  ...toPaymentStatusWire(payment),
  order_id: payment.orderNumber,
})
