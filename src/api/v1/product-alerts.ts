/** /api/v1/products/{id}/alerts/ and /api/v1/users/me/alerts/: of which articles I want to hear (V1-372). */
import { readHandle } from '#commerce/browse'
import { findProfile, setWishAlerts } from '#commerce/customers'
import { listWatches, startWatch, stopWatch } from '#commerce/watches'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Nothing, Problem } from '../http/wire.ts'
import {
  AlertInputWire,
  AlertSettingsWire,
  ProductAlertsWire,
  ProductAlertWire,
  toProductAlertWire,
} from './product-alerts.wire.ts'
import { HandleInPath } from './products.wire.ts'

const MINE = '/users/me/alerts/'
const SETTINGS = `${MINE}settings/`
const tags = ['alerts']
const access = 'user'

export const productAlertRoutes: Routes = (server, app) => {
  startRoute(server, app)
  ownRoutes(server, app)
  settingRoutes(server, app)
}

function startRoute(server: Server, app: App): void {
  server.post(
    '/products/:id/alerts/',
    {
      schema: {
        operationId: 'startProductAlert',
        tags,
        summary: 'Tell me when it is back in stock, or costs less',
        description:
          '201; 200 where I asked already. `back_in_stock` is told once, and 409 where it is in stock; `price_drop` is told each time that the price falls below what it was when I asked or was told last.',
        params: HandleInPath,
        body: AlertInputWire,
        response: {
          200: ProductAlertWire,
          201: ProductAlertWire,
          400: Problem,
          401: Problem,
          404: Problem,
          409: Problem,
        },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      const { kind, variant_id: variantId = null } = request.body
      const wanted = { handle: readHandle(request.params.id), kind, variantId }
      const { isNew, ...watch } = await startWatch(app, viewerOf(request).accountId, wanted)
      return reply.code(isNew ? 201 : 200).send(toProductAlertWire(watch, app.config.PUBLIC_URL))
    },
  )
}

function ownRoutes(server: Server, app: App): void {
  server.get(
    MINE,
    {
      schema: {
        operationId: 'listProductAlerts',
        tags,
        summary: 'What I wait for, the newest first',
        response: { 200: ProductAlertsWire, 401: Problem },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const watches = await listWatches(app.db, viewerOf(request).accountId)
      return {
        items: watches.map((watch) => toProductAlertWire(watch, app.config.PUBLIC_URL)),
        count: watches.length,
      }
    },
  )
  server.delete(
    `${MINE}:id/`,
    {
      schema: {
        operationId: 'stopProductAlert',
        tags,
        summary: 'Wait for it no longer',
        params: IdInPath,
        response: { 204: Nothing, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request, reply) => {
      await stopWatch(app, viewerOf(request).accountId, request.params.id)
      return reply.code(204).send()
    },
  )
}

function settingRoutes(server: Server, app: App): void {
  server.get(
    SETTINGS,
    {
      schema: {
        operationId: 'readProductAlertSettings',
        tags,
        summary: 'Whether my wishlist is watched',
        response: { 200: AlertSettingsWire, 401: Problem },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => {
      const { wishAlerts } = await findProfile(app.db, viewerOf(request).accountId)
      return { wishlist_price_drops: wishAlerts }
    },
  )
  server.put(
    SETTINGS,
    {
      schema: {
        operationId: 'putProductAlertSettings',
        tags,
        summary: 'Have my wishlist watched, or no longer',
        body: AlertSettingsWire,
        response: { 200: AlertSettingsWire, 400: Problem, 401: Problem },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request) => {
      const wishAlerts = await setWishAlerts(app, viewerOf(request).accountId, request.body.wishlist_price_drops)
      return { wishlist_price_drops: wishAlerts }
    },
  )
}
