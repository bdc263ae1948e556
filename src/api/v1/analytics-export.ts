/** /api/v1/analytics/export/: reports as a file (V1-388). */
import { Type } from 'typebox'
import { type Days, rankCustomers, rankProducts, readSales, type Span } from '#commerce/analytics'
import { invalidFields } from '#platform/refusal.ts'
import { type Cell, writeCsv, writeXlsx } from '#platform/sheets'
import type { App } from '../../commerce/app.ts'
import { DaysQuery, readDays, readSpan, SpanQuery } from '../http/report-days.ts'
import type { Routes } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { toRankedCustomerWire, toRankedProductWire, toSalesPeriodWire } from './analytics.wire.ts'

const FORMATS = {
  csv: { type: 'text/csv; charset=utf-8', write: writeCsv },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: writeXlsx },
}
const REPORTS = { sales: salesLines, products: productLines, customers: customerLines }
const ROWS_AT_ONCE = 5000

type Lines = AsyncGenerator<readonly Cell[]>

export const analyticsExportRoutes: Routes = (server, app) => {
  server.get(
    '/analytics/export/',
    {
      schema: {
        operationId: 'exportReport',
        tags: ['analytics'],
        summary: 'A report as CSV, or as XLSX',
        querystring: Type.Object({
          report: Type.Optional(Type.String({ description: Object.keys(REPORTS).join(', ') })),
          format: Type.Optional(Type.String({ description: 'csv unless said, or xlsx' })),
          ...DaysQuery,
          ...SpanQuery,
        }),
        response: { 200: Type.String({ format: 'binary' }), 400: Problem, 401: Problem, 403: Problem },
      },
      // A statement for each five thousand rows.
      config: { access: 'staff', sqlBudget: 50 },
    },
    async (request, reply) => {
      const { report = '', format = 'csv' } = request.query
      if (!Object.hasOwn(REPORTS, report)) throw invalidFields({ report: { code: 'not_choice', value: report } })
      if (!Object.hasOwn(FORMATS, format)) throw invalidFields({ format: { code: 'not_choice', value: format } })
      const days = readDays(request.query, app.now())
      const span = readSpan(request.query.group_by)
      await app.trail.flush()
      const { type, write } = FORMATS[format as keyof typeof FORMATS]
      const filename = `${report}_${days.from}_${days.until}.${format}`
      reply.header('Content-Disposition', `attachment; filename="${filename}"`).type(type)
      return reply.send((await write(REPORTS[report as keyof typeof REPORTS](app, days, span))) as never)
    },
  )
}

async function* salesLines(app: App, days: Days, span: Span): Lines {
  const { CURRENCY: currency } = app.config
  const { results } = await readSales(app, days, span, { currency })
  yield* toLines(
    results.map((row) => toSalesPeriodWire(row, currency)),
    ['period', 'orders', 'units', 'revenue'],
  )
}

async function* productLines(app: App, days: Days): Lines {
  const columns = ['product_id', 'name', 'views', 'cart_additions', 'orders', 'units', 'revenue', 'currency'] as const
  yield columns
  for (let offset = 0; ; offset += ROWS_AT_ONCE) {
    const { rows } = await rankProducts(app.db, days, { limit: ROWS_AT_ONCE, offset })
    yield* linesOf(rows.map(toRankedProductWire), columns)
    if (rows.length < ROWS_AT_ONCE) return
  }
}

async function* customerLines(app: App): Lines {
  const columns = [
    ...(['user_id', 'email', 'name', 'orders', 'total_spent', 'average_order_value', 'currency'] as const),
    ...(['first_order_at', 'last_order_at'] as const),
  ]
  yield columns
  for (let offset = 0; ; offset += ROWS_AT_ONCE) {
    const { rows } = await rankCustomers(app.db, { limit: ROWS_AT_ONCE, offset })
    yield* linesOf(rows.map(toRankedCustomerWire), columns)
    if (rows.length < ROWS_AT_ONCE) return
  }
}

function* toLines<Row extends object>(rows: Row[], columns: readonly (keyof Row & string)[]) {
  yield columns
  yield* linesOf(rows, columns)
}

function* linesOf<Row extends object>(rows: Row[], columns: readonly (keyof Row & string)[]) {
  for (const row of rows) yield columns.map((column) => (row[column] ?? '') as Cell)
}
