/** /api/v1/webhooks/endpoints/: whom the shop tells of what happens in it; for staff. */
import {
  addEndpoint,
  changeEndpoint,
  deleteEndpoint,
  type EndpointContent,
  EVENT_TYPES,
  getEndpoint,
  listEndpoints,
  pingEndpoint,
  rotateSecret,
} from '#commerce/webhooks'
import { inTransaction } from '#platform/database'
import type { App } from '../../commerce/app.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Nothing, Problem } from '../http/wire.ts'
import {
  DeliveryWire,
  EndpointChangesWire,
  EndpointListWire,
  EndpointWire,
  EndpointWithSecretWire,
  EventTypesWire,
  NewEndpointWire,
  readEndpoint,
  toDeliveryWire,
  toEndpointWire,
} from './webhooks.wire.ts'

const LIST = '/webhooks/endpoints/'
const ONE = '/webhooks/endpoints/:id/'
const tags = ['webhooks']
const access = 'staff'
const refused = { 401: Problem, 403: Problem, 404: Problem }
const params = IdInPath

export const webhookEndpointRoutes: Routes = (server, app) => {
  readRoutes(server, app)
  writeRoutes(server, app)
  deedRoutes(server, app)
}

function readRoutes(server: Server, app: App): void {
  server.get(
    '/webhooks/events/',
    {
      schema: {
        operationId: 'listWebhookEventTypes',
        tags,
        summary: 'What an endpoint can be told of',
        response: { 200: EventTypesWire, 401: Problem, 403: Problem },
      },
      config: { access, sqlBudget: 1 },
    },
    async () => Object.entries(EVENT_TYPES).map(([type, description]) => ({ type, description })),
  )
  server.get(
    LIST,
    {
      schema: {
        operationId: 'listWebhookEndpoints',
        tags,
        summary: 'The endpoints, fifty at most',
        response: { 200: EndpointListWire, 401: Problem, 403: Problem },
      },
      config: { access, sqlBudget: 2 },
    },
    async () => (await listEndpoints(app.db)).map(toEndpointWire),
  )
  server.get(
    ONE,
    {
      schema: {
        operationId: 'getWebhookEndpoint',
        tags,
        summary: 'One endpoint',
        params,
        response: { 200: EndpointWire, ...refused },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => toEndpointWire(await getEndpoint(app.db, request.params.id)),
  )
}

function writeRoutes(server: Server, app: App): void {
  server.post(
    LIST,
    {
      schema: {
        operationId: 'addWebhookEndpoint',
        tags,
        summary: 'Add an endpoint; its secret is shown this once',
        body: NewEndpointWire,
        response: { 201: EndpointWithSecretWire, 400: Problem, 401: Problem, 403: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request, reply) => {
      const usual = { description: '', isActive: true }
      const { secret, ...endpoint } = await addEndpoint(app, {
        ...usual,
        ...readEndpoint(request.body),
      } as EndpointContent)
      return reply.code(201).send({ ...toEndpointWire(endpoint), secret })
    },
  )
  server.patch(
    ONE,
    {
      schema: {
        operationId: 'changeWebhookEndpoint',
        tags,
        summary: 'Change an endpoint, switch it off and on',
        params,
        body: EndpointChangesWire,
        response: { 200: EndpointWire, 400: Problem, ...refused },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => toEndpointWire(await changeEndpoint(app, request.params.id, readEndpoint(request.body))),
  )
  server.delete(
    ONE,
    {
      schema: {
        operationId: 'removeWebhookEndpoint',
        tags,
        summary: 'Remove an endpoint, and what was to be delivered to it',
        params,
        response: { 204: Nothing, ...refused },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request, reply) => {
      await inTransaction(app.db, (tx) => deleteEndpoint(tx, request.params.id))
      return reply.code(204).send()
    },
  )
}

function deedRoutes(server: Server, app: App): void {
  server.post(
    `${ONE}rotate-secret/`,
    {
      schema: {
        operationId: 'rotateWebhookSecret',
        tags,
        summary: 'Another secret, shown this once; the one before signs as well for a day',
        params,
        response: { 200: EndpointWithSecretWire, ...refused },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => {
      const { secret, ...endpoint } = await rotateSecret(app, request.params.id)
      return { ...toEndpointWire(endpoint), secret }
    },
  )
  server.post(
    `${ONE}test/`,
    {
      schema: {
        operationId: 'pingWebhookEndpoint',
        tags,
        summary: 'Send it a message of the type ping',
        params,
        response: { 202: DeliveryWire, ...refused },
      },
      config: { access, sqlBudget: 7 },
    },
    async (request, reply) => reply.code(202).send(toDeliveryWire(await pingEndpoint(app, request.params.id))),
  )
}
