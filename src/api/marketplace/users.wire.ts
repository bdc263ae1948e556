import { type Static, Type } from 'typebox'
import type { Account } from '#commerce/identity'
import { Choice, Nullable, Time } from '../http/wire.ts'

export const USER_TYPES = ['CUSTOMER', 'SELLER', 'ADMIN'] as const
type UserType = (typeof USER_TYPES)[number]

export const UserWire = Type.Object(
  {
    id: Type.Integer(),
    phone: Nullable(Type.String({ description: 'null for an account of another surface that has none' })),
    email: Nullable(Type.String()),
    first_name: Type.String(),
    last_name: Type.String(),
    date_of_birth: Nullable(Type.String({ format: 'date' })),
    user_type: Choice(USER_TYPES),
    is_active: Type.Boolean(),
    date_joined: Time,
    last_login: Nullable(Time),
  },
  { title: 'MarketplaceUser' },
)

export function toUserWire(account: Account, dateOfBirth: string | null): Static<typeof UserWire> {
  return {
    id: account.id,
    phone: account.phone,
    email: account.email,
    first_name: account.firstName,
    last_name: account.lastName,
    date_of_birth: dateOfBirth,
    user_type: toUserType(account),
    is_active: account.isActive,
    date_joined: account.joinedAt.toISOString(),
    last_login: account.lastLoginAt?.toISOString() ?? null,
  }
}

/** MP-007: whoever works for the shop is an ADMIN, whoever has no role a CUSTOMER. */
function toUserType({ isStaff, isSeller }: Account): UserType {
  if (isStaff) return 'ADMIN'
  return isSeller ? 'SELLER' : 'CUSTOMER'
}
