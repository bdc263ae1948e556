import { type Static, Type } from 'typebox'
import type { Customer, CustomerChanges } from '#commerce/customers'
import type { Account } from '#commerce/identity'
import { Filled, Nullable, sent, Time } from '../http/wire.ts'

const userFields = {
  id: Type.Integer(),
  email: Nullable(Type.String()),
  username: Nullable(Type.String()),
  first_name: Type.String(),
  last_name: Type.String(),
  phone: Nullable(Type.String()),
  is_active: Type.Boolean(),
  is_staff: Type.Boolean(),
  email_verified: Type.Boolean(),
  email_verified_at: Nullable(Time),
  date_joined: Time,
}

export const UserWire = Type.Object(userFields, { title: 'User' })

export function toUserWire(account: Account): Static<typeof UserWire> {
  return {
    id: account.id,
    email: account.email,
    username: account.username,
    first_name: account.firstName,
    last_name: account.lastName,
    phone: account.phone,
    is_active: account.isActive,
    is_staff: account.isStaff,
    email_verified: account.emailVerifiedAt !== null,
    email_verified_at: account.emailVerifiedAt?.toISOString() ?? null,
    date_joined: account.joinedAt.toISOString(),
  }
}

export const MeWire = Type.Object(
  {
    ...userFields,
    profile: Type.Object({
      date_of_birth: Nullable(Type.String({ format: 'date' })),
      avatar_url: Nullable(Type.String()),
      language: Type.String(),
      marketing_opt_in: Type.Boolean(),
    }),
  },
  { title: 'Me' },
)

export function toMeWire({ account, profile }: Customer, shopLanguage: string): Static<typeof MeWire> {
  return {
    ...toUserWire(account),
    profile: {
      date_of_birth: profile.dateOfBirth,
      avatar_url: profile.avatarUrl,
      language: profile.language ?? shopLanguage,
      marketing_opt_in: profile.marketingOptIn,
    },
  }
}

/** What may be changed of oneself; whatever is left out stays, with PUT as with PATCH (V1-145). */
export const MeChangesWire = Type.Object({
  first_name: Type.Optional(Filled({ maxLength: 150 })),
  last_name: Type.Optional(Filled({ maxLength: 150 })),
  username: Type.Optional(Filled({ maxLength: 150 })),
  phone: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
  profile: Type.Optional(
    Type.Object({
      date_of_birth: Type.Optional(Nullable(Type.String({ format: 'date' }))),
      avatar_url: Type.Optional(Nullable(Type.String({ format: 'uri', maxLength: 2000 }))),
      language: Type.Optional(Type.String({ pattern: '^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,4}$' })),
      marketing_opt_in: Type.Optional(Type.Boolean()),
    }),
  ),
})

/** What was sent, in the words of the commerce side. */
export function toCustomerChanges(body: Static<typeof MeChangesWire>): CustomerChanges {
  const { profile = {} } = body
  return {
    account: sent({
      firstName: body.first_name?.trim(),
      lastName: body.last_name?.trim(),
      username: body.username?.trim(),
      phone: body.phone,
    }),
    profile: sent({
      dateOfBirth: profile.date_of_birth,
      avatarUrl: profile.avatar_url,
      language: profile.language,
      marketingOptIn: profile.marketing_opt_in,
    }),
  }
}
