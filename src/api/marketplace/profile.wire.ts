import { type Static, Type } from 'typebox'
import type { CustomerChanges } from '#commerce/customers'
import { Ok } from '../http/envelope.ts'
import { Filled, Nullable, sent } from '../http/wire.ts'
import { Email } from './registration.wire.ts'
import { UserWire } from './users.wire.ts'

export const ProfileWire = Ok(UserWire)

/** What may be changed of oneself; whatever is left out stays, with PUT as with PATCH. Phone and type are read only (MP-046). */
export const ProfileChangesWire = Type.Object({
  first_name: Type.Optional(Filled({ maxLength: 150 })),
  last_name: Type.Optional(Filled({ maxLength: 150 })),
  date_of_birth: Type.Optional(Nullable(Type.String({ format: 'date' }))),
  email: Type.Optional(Nullable(Email)),
})

/** What was sent, in the words of the commerce side. */
export function toCustomerChanges(body: Partial<Static<typeof ProfileChangesWire>>): CustomerChanges {
  return {
    account: sent({ firstName: body.first_name, lastName: body.last_name, email: body.email }),
    profile: sent({ dateOfBirth: body.date_of_birth }),
  }
}
