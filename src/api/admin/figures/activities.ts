/** /api/admin/analytics/useractivity/ (SF-431, SF-455). */
import { Type } from 'typebox'
import { type ActivityFilters, type ActivityRow, activityListing } from '#commerce/backoffice'
import { Nullable, Time } from '../../http/wire.ts'
import { toUserRef, UserRefWire } from '../owner.wire.ts'
import { figureResource } from './figure-resource.ts'
import { idFilter, timeReaders, wordFilter } from './filter-readers.ts'

const ActivityWire = Type.Object(
  {
    id: Type.Integer(),
    user: UserRefWire,
    activity_type: Type.String(),
    timestamp: Time,
    ip_address: Nullable(Type.String()),
    user_agent: Nullable(Type.String()),
    details: Type.Record(Type.String(), Type.Unknown()),
  },
  { title: 'AdminUserActivity' },
)

export const activityReaders = {
  activityType: wordFilter('activity_type'),
  accountId: idFilter('user_id'),
  ...timeReaders,
}

export const activityResource = figureResource<ActivityRow, ActivityFilters, typeof ActivityWire>({
  path: 'analytics/useractivity',
  noun: { one: 'UserActivity', many: 'UserActivities' },
  listing: activityListing,
  usual: '-timestamp',
  filters: activityReaders,
  row: ActivityWire,
  toRow: (row) => ({
    id: row.id,
    user: toUserRef(row),
    activity_type: row.activityType,
    timestamp: row.happenedAt.toISOString(),
    ip_address: row.ipAddress,
    user_agent: row.userAgent,
    details: row.details,
  }),
})
