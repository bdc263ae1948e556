/** /api/shipping/: where a parcel is, its label, and what one costs (SF-335…SF-344). */
import { Type } from 'typebox'
import { getLabel, labelOrder, quoteRoute } from '#commerce/checkout'
import type { Viewer } from '#commerce/identity'
import { termsOf } from '#commerce/orders'
import { getShipmentByLabelKey, getShipmentByTracking } from '#commerce/shipping'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import type { Routes, Server } from '../http/server.ts'
import { Fault } from './faults.wire.ts'
import { type Sayings, saysError, saysFields } from './refusals.ts'
import {
  LabelWire,
  RatesQueryWire,
  RatesWire,
  readRatesQuery,
  TrackingWire,
  toLabelWire,
  toRatesWire,
  toTrackingWire,
} from './shipping.wire.ts'

const tags = ['storefront shipping']
const access = 'user'
const says: Sayings = {
  shipment_not_found: saysError('Shipment not found.'),
  label_not_found: saysError('Label not found.'),
  order_not_found: saysError('Order not found.'),
  not_found: saysError('Not found.'),
  not_shippable: ({ status }) => ({ status: 400, body: { error: whyNoLabel(status) } }),
  carrier_refused: ({ reason }) => ({ body: { error: `The carrier does not take this parcel: ${reason}` } }),
  carrier_unavailable: saysError('The carrier does not answer. Please try again.'),
  invalid_fields: saysFields('Invalid shipping data'),
}

function whyNoLabel(status: unknown): string {
  if (status === 'pending') return 'The order is not paid yet.'
  return status === 'cancelled' || status === 'refunded' ? 'The order was cancelled.' : 'The order has been delivered.'
}

/** An admin sees every parcel, others those of their own orders. */
const scopeOf = (viewer: Viewer) => ({ accountId: viewer.isStaff ? null : viewer.accountId })

export const shippingRoutes: Routes = (server, app) => {
  trackRoute(server, app)
  labelRoute(server, app)
  labelFileRoute(server, app)
  ratesRoute(server, app)
}

function trackRoute(server: Server, app: App): void {
  server.get(
    '/shipping/track/:awb_number/',
    {
      schema: {
        operationId: 'storefrontTrackParcel',
        tags,
        summary: 'Where a parcel is',
        params: Type.Object({ awb_number: Type.String() }),
        response: { 200: TrackingWire, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { access, sqlBudget: 2, says },
    },
    async (request) =>
      toTrackingWire(await getShipmentByTracking(app.db, request.params.awb_number, scopeOf(viewerOf(request)))),
  )
}

function labelRoute(server: Server, app: App): void {
  server.get(
    '/shipping/label/:order_id/',
    {
      schema: {
        operationId: 'storefrontLabelOrder',
        tags,
        summary: 'The label of an order, by its number or id; the first call books the parcel',
        params: Type.Object({ order_id: Type.String() }),
        response: { 200: LabelWire, 400: Fault, 401: Fault, 403: Fault, 404: Fault, 503: Fault },
      },
      config: { access, sqlBudget: 20, says },
    },
    async (request) => {
      const shipment = await labelOrder(app, request.params.order_id, scopeOf(viewerOf(request)))
      return toLabelWire(shipment, app.config.PUBLIC_URL)
    },
  )
}

function labelFileRoute(server: Server, app: App): void {
  server.get(
    '/shipping/labels/:file',
    {
      schema: {
        operationId: 'storefrontGetLabelFile',
        tags,
        summary: 'A label as PDF, for whoever knows its address',
        params: Type.Object({ file: Type.String({ pattern: '^[\\w-]{32}\\.pdf$' }) }),
        response: { 200: Type.String({ format: 'binary' }), 404: Fault, 503: Fault },
      },
      // It names a person and where he lives: no cache keeps it.
      config: { access: 'public', sqlBudget: 2, holdsTokens: true, says },
    },
    async (request, reply) => {
      const shipment = await getShipmentByLabelKey(app.db, request.params.file.replace(/\.pdf$/, ''))
      const { filename, bytes } = await getLabel(app, shipment)
      reply.header('Content-Disposition', `inline; filename="${filename}"`).header('X-Robots-Tag', 'noindex')
      return reply.type('application/pdf').send(bytes as never)
    },
  )
}

function ratesRoute(server: Server, app: App): void {
  server.post(
    '/shipping/rates/',
    {
      schema: {
        operationId: 'storefrontQuoteParcel',
        tags,
        summary: 'What it costs to send a parcel from one pincode to another',
        body: RatesQueryWire,
        response: { 200: RatesWire, 400: Fault, 401: Fault, 403: Fault },
      },
      config: { access, sqlBudget: 3, says },
    },
    async (request) => {
      const { currency } = termsOf('storefront', app.config)
      return toRatesWire(await quoteRoute(app, { ...readRatesQuery(request.body), currency }))
    },
  )
}
