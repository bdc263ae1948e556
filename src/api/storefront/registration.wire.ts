import { type Static, Type } from 'typebox'
import type { Address, Person } from '#commerce/customers'
import { type Account, anyName, type Registration } from '#commerce/identity'
import type { FieldCodes } from '#platform/refusal.ts'
import { Filled, sent } from '../http/wire.ts'
import { AddressInputWire, AddressWire, toAddressInput, toAddressWire } from './addresses.wire.ts'

export const Name = Filled({ maxLength: 150 })
/** With the + and the code of the country; no separators. */
export const InternationalPhone = Type.String({ pattern: '^\\+[1-9]\\d{7,14}$', examples: ['+919876543210'] })
export const Day = Type.String({ format: 'date', minLength: 1 })
/** More than anybody lives at, and no flood. */
export const ADDRESSES_MAX = 20

export const RegistrationWire = Type.Object({
  username: Filled({ maxLength: 150 }),
  password: Type.String({ minLength: 1, description: 'at least 8 characters' }),
  email: Type.String({ format: 'email', minLength: 1, maxLength: 254 }),
  phone_number: InternationalPhone,
  first_name: Name,
  last_name: Name,
  birthdate: Day,
  addresses: Type.Optional(Type.Array(AddressInputWire, { maxItems: ADDRESSES_MAX })),
})
type Sent = Partial<Static<typeof RegistrationWire>>

/** A name to sign in with that could be taken for another kind of name (SF-062). */
export const findAmbiguousName = ({ username }: Sent): FieldCodes =>
  username !== undefined && anyName(username).kind !== 'username' ? { username: 'username_ambiguous' } : {}

/** What was sent, in the words of the commerce side. */
export function toRegistration(body: Sent): Partial<Registration> {
  return sent({
    username: body.username,
    password: body.password,
    email: body.email,
    phone: body.phone_number,
    firstName: body.first_name?.trim(),
    lastName: body.last_name?.trim(),
  })
}

export const toPerson = (body: Sent): Person => ({
  dateOfBirth: body.birthdate,
  addresses: body.addresses?.map(toAddressInput),
})

export const RegisteredWire = Type.Object(
  {
    username: Type.String(),
    first_name: Type.String(),
    last_name: Type.String(),
    email: Type.String(),
    phone_number: Type.String(),
    birthdate: Type.String({ format: 'date' }),
    addresses: Type.Array(AddressWire),
  },
  { title: 'StorefrontRegistered' },
)

export function toRegisteredWire(
  account: Account,
  addresses: Address[],
  birthdate: string,
): Static<typeof RegisteredWire> {
  return {
    username: account.username ?? '',
    first_name: account.firstName,
    last_name: account.lastName,
    email: account.email ?? '',
    phone_number: account.phone ?? '',
    birthdate,
    addresses: addresses.map(toAddressWire),
  }
}
