/** What was sold in a period: by day, week or month, by product, by customer. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database'
import type { Days, Span } from './days.ts'
import { within } from './summary.queries.ts'

export type SalesPeriod = {
  /** The first day of it. */
  period: string
  /** Placed, cancelled or not. */
  orders: number
  cancelled: number
  paid: number
  units: number
  /** Of what is not cancelled. */
  bookedMinor: number
  /** Of what is paid, without what was given back. */
  revenueMinor: number
}

/** Every span of the period, those without orders too; the first one begins where the period does, or before. */
const spansOf = ({ from, until }: Days, span: Span) => sql`
  select day::date as period from generate_series(date_trunc(${span}, ${from}::timestamp), ${until}::timestamp,
    ${`1 ${span}`}::interval) day`

/** Orders in this currency. */
export async function listSales(db: Db, days: Days, span: Span, currency: string): Promise<SalesPeriod[]> {
  const { rows } = await sql<SalesPeriod>`
    select period, coalesce(sum(orders), 0)::bigint as orders, coalesce(sum(cancelled), 0)::bigint as cancelled,
      coalesce(sum(paid), 0)::bigint as paid, coalesce(sum(units), 0)::bigint as units,
      coalesce(sum(booked_minor), 0)::bigint as booked_minor, coalesce(sum(revenue_minor), 0)::bigint as revenue_minor
    from (${spansOf(days, span)}) span
    left join analytics.order_days daily on date_trunc(${span}, daily.day::timestamp)::date = period
      and daily.currency = ${currency} and daily.day between ${days.from} and ${days.until}
    group by period order by period`.execute(db)
  return rows
}

/** The same of what one seller sells: his lines, at their prices after discounts. */
export async function listSalesOfSeller(
  db: Db,
  days: Days,
  span: Span,
  { sellerId, currency }: { sellerId: number; currency: string },
): Promise<SalesPeriod[]> {
  const { rows } = await sql<SalesPeriod>`
    with sold as (${linesOfSeller(days, sellerId, currency)})
    select period, count(distinct sold.order_id) as orders,
      count(distinct sold.order_id) filter (where status = 'cancelled') as cancelled,
      count(distinct sold.order_id) filter (where is_paid) as paid,
      coalesce(sum(quantity) filter (where is_booked), 0)::bigint as units,
      coalesce(sum(amount_minor) filter (where is_booked), 0)::bigint as booked_minor,
      coalesce(sum(amount_minor) filter (where is_paid), 0)::bigint as revenue_minor
    from (${spansOf(days, span)}) span
    left join sold on date_trunc(${span}, sold.placed_at at time zone 'UTC')::date = period
    group by period order by period`.execute(db)
  return rows
}

const linesOfSeller = (days: Days, sellerId: number, currency: string): RawBuilder<unknown> => sql`
  select "order".id as order_id, "order".account_id, "order".placed_at, "order".status, "order".is_booked, "order".is_paid, line.product_id,
    line.name, line.quantity, line.line_total_minor - line.discount_minor as amount_minor
  from orders.lines line join analytics.counted_orders "order" on "order".id = line.order_id
  where line.product_id in (select id from catalog.products where seller_id = ${sellerId})
    and "order".currency = ${currency} and ${within('order.placed_at', days)}`

/** How many people have ordered in the period, each once. */
export async function countBuyers(db: Db, days: Days, of: { currency: string; sellerId?: number }): Promise<number> {
  const orders =
    of.sellerId === undefined
      ? sql`select account_id from analytics.counted_orders "order"
          where is_booked and currency = ${of.currency} and ${within('order.placed_at', days)}`
      : sql`select account_id from (${linesOfSeller(days, of.sellerId, of.currency)}) sold where is_booked`
  const { rows } = await sql<{ buyers: number }>`
    select count(distinct account_id) as buyers from (${orders}) ordered`.execute(db)
  return rows[0]!.buyers
}

export type ProductSales = { productId: number; name: string; units: number; amountMinor: number }

/** What one seller sold most of, by what it brought. */
export async function listTopOfSeller(
  db: Db,
  days: Days,
  { sellerId, currency, limit }: { sellerId: number; currency: string; limit: number },
): Promise<ProductSales[]> {
  const { rows } = await sql<ProductSales>`
    select product_id, max(name) as name, sum(quantity)::bigint as units, sum(amount_minor)::bigint as amount_minor
    from (${linesOfSeller(days, sellerId, currency)}) sold where is_booked
    group by product_id order by amount_minor desc, product_id limit ${limit}`.execute(db)
  return rows
}

/** What was ordered most, by what it brings; paid or not yet. */
export async function listTopOrdered(
  db: Db,
  days: Days,
  { currency, limit }: { currency: string; limit: number },
): Promise<ProductSales[]> {
  const { rows } = await sql<ProductSales>`
    select line.product_id, max(line.name) as name, sum(line.quantity)::bigint as units,
      sum(line.line_total_minor - line.discount_minor)::bigint as amount_minor
    from analytics.counted_orders "order" join orders.lines line on line.order_id = "order".id
    where is_booked and currency = ${currency} and ${within('order.placed_at', days)} and line.product_id is not null
    group by line.product_id order by amount_minor desc, line.product_id limit ${limit}`.execute(db)
  return rows
}

/** Accounts of customers that were made in the period. */
export async function countNewAccounts(db: Db, days: Days): Promise<number> {
  const { rows } = await sql<{ accounts: number }>`
    select count(*) as accounts from identity.accounts where not is_staff and ${within('joined_at', days)}`.execute(db)
  return rows[0]!.accounts
}
