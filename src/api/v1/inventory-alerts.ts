/** /api/v1/inventory/alerts/: variants of which little is left (V1-355). */
import { listAlerts, resolveAlert } from '#commerce/inventory'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Problem, sent } from '../http/wire.ts'
import { AlertPageWire, AlertQuery, AlertWire, toAlertWire } from './inventory-alerts.wire.ts'
import { readProductFilter } from './inventory-filters.ts'

const tags = ['inventory']
const access = 'staff'
const refused = { 401: Problem, 403: Problem, 404: Problem }

export const inventoryAlertRoutes: Routes = (server, app) => {
  listRoute(server, app)
  resolveRoute(server, app)
}

function listRoute(server: Server, app: App): void {
  server.get(
    '/inventory/alerts/',
    {
      schema: {
        operationId: 'listStockAlerts',
        tags,
        summary: 'Variants of which little is left, the latest first',
        querystring: AlertQuery,
        response: { 200: AlertPageWire, 400: Problem, ...refused },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const { product, resolved } = request.query
      const filter = { ...readProductFilter(product), ...sent({ isResolved: resolved }) }
      return toPage(request, app.config.PUBLIC_URL, wanted, await listAlerts(app.db, filter, wanted), toAlertWire)
    },
  )
}

function resolveRoute(server: Server, app: App): void {
  server.post(
    '/inventory/alerts/:id/resolve/',
    {
      schema: {
        operationId: 'resolveStockAlert',
        tags,
        summary: 'Note that somebody has seen to it; it opens again with the next fall',
        params: IdInPath,
        response: { 200: AlertWire, ...refused },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => toAlertWire(await resolveAlert(app, request.params.id, viewerOf(request).accountId)),
  )
}
