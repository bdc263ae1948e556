import { type Static, Type } from 'typebox'
import { RETURN_STATUSES, type Return } from '#commerce/orders'
import { toDecimal } from '#platform/money.ts'
import { Choice, Filled, Money, Nullable, Time } from '../http/wire.ts'

export const ReturnStatus = Choice(RETURN_STATUSES)

export const RequestReturnWire = Type.Object(
  {
    items: Type.Array(Type.Object({ order_item_id: Type.Integer(), quantity: Type.Integer({ minimum: 1 }) }), {
      minItems: 1,
      maxItems: 500,
    }),
    reason: Filled({ maxLength: 1000 }),
  },
  { $id: 'RequestReturn' },
)
export const DecideReturnWire = Type.Object({
  note: Type.Optional(Nullable(Type.String({ maxLength: 1000, description: 'the buyer reads it' }))),
})

export const ReturnWire = Type.Object(
  {
    id: Type.Integer(),
    order_number: Type.String(),
    status: ReturnStatus,
    items: Type.Array(
      Type.Object({
        order_item_id: Type.Integer(),
        name: Type.String(),
        sku: Nullable(Type.String()),
        quantity: Type.Integer(),
        refund_amount: Money,
      }),
    ),
    reason: Type.String(),
    note: Type.String({ description: 'what staff said to it' }),
    refund_amount: Money,
    currency: Type.String(),
    created_at: Time,
    updated_at: Time,
  },
  { $id: 'Return' },
)

export function toReturnWire(sentBack: Return): Static<typeof ReturnWire> {
  const money = (amountMinor: number) => toDecimal(amountMinor, sentBack.currency)
  return {
    id: sentBack.id,
    order_number: sentBack.orderNumber,
    status: sentBack.status,
    items: sentBack.lines.map((line) => ({
      order_item_id: line.lineId,
      name: line.name,
      sku: line.sku,
      quantity: line.quantity,
      refund_amount: money(line.refundMinor),
    })),
    reason: sentBack.reason,
    note: sentBack.note,
    refund_amount: money(sentBack.refundMinor),
    currency: sentBack.currency,
    created_at: sentBack.requestedAt.toISOString(),
    updated_at: sentBack.updatedAt.toISOString(),
  }
}
