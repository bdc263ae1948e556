/** What went wrong (SF-433, SF-457). */
import { sql } from 'kysely'
import type { NotedError } from '#commerce/analytics'
import { type Listing, partPattern } from '../listing.ts'
import type { Owner } from '../orders.queries.ts'
import { joinAccount, OWNER, type TimeFilters, timeFilters } from './shared-columns.queries.ts'

export type ErrorRow = Owner & Omit<NotedError, 'accountId'> & { id: number }
export type ErrorFilters = { endpoint: string; accountId: number } & TimeFilters

export const errorListing: Listing<ErrorRow, ErrorFilters> = {
  source: sql`analytics.errors error ${joinAccount(sql`error.account_id`)}`,
  columns: sql<ErrorRow>`error.id, error.happened_at, error.endpoint, error.message, error.stack_trace, ${OWNER}`,
  id: sql`error.id`,
  date: sql`error.happened_at`,
  search: (words) => sql`lower(error.message) like ${partPattern(words)}`,
  filters: {
    endpoint: (part) => sql`lower(error.endpoint) like ${partPattern(part)}`,
    accountId: (id) => sql`error.account_id = ${id}`,
    ...timeFilters(sql`error.happened_at`),
  },
  orderings: { timestamp: sql`error.happened_at` },
}
