/** The lines of the reports that leave the shop as files (V1-388, NX-147): headings first, amounts as decimals. */
import { toDecimal } from '#platform/money.ts'
import type { Cell } from '#platform/sheets'
import type { App } from '../app.ts'
import type { Days, Span } from './days.ts'
import { rankCustomers, rankProducts } from './rankings.queries.ts'
import { readSales } from './reports.ts'

/** `span` matters to sales alone, `days` to all but customers, who are told with all that they ever paid. */
export type ReportWish = { report: ReportName; days: Days; span: Span }
export type ReportName = (typeof REPORT_NAMES)[number]
export const REPORT_NAMES = ['sales', 'products', 'customers'] as const

type Lines = AsyncGenerator<readonly Cell[]>

const ROWS_AT_ONCE = 5000

/** The lines of a report. A statement for each five thousand of them. */
export function linesOfReport(app: App, { report, days, span }: ReportWish): Lines {
  if (report === 'sales') return salesLines(app, days, span)
  return report === 'products' ? productLines(app, days) : customerLines(app)
}

async function* salesLines(app: App, days: Days, span: Span): Lines {
  const { CURRENCY: currency } = app.config
  yield ['period', 'orders', 'units', 'revenue']
  const { results } = await readSales(app, days, span, { currency })
  for (const { period, orders, cancelled, units, revenueMinor } of results)
    yield [period, orders - cancelled, units, toDecimal(revenueMinor, currency)]
}

async function* productLines(app: App, days: Days): Lines {
  yield ['product_id', 'name', 'views', 'cart_additions', 'orders', 'units', 'revenue', 'currency']
  const page = (offset: number) => rankProducts(app.db, days, { limit: ROWS_AT_ONCE, offset })
  for await (const { productId, name, views, cartAdditions, purchases, units, revenueMinor, currency } of all(page)) {
    const revenue = currency ? toDecimal(revenueMinor, currency) : '0.00'
    yield [productId, name, views, cartAdditions, purchases, units, revenue, currency]
  }
}

async function* customerLines(app: App): Lines {
  const means = ['user_id', 'email', 'name', 'orders', 'total_spent', 'average_order_value', 'currency']
  yield [...means, 'first_order_at', 'last_order_at']
  const page = (offset: number) => rankCustomers(app.db, { limit: ROWS_AT_ONCE, offset })
  for await (const { accountId, email, name, orders, spentMinor, currency, firstOrderAt, lastOrderAt } of all(page)) {
    const average = toDecimal(orders === 0 ? 0 : Math.round(spentMinor / orders), currency)
    const amounts = [toDecimal(spentMinor, currency), average, currency]
    yield [accountId, email ?? '', name, orders, ...amounts, firstOrderAt.toISOString(), lastOrderAt.toISOString()]
  }
}

async function* all<Row>(page: (offset: number) => Promise<{ rows: Row[] }>): AsyncGenerator<Row> {
  for (let offset = 0; ; offset += ROWS_AT_ONCE) {
    const { rows } = await page(offset)
    yield* rows
    if (rows.length < ROWS_AT_ONCE) return
  }
}
