import { type Static, Type } from 'typebox'
import type { Address, AddressChanges, AddressInput } from '#commerce/customers'
import { Filled, Nullable, sent } from '../http/wire.ts'

const line = Filled({ maxLength: 255 })

export const AddressInputWire = Type.Object({
  address_line1: line,
  address_line2: Type.Optional(Nullable(Type.String({ maxLength: 255 }))),
  city: line,
  state: line,
  country: line,
  postal_code: Filled({ maxLength: 20 }),
})
/** What is left out stays, with PUT as with PATCH (SF-020). */
export const AddressChangesWire = Type.Partial(AddressInputWire)

export const AddressWire = Type.Object(
  {
    id: Type.Integer(),
    address_line1: Type.String(),
    address_line2: Type.String(),
    city: Type.String(),
    state: Type.String(),
    country: Type.String(),
    postal_code: Type.String(),
  },
  { title: 'StorefrontAddress' },
)

export function toAddressWire(address: Address): Static<typeof AddressWire> {
  return {
    id: address.id,
    address_line1: address.addressLine1,
    address_line2: address.addressLine2,
    city: address.city,
    state: address.state,
    country: address.country,
    postal_code: address.postalCode,
  }
}

/** What was sent, in the words of the commerce side. No second line is an empty one (SF-149). */
export function toAddressChanges(body: Static<typeof AddressChangesWire>): AddressChanges {
  return sent({
    addressLine1: body.address_line1,
    addressLine2: body.address_line2 === null ? '' : body.address_line2,
    city: body.city,
    state: body.state,
    country: body.country,
    postalCode: body.postal_code,
  })
}

/** A whole address: nothing that it needs is left out. */
export const toAddressInput = (body: Static<typeof AddressInputWire>): AddressInput =>
  toAddressChanges(body) as AddressInput
