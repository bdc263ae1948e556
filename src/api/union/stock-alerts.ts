/** Products of which little is left, and from which number on that is so, for the shop and sellers (MP-106). */
import { findImplicitVariants } from '#commerce/catalog'
import { changeThreshold, listAlerts } from '#commerce/inventory'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { toOk } from '../http/envelope.ts'
import { sellerOf } from '../http/ownership.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { fieldFaults } from '../http/validation.ts'
import { getOwnProduct } from './product-writes.ts'
import { HandleInPath } from './products.wire.ts'
import { Fault } from './refusals.ts'
import {
  AlertPageWire,
  AlertQuery,
  readAlertFilter,
  ThresholdAnswerWire,
  ThresholdInputWire,
  toAlertWire,
} from './stock-alerts.wire.ts'

const tags = ['inventory']
const access = 'seller'

export const stockAlertRoutes: Routes = (server, app) => {
  listRoute(server, app)
  thresholdRoute(server, app)
}

function listRoute(server: Server, app: App): void {
  server.get(
    '/products/inventory/alerts/',
    {
      schema: {
        operationId: 'sharedListStockAlerts',
        tags,
        summary: "Variants of which little is left, the latest first; a seller sees his own products'",
        querystring: AlertQuery,
        response: { 200: AlertPageWire, 400: Fault, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const filter = { ...readAlertFilter(request.query), ...sellerOf(request) }
      const listed = await listAlerts(app.db, filter, wanted)
      const ids = listed.rows.map(({ variantId }) => variantId)
      const implicit = await findImplicitVariants(app.db, ids)
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, (alert) =>
        toAlertWire(alert, !implicit.has(alert.variantId)),
      )
    },
  )
}

function thresholdRoute(server: Server, app: App): void {
  server.put(
    '/products/:id/stock-threshold/',
    {
      attachValidation: true,
      schema: {
        operationId: 'sharedChangeStockThreshold',
        tags,
        summary: 'From which number on all variants of a product are low',
        params: HandleInPath,
        body: ThresholdInputWire,
        response: { 200: ThresholdAnswerWire, 400: Fault, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 6 },
    },
    async (request) => {
      const { id } = await getOwnProduct(app, request)
      const faults = fieldFaults(request)
      if (Object.keys(faults).length > 0) throw invalidFields(faults)
      const { threshold } = request.body
      await changeThreshold(app, { productId: id, threshold, ...sellerOf(request) })
      return toOk(app, 'Stock threshold updated successfully.', { product: id, threshold })
    },
  )
}
