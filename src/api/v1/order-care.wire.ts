import { type Static, Type } from 'typebox'
import type { OrderNote } from '#commerce/orders'
import { Filled, Time } from '../http/wire.ts'
import { PlaceOrderWire } from './orders.wire.ts'

export const AddNoteWire = Type.Object({
  text: Filled({ maxLength: 4000 }),
  is_shown: Type.Optional(Type.Boolean({ description: 'the buyer reads it too' })),
})
export const NoteWire = Type.Object(
  { id: Type.Integer(), text: Type.String(), is_shown: Type.Boolean(), author: Type.String(), created_at: Time },
  { $id: 'OrderNote' },
)
export const ChangeAddressWire = Type.Pick(PlaceOrderWire, ['shipping_address_id', 'shipping_address'])
export const OrderForCustomerWire = Type.Object({
  user_id: Type.Integer(),
  items: Type.Array(
    Type.Object({
      product_id: Type.Integer(),
      variant_id: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
      quantity: Type.Integer({ minimum: 1, maximum: 999 }),
    }),
    { minItems: 1, maxItems: 500 },
  ),
  ...PlaceOrderWire.properties,
})

export function toNoteWire({ id, text, isShown, author, writtenAt }: OrderNote): Static<typeof NoteWire> {
  return { id, text, is_shown: isShown, author, created_at: writtenAt.toISOString() }
}
