/** /api/admin/analytics/searchanalytics/ (SF-432, SF-456). */
import { Type } from 'typebox'
import { type SearchFilters, type SearchRow, searchListing } from '#commerce/backoffice'
import { Nullable, Time } from '../../http/wire.ts'
import { toUserRef, UserRefWire } from '../owner.wire.ts'
import { figureResource } from './figure-resource.ts'
import { idFilter, textFilter, timeReaders } from './filter-readers.ts'

const SearchWire = Type.Object(
  {
    id: Type.Integer(),
    query: Type.String(),
    user: UserRefWire,
    timestamp: Time,
    results_count: Type.Integer(),
    category: Nullable(Type.String()),
  },
  { title: 'AdminSearch' },
)

export const searchReaders = {
  query: textFilter('query', 'a part of it'),
  category: textFilter('category'),
  accountId: idFilter('user_id'),
  ...timeReaders,
}

export const searchResource = figureResource<SearchRow, SearchFilters, typeof SearchWire>({
  path: 'analytics/searchanalytics',
  noun: { one: 'Search', many: 'Searches' },
  listing: searchListing,
  usual: '-timestamp',
  filters: searchReaders,
  row: SearchWire,
  toRow: (row) => ({
    id: row.id,
    query: row.query,
    user: toUserRef(row),
    timestamp: row.searchedAt.toISOString(),
    results_count: row.results,
    category: row.filters.category ?? null,
  }),
})
