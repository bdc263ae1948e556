/** Reports of a period (V1-385…388, MP-145). */
import type { App } from '../app.ts'
import type { Days, Span } from './days.ts'
import { rankProducts } from './rankings.queries.ts'
import {
  countBuyers,
  countNewAccounts,
  listSales,
  listSalesOfSeller,
  listTopOfSeller,
  listTopOrdered,
} from './reports.queries.ts'
import { readVisitFigures } from './summary.queries.ts'
import { periodOf, type SummaryPeriod } from './summary.ts'

const TOP = 10

/** The current day, week, month or year in this currency (V1-385). Conversion: paid orders of a hundred visitors. */
export async function readOverview(app: App, period: SummaryPeriod, currency: string) {
  await app.trail.flush()
  const days = periodOf(period, app.now())
  const [sales, newCustomers, visits, top] = await Promise.all([
    listSales(app.db, days, 'month', currency),
    countNewAccounts(app.db, days),
    readVisitFigures(app.db, days, currency),
    rankProducts(app.db, days, { limit: TOP, offset: 0 }),
  ])
  return { period, ...days, ...sumOf(sales), newCustomers, visitors: visits.visitors, topProducts: top.rows }
}

/** Sales by day, week or month; with a seller, of his own lines. */
export async function readSales(app: App, days: Days, span: Span, of: { currency: string; sellerId?: number }) {
  const { sellerId, currency } = of
  const [results, buyers, topProducts] = await Promise.all([
    sellerId === undefined
      ? listSales(app.db, days, span, currency)
      : listSalesOfSeller(app.db, days, span, { sellerId, currency }),
    countBuyers(app.db, days, of),
    sellerId === undefined
      ? listTopOrdered(app.db, days, { currency, limit: TOP })
      : listTopOfSeller(app.db, days, { sellerId, currency, limit: TOP }),
  ])
  return { results, buyers, topProducts, ...sumOf(results) }
}

type Summed = 'orders' | 'cancelled' | 'paid' | 'units' | 'bookedMinor' | 'revenueMinor'

function sumOf(rows: readonly Record<Summed, number>[]): Record<Summed, number> {
  const sum = (figure: Summed) => rows.reduce((total, row) => total + row[figure], 0)
  const [orders, cancelled, paid, units] = [sum('orders'), sum('cancelled'), sum('paid'), sum('units')]
  return { orders, cancelled, paid, units, bookedMinor: sum('bookedMinor'), revenueMinor: sum('revenueMinor') }
}
