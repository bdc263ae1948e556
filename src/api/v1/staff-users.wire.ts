import { type Static, Type } from 'typebox'
import type { AccountFilter, StandingChanges } from '#commerce/identity'
import { readOrdering } from '../http/filters.ts'
import { PageQuery } from '../http/paging.ts'
import { Filled, sent } from '../http/wire.ts'

export const UserQuery = Type.Object({
  ...PageQuery,
  search: Type.Optional(
    Type.String({ maxLength: 200, description: 'in e-mail, username, first and last name, or phone' }),
  ),
  is_active: Type.Optional(Type.Boolean()),
  is_staff: Type.Optional(Type.Boolean()),
  ordering: Type.Optional(Type.String({ description: 'date_joined, or -date_joined: the newest first' })),
})

export function toAccountFilter({ search, is_active, is_staff, ordering }: Static<typeof UserQuery>): AccountFilter {
  const { descending } = readOrdering(ordering, { date_joined: 'joinedAt' }, '-date_joined')
  const words = search?.trim() || undefined
  return { ...sent({ search: words, isActive: is_active, isStaff: is_staff }), newestFirst: descending }
}

/** What staff may change of a user; whatever is left out stays. */
export const UserChangesWire = Type.Object({
  is_active: Type.Optional(Type.Boolean({ description: 'false ends all sessions at once' })),
  is_staff: Type.Optional(Type.Boolean({ description: 'changed by superusers alone' })),
  first_name: Type.Optional(Filled({ maxLength: 150 })),
  last_name: Type.Optional(Filled({ maxLength: 150 })),
})

/** What was sent, in the words of the commerce side. */
export function toStandingChanges(body: Static<typeof UserChangesWire>): StandingChanges {
  return sent({
    isActive: body.is_active,
    isStaff: body.is_staff,
    firstName: body.first_name?.trim(),
    lastName: body.last_name?.trim(),
  })
}
