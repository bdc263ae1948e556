import { type Static, Type } from 'typebox'
import type { Address, AddressEntry, Customer, CustomerChanges } from '#commerce/customers'
import type { FieldCodes, FieldProblem } from '#platform/refusal.ts'
import { Nullable, sent } from '../http/wire.ts'
import {
  AddressChangesWire,
  AddressInputWire,
  AddressWire,
  toAddressChanges,
  toAddressInput,
  toAddressWire,
} from './addresses.wire.ts'
import { ADDRESSES_MAX, Day, InternationalPhone, Name } from './registration.wire.ts'

export const ProfileWire = Type.Object(
  {
    id: Type.Integer(),
    username: Type.String(),
    first_name: Type.String(),
    last_name: Type.String(),
    email: Type.String(),
    phone_number: Type.String(),
    birthdate: Nullable(Type.String({ format: 'date' })),
    addresses: Type.Array(AddressWire),
  },
  { title: 'StorefrontProfile' },
)

export function toProfileWire({ account, profile }: Customer, addresses: Address[]): Static<typeof ProfileWire> {
  return {
    id: account.id,
    username: account.username ?? '',
    first_name: account.firstName,
    last_name: account.lastName,
    email: account.email ?? '',
    phone_number: account.phone ?? '',
    birthdate: profile.dateOfBirth,
    addresses: addresses.map(toAddressWire),
  }
}

const EntryWire = Type.Object({
  id: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
  ...AddressChangesWire.properties,
})
/** Username and e-mail are no part of it: they cannot be changed here (SF-164). */
export const ProfileChangesWire = Type.Object({
  first_name: Type.Optional(Name),
  last_name: Type.Optional(Name),
  phone_number: Type.Optional(InternationalPhone),
  birthdate: Type.Optional(Nullable(Day)),
  addresses: Type.Optional(Type.Array(EntryWire, { maxItems: ADDRESSES_MAX })),
})
type Sent = Partial<Static<typeof ProfileChangesWire>>

/** What was sent, in the words of the commerce side. A phone that is given here is a name to sign in with (V1-022). */
export function toProfileChanges(body: Sent): CustomerChanges {
  const account = { firstName: body.first_name?.trim(), lastName: body.last_name?.trim(), phone: body.phone_number }
  return { account: { ...sent(account), phoneSurface: 'storefront' }, profile: sent({ dateOfBirth: body.birthdate }) }
}

export const toAddressEntries = ({ addresses = [] }: Sent): AddressEntry[] =>
  addresses.map(({ id, ...lines }) =>
    id === undefined
      ? { input: toAddressInput(lines as Static<typeof AddressInputWire>) }
      : { id, changes: toAddressChanges(lines) },
  )

/** What a new address among them lacks; an address with an id lacks nothing (SF-159, SF-160). */
export function findLackingLines({ addresses = [] }: Sent): FieldCodes {
  const lacking = addresses.flatMap(({ id, ...lines }, index): FieldProblem[] =>
    id === undefined
      ? REQUIRED.filter((line) => lines[line] === undefined).map((line) => ({
          code: 'required',
          inner: `${index}.${line}`,
        }))
      : [],
  )
  return lacking.length > 0 ? { addresses: lacking } : {}
}

const REQUIRED = AddressInputWire.required
