/** /api/analytics/: products, sales and events of the marketplace (MP-140…MP-147). */
import { Type } from 'typebox'
import { listProductFigures, readSales } from '#commerce/analytics'
import { findProductPage } from '#commerce/browse'
import { invalidFields, missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { Done, Err, toOk } from '../http/envelope.ts'
import { DaysQuery, notADate, readDays, readSpan, SpanQuery } from '../http/report-days.ts'
import type { Routes, Server } from '../http/server.ts'
import { NewEventWire, ProductFiguresWire, SalesAnswerWire, toMetrics, toSales } from './analytics.wire.ts'

const tags = ['marketplace analytics']
const refused = { 400: Err, 401: Err, 403: Err }
const ProductInPath = Type.Object({ product_id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) })

export const analyticsRoutes: Routes = (server, app) => {
  productRoute(server, app)
  salesRoute(server, app)
  eventRoute(server, app)
}

function productRoute(server: Server, app: App): void {
  server.get(
    '/analytics/products/:product_id/',
    {
      schema: {
        operationId: 'getProductAnalytics',
        tags,
        summary: 'What became of a product day by day, for staff and its seller',
        params: ProductInPath,
        querystring: Type.Object(DaysQuery),
        response: { 200: ProductFiguresWire, ...refused, 404: Err },
      },
      config: { access: 'seller', sqlBudget: 4 },
    },
    async (request) => {
      const viewer = viewerOf(request)
      const { product_id: id } = request.params
      const product = await findProductPage(app.db, { id, slug: '' }, true)
      if (!product || product.isRemoved) throw missing('product')
      if (!viewer.isStaff && product.sellerId !== viewer.accountId) throw notYours()
      const days = readDays(request.query, app.now(), notADate)
      await app.trail.flush()
      const rows = await listProductFigures(app.db, id, days)
      const totals = rows.find(({ day }) => day === null)!
      const daily = rows.filter((row) => row !== totals)
      return toOk(app, 'Product analytics retrieved successfully.', {
        product_id: id,
        product: { id, title: product.name },
        start_date: days.from,
        end_date: days.until,
        totals: toMetrics(totals, product.currency),
        daily: daily.map((row) => ({ date: row.day!, ...toMetrics(row, product.currency) })),
      })
    },
  )
}

const notYours = () => new Refusal('forbidden', 'not_owner', 'Only its seller and staff may see this')

function salesRoute(server: Server, app: App): void {
  const { CURRENCY: currency } = app.config
  server.get(
    '/analytics/sales/',
    {
      schema: {
        operationId: 'getMarketplaceSales',
        tags,
        summary: 'What was sold, by day, week or month; to a seller, of his own lines',
        querystring: Type.Object({ ...DaysQuery, ...SpanQuery }),
        response: { 200: SalesAnswerWire, ...refused },
      },
      config: { access: 'seller', sqlBudget: 4 },
    },
    async (request) => {
      const { isStaff, accountId } = viewerOf(request)
      const days = readDays(request.query, app.now(), notADate)
      const span = readSpan(request.query.group_by)
      const sales = await readSales(app, days, span, { currency, ...(!isStaff && { sellerId: accountId }) })
      return toOk(app, 'Sales retrieved successfully.', toSales(sales, { span, days, currency }))
    },
  )
}

function eventRoute(server: Server, app: App): void {
  server.post(
    '/analytics/events/',
    {
      schema: {
        operationId: 'noteEvent',
        tags,
        summary: 'A page of the front end was looked at',
        description: 'Signed in or not. What the shop itself is asked for it notes itself.',
        body: NewEventWire,
        response: { 201: Done, ...refused },
      },
      config: { access: 'visitor', sqlBudget: 2 },
    },
    async (request, reply) => {
      const { path, product_id: productId = null } = request.body
      if (productId !== null && !(await findProductPage(app.db, { id: productId, slug: '' }, false)))
        throw invalidFields({ product_id: 'product_unknown' })
      app.trail.note({
        ...{ happenedAt: app.now(), kind: 'VIEW', productId, details: { path } },
        ...{ accountId: request.viewer?.accountId ?? null, sessionId: request.viewer?.sessionId ?? null },
        ...{ ip: request.clientAddress || null, userAgent: request.headers['user-agent']?.slice(0, 500) ?? null },
      })
      return reply.code(201).send(toOk(app, 'Event recorded.', {}, 201))
    },
  )
}
