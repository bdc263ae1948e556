/** Who and what comes first: products, customers, searches (V1-387). */
import { sql } from 'kysely'
import type { Db } from '#platform/database'
import type { Days } from './days.ts'

type Window = { limit: number; offset: number }
type Listed<Row> = { rows: Row[]; count: number }

export type RankedProduct = {
  productId: number
  name: string
  views: number
  cartAdditions: number
  purchases: number
  units: number
  revenueMinor: number
  currency: string
}

/** Products by what they brought in the period, then by who looked at them. What nobody saw or bought is not there. */
export async function rankProducts(db: Db, days: Days, { limit, offset }: Window): Promise<Listed<RankedProduct>> {
  const { rows } = await sql<RankedProduct & { count: number }>`
    with counted as (
      select product_id, sum(views)::bigint as views, sum(cart_additions)::bigint as cart_additions, sum(purchases)::bigint as purchases,
        sum(units)::bigint as units, sum(revenue_minor)::bigint as revenue_minor, max(currency) as currency
      from analytics.product_days where day between ${days.from} and ${days.until} group by product_id
    ), page as (
      select counted.*, count(*) over () as count from counted
      order by revenue_minor desc, units desc, views desc, product_id limit ${limit} offset ${offset}
    )
    select page.product_id, coalesce(product.name, '') as name, views, cart_additions, purchases, units, revenue_minor,
      coalesce(page.currency, product.currency, '') as currency, count
    from page left join catalog.products product on product.id = page.product_id
    order by revenue_minor desc, units desc, views desc, product_id`.execute(db)
  return toListed(rows)
}

export type RankedCustomer = {
  accountId: number
  email: string | null
  name: string
  orders: number
  spentMinor: number
  currency: string
  firstOrderAt: Date
  lastOrderAt: Date
}

/** Customers by what they have paid, all in all. */
export async function rankCustomers(db: Db, { limit, offset }: Window): Promise<Listed<RankedCustomer>> {
  const { rows } = await sql<RankedCustomer & { count: number }>`
    select value.account_id, account.email, trim(account.first_name || ' ' || account.last_name) as name, value.orders, value.spent_minor,
      value.currency, value.first_order_at, value.last_order_at, (select count(*) from analytics.customer_values) as count
    from analytics.customer_values value join identity.accounts account on account.id = value.account_id
    order by value.spent_minor desc, value.account_id limit ${limit} offset ${offset}`.execute(db)
  return toListed(rows)
}

export type RankedSearch = { query: string; times: number; results: number; lastDay: string }

/** What was searched for most often in the period; `results` on average. */
export async function rankSearches(db: Db, days: Days, { limit, offset }: Window): Promise<Listed<RankedSearch>> {
  const { rows } = await sql<RankedSearch & { count: number }>`
    select (array_agg(query order by day desc))[1] as query, sum(times)::bigint as times,
      (sum(results)::float8 / sum(times)) as results, max(day) as last_day, count(*) over () as count
    from browse.daily_queries where day between ${days.from} and ${days.until}
    group by plain order by times desc, plain limit ${limit} offset ${offset}`.execute(db)
  return toListed(rows)
}

/** A page past the end does not know how many there are: it is none, and told as such. */
const toListed = <Row extends { count: number }>(rows: Row[]): Listed<Row> => ({ rows, count: rows[0]?.count ?? 0 })
