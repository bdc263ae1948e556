/** /api/admin/users/user/: accounts, to be found and switched off and on (SF-468). */
import { type Static, Type } from 'typebox'
import { type AccountFilters, type AccountRow, accountListing } from '#commerce/backoffice'
import { changeAccountByStaff } from '#commerce/identity'
import { toYesNo } from '../http/filters.ts'
import { Nullable, Time } from '../http/wire.ts'
import { change, type Resource } from './resource.ts'

const UserRowWire = Type.Object(
  {
    id: Type.Integer(),
    username: Nullable(Type.String()),
    email: Nullable(Type.String()),
    first_name: Type.String(),
    last_name: Type.String(),
    phone_number: Nullable(Type.String()),
    is_active: Type.Boolean(),
    is_verified: Type.Boolean(),
    is_staff: Type.Boolean(),
    date_joined: Time,
  },
  { title: 'AdminUser' },
)
const UserChanges = Type.Object({ is_active: Type.Boolean({ description: 'false ends all sessions at once' }) })

const toUserRowWire = (row: AccountRow): Static<typeof UserRowWire> => ({
  id: row.id,
  username: row.username,
  email: row.email,
  first_name: row.firstName,
  last_name: row.lastName,
  phone_number: row.phone,
  is_active: row.isActive,
  is_verified: row.isVerified,
  is_staff: row.isStaff,
  date_joined: row.joinedAt.toISOString(),
})

export const userResource: Resource<AccountRow, AccountFilters> = {
  path: 'users/user',
  noun: { one: 'User', many: 'Users' },
  listing: accountListing,
  usual: '-date_joined',
  filters: {
    isActive: { name: 'is_active', read: toYesNo, code: 'not_boolean' },
    isStaff: { name: 'is_staff', read: toYesNo, code: 'not_boolean' },
  },
  row: UserRowWire,
  toRow: toUserRowWire,
  detail: UserRowWire,
  toDetail: async (_app, row) => toUserRowWire(row),
  detailBudget: 0,
  change: change<AccountRow, typeof UserChanges>({
    summary: 'Switch an account off, or on again',
    body: UserChanges,
    sqlBudget: 8,
    apply: async (app, row, { is_active: isActive }, viewer) => {
      await changeAccountByStaff(app, viewer.accountId, row.id, { isActive })
    },
  }),
}
