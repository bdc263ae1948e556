/** What customers are worth (SF-438, SF-462). */
import { sql } from 'kysely'
import type { Listing } from '../listing.ts'
import type { Owner } from '../orders.queries.ts'
import { isNamed, joinAccount, OWNER } from './shared-columns.queries.ts'

export type CustomerValueRow = Owner & {
  id: number
  currency: string
  orders: number
  spentMinor: number
  firstOrderAt: Date
  lastOrderAt: Date
  updatedAt: Date
}
/** Of so many orders, and at most so many. */
export type CustomerValueFilters = { segment: readonly [number, number] }

const accountId = sql`value.account_id`

export const customerValueListing: Listing<CustomerValueRow, CustomerValueFilters> = {
  source: sql`analytics.customer_values value ${joinAccount(accountId)}`,
  columns: sql<CustomerValueRow>`value.account_id as id, value.currency, value.orders, value.spent_minor, value.first_order_at,
    value.last_order_at, value.updated_at, ${OWNER}`,
  id: accountId,
  date: sql`value.last_order_at`,
  search: (words) => isNamed(accountId, words),
  filters: { segment: ([least, most]) => sql`value.orders between ${least} and ${most}` },
  orderings: {
    total_spent: sql`value.spent_minor`,
    total_orders: sql`value.orders`,
    last_order_date: sql`value.last_order_at`,
    first_order_date: sql`value.first_order_at`,
  },
}
