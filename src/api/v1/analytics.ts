/** /api/v1/analytics/: how the shop does, for staff (V1-385…V1-388). */
import { Type } from 'typebox'
import {
  rankCustomers,
  rankProducts,
  rankSearches,
  readOverview,
  readSales,
  SUMMARY_PERIODS,
} from '#commerce/analytics'
import { toDecimal } from '#platform/money.ts'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { PageQuery, pageWanted, toPage } from '../http/paging.ts'
import { DaysQuery, readDays, readSpan, SpanQuery } from '../http/report-days.ts'
import type { Routes, Server } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import {
  OverviewWire,
  RankedCustomerPageWire,
  RankedProductPageWire,
  RankedSearchPageWire,
  SalesWire,
  toOverviewWire,
  toRankedCustomerWire,
  toRankedProductWire,
  toRankedSearchWire,
  toSalesPeriodWire,
} from './analytics.wire.ts'

const tags = ['analytics']
const access = 'staff'
const refused = { 400: Problem, 401: Problem, 403: Problem }
const refusedPage = { ...refused, 404: Problem }

export const analyticsRoutes: Routes = (server, app) => {
  overviewRoute(server, app)
  salesRoute(server, app)
  rankingRoutes(server, app)
}

function overviewRoute(server: Server, app: App): void {
  const { CURRENCY: currency } = app.config
  server.get(
    '/analytics/overview/',
    {
      schema: {
        operationId: 'getAnalyticsOverview',
        tags,
        summary: 'The current day, ISO week, month or year, UTC',
        querystring: Type.Object({
          period: Type.Optional(Type.String({ description: `${SUMMARY_PERIODS.join(', ')}; month unless said` })),
        }),
        response: { 200: OverviewWire, ...refused },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request) => {
      const wanted = request.query.period || 'month'
      const period = SUMMARY_PERIODS.find((each) => each === wanted)
      if (!period) throw invalidFields({ period: { code: 'not_choice', value: wanted } })
      return toOverviewWire(await readOverview(app, period, currency), currency)
    },
  )
}

function salesRoute(server: Server, app: App): void {
  const { CURRENCY: currency } = app.config
  server.get(
    '/analytics/sales/',
    {
      schema: {
        operationId: 'getSalesReport',
        tags,
        summary: 'What was sold, by day, week or month',
        querystring: Type.Object({ ...DaysQuery, ...SpanQuery }),
        response: { 200: SalesWire, ...refused },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => {
      const days = readDays(request.query, app.now())
      const span = readSpan(request.query.group_by)
      const sales = await readSales(app, days, span, { currency })
      const { orders, cancelled, paid, units, revenueMinor } = sales
      return {
        group_by: span,
        start_date: days.from,
        end_date: days.until,
        summary: {
          orders: orders - cancelled,
          cancelled_orders: cancelled,
          units,
          revenue: toDecimal(revenueMinor, currency),
          average_order_value: toDecimal(paid === 0 ? 0 : Math.round(revenueMinor / paid), currency),
          customers: sales.buyers,
        },
        results: sales.results.map((row) => toSalesPeriodWire(row, currency)),
      }
    },
  )
}

function rankingRoutes(server: Server, app: App): void {
  const { PUBLIC_URL: publicUrl } = app.config
  const inPeriod = Type.Object({ ...PageQuery, ...DaysQuery })

  server.get(
    '/analytics/products/',
    {
      schema: {
        operationId: 'rankProducts',
        tags,
        summary: 'Products by what they brought',
        querystring: inPeriod,
        response: { 200: RankedProductPageWire, ...refusedPage },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => {
      await app.trail.flush()
      const wanted = pageWanted(request.query)
      const ranked = await rankProducts(app.db, readDays(request.query, app.now()), wanted)
      return toPage(request, publicUrl, wanted, ranked, toRankedProductWire)
    },
  )

  server.get(
    '/analytics/customers/',
    {
      schema: {
        operationId: 'rankCustomers',
        tags,
        summary: 'Customers by what they have paid, at any time',
        querystring: Type.Object(PageQuery),
        response: { 200: RankedCustomerPageWire, ...refusedPage },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      return toPage(request, publicUrl, wanted, await rankCustomers(app.db, wanted), toRankedCustomerWire)
    },
  )

  server.get(
    '/analytics/searches/',
    {
      schema: {
        operationId: 'rankSearches',
        tags,
        summary: 'What was searched for most often',
        querystring: inPeriod,
        response: { 200: RankedSearchPageWire, ...refusedPage },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const ranked = await rankSearches(app.db, readDays(request.query, app.now()), wanted)
      return toPage(request, publicUrl, wanted, ranked, toRankedSearchWire)
    },
  )
}
