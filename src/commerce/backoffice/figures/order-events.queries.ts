/** When orders were placed, completed and cancelled: the milestones of their histories (SF-387, SF-305, SF-317, SF-320). */
import { sql } from 'kysely'
import type { Order } from '#commerce/orders'
import type { Listing } from '../listing.ts'
import type { Owner } from '../orders.queries.ts'
import { isNamed, joinAccount, OWNER, type TimeFilters, timeFilters } from './shared-columns.queries.ts'

export type Milestone = 'placed' | 'completed' | 'cancelled'
export type OrderEventRow = Owner &
  Pick<Order, 'number' | 'totalMinor' | 'currency' | 'status' | 'paymentMethod'> & {
    id: number
    milestone: Milestone
    happenedAt: Date
    units: number
  }
export type OrderEventFilters = { milestone: Milestone | 'none'; accountId: number } & TimeFilters

const accountId = sql`"order".account_id`

export const orderEventListing: Listing<OrderEventRow, OrderEventFilters> = {
  source: sql`(select * from orders.history where milestone is not null) entry join orders.orders "order" on "order".id = entry.order_id
    ${joinAccount(accountId)}`,
  columns: sql<OrderEventRow>`entry.id, entry.milestone, entry.happened_at, "order".number, "order".total_minor, "order".currency,
    "order".status, "order".payment_method, ${OWNER},
    (select sum(quantity) from orders.lines where order_id = "order".id) as units`,
  id: sql`entry.id`,
  date: sql`entry.happened_at`,
  search: (words) => sql`(lower("order".number) = lower(${words}) or ${isNamed(accountId, words)})`,
  filters: {
    milestone: (milestone) => (milestone === 'none' ? sql`false` : sql`entry.milestone = ${milestone}`),
    accountId: (id) => sql`"order".account_id = ${id}`,
    ...timeFilters(sql`entry.happened_at`),
  },
  orderings: { timestamp: sql`entry.happened_at` },
}
