/** /api/v1/shipping/shipments/ and /track/: parcels (V1-287…V1-290). */
import { Type } from 'typebox'
import { getLabel, noteShipmentEvent, shipOrder } from '#commerce/checkout'
import type { Viewer } from '#commerce/identity'
import { getShipment, getShipmentByTracking, listShipments, SHIPMENT_STATUSES } from '#commerce/shipping'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { answerOnce } from '../http/idempotency.ts'
import { PageOf, PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { Choice, IdInPath, Problem } from '../http/wire.ts'
import {
  readObservation,
  readParcelWish,
  ShipmentEventWire,
  ShipmentWire,
  ShipOrderWire,
  toShipmentWire,
} from './shipments.wire.ts'

const LIST = '/shipping/shipments/'
const ONE = '/shipping/shipments/:id/'
const tags = ['shipping']

export const shipmentRoutes: Routes = (server, app) => {
  listRoute(server, app)
  readRoutes(server, app)
  shipRoute(server, app)
  noteRoute(server, app)
  labelRoute(server, app)
}

/** Staff sees every shipment, others those of their own orders. */
const scopeOf = (viewer: Viewer) => ({ accountId: viewer.isStaff ? null : viewer.accountId })

function listRoute(server: Server, app: App): void {
  server.get(
    LIST,
    {
      schema: {
        operationId: 'listShipments',
        tags,
        summary: 'Shipments of my orders, newest first; staff sees all',
        querystring: Type.Object({
          ...PageQuery,
          order_number: Type.Optional(Type.String({ maxLength: 40 })),
          status: Type.Optional(Choice(SHIPMENT_STATUSES)),
        }),
        response: { 200: PageOf(ShipmentWire), 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 3 },
    },
    async (request) => {
      const { order_number: orderNumber, status } = request.query
      const wanted = pageWanted(request.query)
      const filter = { ...scopeOf(viewerOf(request)), orderNumber, status }
      return toPage(request, app.config.PUBLIC_URL, wanted, await listShipments(app.db, filter, wanted), toShipmentWire)
    },
  )
}

function readRoutes(server: Server, app: App): void {
  server.get(
    ONE,
    {
      schema: {
        operationId: 'getShipment',
        tags,
        summary: 'One shipment',
        params: IdInPath,
        response: { 200: ShipmentWire, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 2 },
    },
    async (request) => toShipmentWire(await getShipment(app.db, request.params.id, scopeOf(viewerOf(request)))),
  )
  server.get(
    '/shipping/track/:tracking_number/',
    {
      schema: {
        operationId: 'trackShipment',
        tags,
        summary: 'One shipment, by the number of its carrier',
        params: Type.Object({ tracking_number: Type.String() }),
        response: { 200: ShipmentWire, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 2 },
    },
    async (request) => {
      const { tracking_number: trackingNumber } = request.params
      return toShipmentWire(await getShipmentByTracking(app.db, trackingNumber, scopeOf(viewerOf(request))))
    },
  )
}

function shipRoute(server: Server, app: App): void {
  server.post(
    LIST,
    {
      schema: {
        operationId: 'shipOrder',
        tags,
        summary: 'Send an order, or a part of it: it is shipped then, and its buyer is told',
        body: ShipOrderWire,
        response: {
          201: ShipmentWire,
          400: Problem,
          401: Problem,
          403: Problem,
          404: Problem,
          409: Problem,
          503: Problem,
        },
      },
      config: { access: 'staff', sqlBudget: 24 },
    },
    async (request, reply) =>
      answerOnce(app, request, reply, 201, toShipmentWire, (alongside) =>
        shipOrder(app, readParcelWish(request.body), 'staff', alongside),
      ),
  )
}

function noteRoute(server: Server, app: App): void {
  server.patch(
    ONE,
    {
      schema: {
        operationId: 'noteShipmentEvent',
        tags,
        summary: 'Note where a shipment is; when all of an order was delivered, so is the order',
        params: IdInPath,
        body: ShipmentEventWire,
        response: { 200: ShipmentWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem },
      },
      config: { access: 'staff', sqlBudget: 24 },
    },
    async (request, reply) =>
      answerOnce(app, request, reply, 200, toShipmentWire, (alongside) =>
        noteShipmentEvent(app, request.params.id, readObservation(request.body), alongside),
      ),
  )
}

function labelRoute(server: Server, app: App): void {
  server.get(
    '/shipping/shipments/:id/label/',
    {
      schema: {
        operationId: 'getShipmentLabel',
        tags,
        summary: 'The label as PDF, A6',
        params: IdInPath,
        response: {
          200: Type.String({ format: 'binary' }),
          401: Problem,
          403: Problem,
          404: Problem,
          503: Problem,
        },
      },
      config: { access: 'staff', sqlBudget: 3 },
    },
    async (request, reply) => {
      const { filename, bytes } = await getLabel(app, await getShipment(app.db, request.params.id))
      reply.header('Content-Disposition', `attachment; filename="${filename}"`).type('application/pdf')
      return reply.send(bytes as never)
    },
  )
}
