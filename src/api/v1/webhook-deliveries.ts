/** /api/v1/webhooks/: what was delivered, and delivering it once more; for staff. */
import { Type } from 'typebox'
import { getDelivery, getEndpoint, listDeliveries, replayDelivery, replayFailed } from '#commerce/webhooks'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { readMoment } from '../http/moments.ts'
import { PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Problem } from '../http/wire.ts'
import {
  DELIVERY_STATUSES,
  DeliveryPageWire,
  DeliveryWire,
  DeliveryWithBodyWire,
  ReplayedWire,
  ReplayFailedWire,
  toDeliveryWire,
} from './webhooks.wire.ts'

const OF_ENDPOINT = '/webhooks/endpoints/:id/'
const ONE = '/webhooks/deliveries/:id/'
const tags = ['webhooks']
const access = 'staff'
const refused = { 401: Problem, 403: Problem, 404: Problem }
const params = IdInPath

export const webhookDeliveryRoutes: Routes = (server, app) => {
  readRoutes(server, app)
  replayRoutes(server, app)
}

function readRoutes(server: Server, app: App): void {
  server.get(
    `${OF_ENDPOINT}deliveries/`,
    {
      schema: {
        operationId: 'listWebhookDeliveries',
        tags,
        summary: 'What was and is to be delivered to an endpoint, the newest first',
        params,
        querystring: Type.Object({
          ...PageQuery,
          status: Type.Optional(Type.String({ description: DELIVERY_STATUSES.join(', ') })),
        }),
        response: { 200: DeliveryPageWire, 400: Problem, ...refused },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const asked = request.query.status || null
      const status = DELIVERY_STATUSES.find((each) => each === asked) ?? null
      if (asked !== null && status === null) throw invalidFields({ status: { code: 'not_choice', value: asked } })
      const { id: endpointId } = await getEndpoint(app.db, request.params.id)
      const listed = await listDeliveries(app.db, { endpointId, status }, wanted)
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, toDeliveryWire)
    },
  )
  server.get(
    ONE,
    {
      schema: {
        operationId: 'getWebhookDelivery',
        tags,
        summary: 'One delivery, with the bytes that are sent',
        params,
        response: { 200: DeliveryWithBodyWire, ...refused },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => {
      const delivery = await getDelivery(app.db, request.params.id)
      return { ...toDeliveryWire(delivery), body: delivery.body }
    },
  )
}

function replayRoutes(server: Server, app: App): void {
  server.post(
    `${ONE}replay/`,
    {
      schema: {
        operationId: 'replayWebhookDelivery',
        tags,
        summary: 'Deliver once more, whatever became of it; the same bytes under the same id',
        params,
        response: { 202: DeliveryWire, ...refused },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request, reply) => reply.code(202).send(toDeliveryWire(await replayDelivery(app, request.params.id))),
  )
  server.post(
    `${OF_ENDPOINT}replay/`,
    {
      schema: {
        operationId: 'replayFailedWebhooks',
        tags,
        summary: 'Deliver once more all that it could not take since then, within a minute',
        params,
        body: ReplayFailedWire,
        response: { 202: ReplayedWire, 400: Problem, ...refused },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request, reply) => {
      const faults: FieldCodes = {}
      const since = readMoment('since', request.body.since, faults)
      if (!since) throw invalidFields(faults)
      return reply.code(202).send({ replayed: await replayFailed(app, request.params.id, since) })
    },
  )
}
