/** /api/admin/analytics/errorlog/ (SF-433, SF-457). */
import { Type } from 'typebox'
import { type ErrorFilters, type ErrorRow, errorListing } from '#commerce/backoffice'
import { Nullable, Time } from '../../http/wire.ts'
import { toUserRef, UserRefWire } from '../owner.wire.ts'
import { figureResource } from './figure-resource.ts'
import { idFilter, textFilter, timeReaders } from './filter-readers.ts'

const PREVIEW_MAX = 100

const ErrorWire = Type.Object(
  {
    id: Type.Integer(),
    timestamp: Time,
    endpoint: Type.String(),
    error_message: Type.String(),
    error_preview: Type.String(),
    stack_trace: Nullable(Type.String()),
    user: UserRefWire,
  },
  { title: 'AdminError' },
)

export const errorResource = figureResource<ErrorRow, ErrorFilters, typeof ErrorWire>({
  path: 'analytics/errorlog',
  noun: { one: 'Error', many: 'Errors' },
  listing: errorListing,
  usual: '-timestamp',
  isLive: true,
  filters: { endpoint: textFilter('endpoint', 'a part of it'), accountId: idFilter('user_id'), ...timeReaders },
  row: ErrorWire,
  toRow: (row) => ({
    id: row.id,
    timestamp: row.happenedAt.toISOString(),
    endpoint: row.endpoint,
    error_message: row.message,
    error_preview: row.message.slice(0, PREVIEW_MAX),
    stack_trace: row.stackTrace,
    user: toUserRef(row),
  }),
})
