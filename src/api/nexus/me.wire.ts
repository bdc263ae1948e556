import { type Static, Type } from 'typebox'
import type { CustomerChanges } from '#commerce/customers'
import type { Account } from '#commerce/identity'
import { Filled, Nullable, sent, Time } from '../http/wire.ts'

export const UserWire = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    email: Nullable(Type.String()),
    first_name: Type.String(),
    last_name: Type.String(),
    phone: Nullable(Type.String()),
    is_email_verified: Type.Boolean(),
    is_staff: Type.Boolean(),
    date_joined: Time,
    last_login: Nullable(Time),
  },
  { title: 'NexusUser' },
)

export function toUserWire(account: Account): Static<typeof UserWire> {
  return {
    id: account.uuid,
    email: account.email,
    first_name: account.firstName,
    last_name: account.lastName,
    phone: account.phone,
    is_email_verified: account.emailVerifiedAt !== null,
    is_staff: account.isStaff,
    date_joined: account.joinedAt.toISOString(),
    last_login: account.lastLoginAt?.toISOString() ?? null,
  }
}

const Name = Filled({ maxLength: 150 })
const Phone = Nullable(Type.String({ maxLength: 40, description: 'empty or null takes it away' }))

/** PUT needs both names; the phone stays where it is left out (NX-071). */
export const MeWire = Type.Object({ first_name: Name, last_name: Name, phone: Type.Optional(Phone) })
export const MeChangesWire = Type.Partial(MeWire)

/** What was sent, in the words of the commerce side. */
export function toCustomerChanges(body: Static<typeof MeChangesWire>): CustomerChanges {
  const { first_name, last_name, phone } = body
  return { account: sent({ firstName: first_name?.trim(), lastName: last_name?.trim(), phone }), profile: {} }
}
