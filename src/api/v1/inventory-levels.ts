/** /api/v1/inventory/levels/, thresholds/ and reorder-points/: how much is where, and when something is to be done (V1-351, MP-286). */
import { changeReorderRule, changeThreshold, listLevels } from '#commerce/inventory'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { Problem, sent } from '../http/wire.ts'
import { readStockFilter } from './inventory-filters.ts'
import {
  LevelPageWire,
  LevelQuery,
  LevelWire,
  ReorderInputWire,
  ThresholdInputWire,
  ThresholdWire,
  toLevelWire,
} from './inventory-levels.wire.ts'

const tags = ['inventory']
const access = 'staff'
const refused = { 400: Problem, 401: Problem, 403: Problem }

export const inventoryLevelRoutes: Routes = (server, app) => {
  listRoute(server, app)
  thresholdRoute(server, app)
  reorderPointRoute(server, app)
}

function listRoute(server: Server, app: App): void {
  server.get(
    '/inventory/levels/',
    {
      schema: {
        operationId: 'listStockLevels',
        tags,
        summary: 'How many units of each variant are where, by SKU',
        querystring: LevelQuery,
        response: { 200: LevelPageWire, ...refused, 404: Problem },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request) => {
      const { query } = request
      const wanted = pageWanted(query)
      const filter = { ...readStockFilter(query), ...sent({ isLow: query.low_stock }) }
      return toPage(request, app.config.PUBLIC_URL, wanted, await listLevels(app.db, filter, wanted), toLevelWire)
    },
  )
}

function thresholdRoute(server: Server, app: App): void {
  server.patch(
    '/inventory/thresholds/',
    {
      schema: {
        operationId: 'changeStockThreshold',
        tags,
        summary: 'From which number on a variant is low, or all variants of a product',
        body: ThresholdInputWire,
        response: { 200: ThresholdWire, ...refused },
      },
      config: { access, sqlBudget: 5 },
    },
    async ({ body: { product_id: productId, variant_id: variantId = null, low_stock_threshold: threshold } }) => {
      await changeThreshold(app, { productId, threshold, ...sent({ variantId: variantId ?? undefined }) })
      return { product: productId, variant: variantId, low_stock_threshold: threshold }
    },
  )
}

function reorderPointRoute(server: Server, app: App): void {
  server.patch(
    '/inventory/reorder-points/',
    {
      schema: {
        operationId: 'changeReorderPoint',
        tags,
        summary: 'When a variant is proposed to be ordered again for a location, and how many; null for never',
        body: ReorderInputWire,
        response: { 200: LevelWire, ...refused },
      },
      config: { access, sqlBudget: 6 },
    },
    async ({ body }) => {
      const { product_id: productId, variant_id: variantId, location_id: location } = body
      const where = sent({ variantId: variantId ?? undefined, location: location ?? undefined })
      const { reorder_point: point, reorder_quantity: quantity } = body
      if (point !== null && quantity === null) throw invalidFields({ reorder_quantity: 'required' })
      if (point === null && quantity !== null) throw invalidFields({ reorder_point: 'required' })
      const rule = point === null || quantity === null ? null : { point, quantity }
      return toLevelWire(await changeReorderRule(app, { productId, rule, ...where }))
    },
  )
}
