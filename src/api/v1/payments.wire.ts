import { type Static, Type } from 'typebox'
import { type Payment, PROVIDERS, type Refund } from '#commerce/payments'
import { toDecimal } from '#platform/money.ts'
import { NullableAmount } from '../http/amounts.ts'
import { Choice, Money, Nullable, Time } from '../http/wire.ts'

export const StartPaymentWire = Type.Object(
  {
    order_number: Type.String({ minLength: 1, maxLength: 40 }),
    provider: Choice(['stripe', 'paypal']),
    return_url: Type.Optional(Nullable(Type.String({ format: 'uri', maxLength: 500 }))),
  },
  { $id: 'StartPayment' },
)

export const PaymentWire = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    order_number: Type.String(),
    provider: Choice(PROVIDERS),
    provider_reference: Type.String(),
    status: Choice([
      'pending',
      'requires_action',
      'succeeded',
      'failed',
      'cancelled',
      'refunded',
      'partially_refunded',
    ]),
    amount: Money,
    currency: Type.String(),
    client_secret: Type.Optional(Type.String()),
    approval_url: Type.Optional(Type.String()),
    created_at: Time,
  },
  { $id: 'Payment' },
)

/** The secret by which a browser pays is for the owner alone (V1-335). */
export function toPaymentWire(payment: Payment, viewer: { accountId: number }): Static<typeof PaymentWire> {
  const isOwner = payment.accountId === viewer.accountId
  return {
    id: payment.id,
    order_number: payment.orderNumber,
    provider: payment.provider,
    provider_reference: payment.providerReference ?? '',
    status: payment.status,
    amount: toDecimal(payment.amountMinor, payment.currency),
    currency: payment.currency,
    ...(payment.clientSecret && isOwner && { client_secret: payment.clientSecret }),
    ...(payment.approvalUrl && isOwner && { approval_url: payment.approvalUrl }),
    created_at: payment.createdAt.toISOString(),
  }
}

export const RefundInputWire = Type.Object({
  amount: Type.Optional(NullableAmount),
  reason: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
})
export const RefundWire = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    payment_id: Type.String({ format: 'uuid' }),
    amount: Money,
    status: Choice(['pending', 'succeeded', 'failed']),
    reason: Type.String(),
    created_at: Time,
  },
  { $id: 'Refund' },
)

export const toRefundWire = (refund: Refund, currency: string): Static<typeof RefundWire> => ({
  id: refund.id,
  payment_id: refund.paymentId,
  amount: toDecimal(refund.amountMinor, currency),
  status: refund.status,
  reason: refund.reason,
  created_at: refund.createdAt.toISOString(),
})

export const PaymentInPath = Type.Object({
  id: Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' }),
})
export const ReceivedWire = Type.Object({ received: Type.Boolean() })
