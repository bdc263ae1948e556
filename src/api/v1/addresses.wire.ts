import { type Static, Type } from 'typebox'
import { ADDRESS_TYPES, type Address, type AddressChanges } from '#commerce/customers'
import { PageOf, PageQuery } from '../http/paging.ts'
import { Choice, Filled, Nullable, sent, Time } from '../http/wire.ts'

const line = Type.String({ maxLength: 255 })
const filledLine = Filled({ maxLength: 255 })

const required = {
  address_line1: filledLine,
  city: filledLine,
  country: filledLine,
  postal_code: Filled({ maxLength: 20 }),
}
const optional = {
  address_type: Type.Optional(Choice(ADDRESS_TYPES)),
  full_name: Type.Optional(line),
  phone: Type.Optional(Nullable(line)),
  address_line2: Type.Optional(line),
  state: Type.Optional(line),
  is_default: Type.Optional(Type.Boolean()),
}

/** A new address, or all of one (V1-148). What a PUT leaves out of the optional fields stays as it is. */
export const AddressInputWire = Type.Object({ ...required, ...optional })
export const AddressChangesWire = Type.Partial(AddressInputWire)

export const AddressQuery = Type.Object({ ...PageQuery, address_type: optional.address_type })

export const AddressWire = Type.Object(
  {
    id: Type.Integer(),
    address_type: Choice(ADDRESS_TYPES),
    full_name: Type.String(),
    phone: Nullable(Type.String()),
    address_line1: Type.String(),
    address_line2: Type.String(),
    city: Type.String(),
    state: Type.String(),
    postal_code: Type.String(),
    country: Type.String(),
    is_default: Type.Boolean(),
    created_at: Time,
    updated_at: Time,
  },
  { title: 'Address' },
)
export const AddressPageWire = PageOf(AddressWire)

export function toAddressWire(address: Address): Static<typeof AddressWire> {
  return {
    id: address.id,
    address_type: address.addressType,
    full_name: address.fullName,
    phone: address.phone,
    address_line1: address.addressLine1,
    address_line2: address.addressLine2,
    city: address.city,
    state: address.state,
    postal_code: address.postalCode,
    country: address.country,
    is_default: address.isDefault,
    created_at: address.createdAt.toISOString(),
    updated_at: address.updatedAt.toISOString(),
  }
}

/** What was sent, in the words of the commerce side. */
export function toAddressChanges(body: Static<typeof AddressChangesWire>): AddressChanges {
  return sent({
    addressType: body.address_type,
    fullName: body.full_name,
    phone: body.phone,
    addressLine1: body.address_line1,
    addressLine2: body.address_line2,
    city: body.city,
    state: body.state,
    postalCode: body.postal_code,
    country: body.country,
    isDefault: body.is_default,
  })
}
