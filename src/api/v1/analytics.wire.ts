import { type Static, Type } from 'typebox'
import type { RankedCustomer, RankedProduct, RankedSearch, readOverview, SalesPeriod } from '#commerce/analytics'
import { toDecimal } from '#platform/money.ts'
import { PageOf } from '../http/paging.ts'
import { percentOf, round } from '../http/rates.ts'
import { Day, Money, Nullable, Time } from '../http/wire.ts'

const average = (sum: number, count: number) => (count === 0 ? 0 : Math.round(sum / count))

export const RankedProductWire = Type.Object(
  {
    product_id: Type.Integer(),
    name: Type.String(),
    views: Type.Integer(),
    cart_additions: Type.Integer(),
    orders: Type.Integer({ description: 'paid orders that hold it' }),
    units: Type.Integer(),
    revenue: Money,
    currency: Type.String(),
    conversion_rate: Type.Number({ description: 'percent' }),
  },
  { title: 'RankedProduct' },
)
export const RankedProductPageWire = PageOf(RankedProductWire)

export const toRankedProductWire = (row: RankedProduct): Static<typeof RankedProductWire> => ({
  product_id: row.productId,
  name: row.name,
  views: row.views,
  cart_additions: row.cartAdditions,
  orders: row.purchases,
  units: row.units,
  revenue: row.currency ? toDecimal(row.revenueMinor, row.currency) : '0.00',
  currency: row.currency,
  conversion_rate: percentOf(row.purchases, row.views),
})

export const RankedCustomerWire = Type.Object(
  {
    user_id: Type.Integer(),
    email: Nullable(Type.String()),
    name: Type.String(),
    orders: Type.Integer({ description: 'paid' }),
    total_spent: Money,
    average_order_value: Money,
    currency: Type.String(),
    first_order_at: Time,
    last_order_at: Time,
  },
  { title: 'RankedCustomer' },
)
export const RankedCustomerPageWire = PageOf(RankedCustomerWire)

export const toRankedCustomerWire = (row: RankedCustomer): Static<typeof RankedCustomerWire> => ({
  user_id: row.accountId,
  email: row.email,
  name: row.name,
  orders: row.orders,
  total_spent: toDecimal(row.spentMinor, row.currency),
  average_order_value: toDecimal(average(row.spentMinor, row.orders), row.currency),
  currency: row.currency,
  first_order_at: row.firstOrderAt.toISOString(),
  last_order_at: row.lastOrderAt.toISOString(),
})

export const RankedSearchWire = Type.Object(
  {
    query: Type.String(),
    count: Type.Integer(),
    average_results: Type.Number(),
    last_searched_on: Day,
  },
  { title: 'RankedSearch' },
)
export const RankedSearchPageWire = PageOf(RankedSearchWire)

export const toRankedSearchWire = ({
  query,
  times,
  results,
  lastDay,
}: RankedSearch): Static<typeof RankedSearchWire> => ({
  query,
  count: times,
  average_results: round(results, 2),
  last_searched_on: lastDay,
})

export const OverviewWire = Type.Object(
  {
    period: Type.String(),
    start_date: Day,
    end_date: Day,
    revenue: Money,
    orders: Type.Integer({ description: 'placed, without those that were cancelled' }),
    average_order_value: Money,
    new_customers: Type.Integer({ description: 'accounts that were made' }),
    units_sold: Type.Integer(),
    conversion_rate: Type.Number({ description: 'paid orders of 100 visitors' }),
    top_products: Type.Array(RankedProductWire),
  },
  { title: 'AnalyticsOverview' },
)

export function toOverviewWire(
  overview: Awaited<ReturnType<typeof readOverview>>,
  currency: string,
): Static<typeof OverviewWire> {
  const { revenueMinor, orders, cancelled, paid } = overview
  return {
    period: overview.period,
    start_date: overview.from,
    end_date: overview.until,
    revenue: toDecimal(revenueMinor, currency),
    orders: orders - cancelled,
    average_order_value: toDecimal(average(revenueMinor, paid), currency),
    new_customers: overview.newCustomers,
    units_sold: overview.units,
    conversion_rate: percentOf(paid, overview.visitors),
    top_products: overview.topProducts.map(toRankedProductWire),
  }
}

const SalesPeriodWire = Type.Object({
  period: Day,
  orders: Type.Integer({ description: 'placed, without those that were cancelled' }),
  units: Type.Integer(),
  revenue: Money,
})
export const SalesWire = Type.Object(
  {
    group_by: Type.String(),
    start_date: Day,
    end_date: Day,
    summary: Type.Object({
      orders: Type.Integer(),
      cancelled_orders: Type.Integer(),
      units: Type.Integer(),
      revenue: Money,
      average_order_value: Money,
      customers: Type.Integer(),
    }),
    results: Type.Array(SalesPeriodWire),
  },
  { title: 'SalesReport' },
)

export const toSalesPeriodWire = (row: SalesPeriod, currency: string): Static<typeof SalesPeriodWire> => ({
  period: row.period,
  orders: row.orders - row.cancelled,
  units: row.units,
  revenue: toDecimal(row.revenueMinor, currency),
})
