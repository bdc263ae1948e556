/** What was searched for (SF-388, SF-432, SF-456). */
import { sql } from 'kysely'
import { type Listing, partPattern } from '../listing.ts'
import type { Owner } from '../orders.queries.ts'
import { isNamed, joinAccount, OWNER, type TimeFilters, timeFilters } from './shared-columns.queries.ts'

export type SearchRow = Owner & {
  id: number
  query: string
  searchedAt: Date
  results: number
  kind: string
  filters: Record<string, string>
}
export type SearchFilters = { query: string; category: string; accountId: number } & TimeFilters

const accountId = sql`search.account_id`

export const searchListing: Listing<SearchRow, SearchFilters> = {
  source: sql`browse.searches search ${joinAccount(accountId)}`,
  columns: sql<SearchRow>`search.id, search.query, search.searched_at, search.results, search.kind, search.filters, ${OWNER}`,
  id: sql`search.id`,
  date: sql`search.searched_at`,
  search: (words) => sql`(lower(search.query) like ${partPattern(words)} or ${isNamed(accountId, words)})`,
  filters: {
    query: (part) => sql`lower(search.query) like ${partPattern(part)}`,
    category: (category) => sql`search.filters ->> 'category' = ${category}`,
    accountId: (id) => sql`search.account_id = ${id}`,
    ...timeFilters(sql`search.searched_at`),
  },
  orderings: { timestamp: sql`search.searched_at`, results_count: sql`search.results` },
}
