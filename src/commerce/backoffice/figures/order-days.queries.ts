/** Orders by day (SF-430). */
import { sql } from 'kysely'
import type { Listing } from '../listing.ts'
import { dayFilters, type TimeFilters } from './shared-columns.queries.ts'

export type OrderDayRow = {
  id: number
  day: string
  currency: string
  orders: number
  paid: number
  revenueMinor: number
  shippingMinor: number
}
export type OrderDayFilters = { currency: string } & TimeFilters

/** A day and a currency in one number; of a day that of the storefront comes last. */
const id = sql`((daily.day - date '2000-01-01')::bigint * 36000 + (daily.currency = 'INR')::int * 18000
  + (ascii(substr(daily.currency, 1, 1)) - 65) * 676 + (ascii(substr(daily.currency, 2, 1)) - 65) * 26
  + ascii(substr(daily.currency, 3, 1)) - 65)`

export const orderDayListing: Listing<OrderDayRow, OrderDayFilters> = {
  source: sql`analytics.order_days daily`,
  columns: sql<OrderDayRow>`${id} as id, daily.day, daily.currency, daily.orders, daily.paid, daily.revenue_minor, daily.shipping_minor`,
  id,
  date: sql`(daily.day::timestamp at time zone 'UTC')`,
  search: (words) => sql`daily.day::text like ${`${words}%`}`,
  filters: {
    currency: (currency) => sql`daily.currency = ${currency}`,
    ...dayFilters(sql`daily.day`),
  },
  orderings: { date: sql`daily.day`, total_orders: sql`daily.orders`, total_revenue: sql`daily.revenue_minor` },
}
