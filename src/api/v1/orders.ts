/** Orders (V1-300…308, V1-312). */
import { type Static, Type } from 'typebox'
import { advanceOrder, type Checkout, cancelOrder, placeOrder, reorder } from '#commerce/checkout'
import type { Viewer } from '#commerce/identity'
import { getOrderByNumber, listOrderHistory, listOrders, type Order } from '#commerce/orders'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { toBuyer } from '../http/buyer.ts'
import { readDay, readFlag, readOrdering } from '../http/filters.ts'
import { answerOnce } from '../http/idempotency.ts'
import { PageOf, PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { statusesShownAs } from '../http/shown-statuses.ts'
import { Choice, Problem } from '../http/wire.ts'
import { CartWire, toCartWire } from './cart.wire.ts'
import {
  AdvanceOrderWire,
  CancelOrderWire,
  OrderHistoryWire,
  OrderNumberInPath,
  OrderWire,
  PlaceOrderWire,
  readAddress,
  toOrderWire,
  toStatusWire,
} from './orders.wire.ts'

const tags = ['orders']
const OrderQuery = Type.Object({
  ...PageQuery,
  status: Type.Optional(Choice(['pending', 'processing', 'shipped', 'delivered', 'cancelled', 'refunded'])),
  start_date: Type.Optional(Type.String({ description: 'YYYY-MM-DD, inclusive' })),
  end_date: Type.Optional(Type.String({ description: 'YYYY-MM-DD, inclusive' })),
  ordering: Type.Optional(Type.String({ description: 'created_at, total, with - for the other way round' })),
  all: Type.Optional(Type.String({ description: 'staff: the orders of everybody' })),
})

export const orderRoutes: Routes = (server, app) => {
  placeOrderRoute(server, app)
  listOrdersRoute(server, app)
  getOrderRoute(server, app)
  listOrderHistoryRoute(server, app)
  cancelOrderRoute(server, app)
  advanceOrderRoute(server, app)
  reorderRoute(server, app)
}

/** Staff sees every order, others their own. */
const scopeOf = (viewer: Viewer) => ({ accountId: viewer.isStaff ? null : viewer.accountId })
const wireFor = (app: App) => (order: Order) => toOrderWire(order, app.config.PUBLIC_URL)
const actorOf = (viewer: Viewer) => (viewer.isStaff ? 'staff' : 'customer')

export function readCheckout(body: Static<typeof PlaceOrderWire>): Checkout {
  return {
    ...(typeof body.shipping_address_id === 'number' && { shippingAddressId: body.shipping_address_id }),
    ...(body.shipping_address && { shippingAddress: readAddress(body.shipping_address) }),
    ...(typeof body.billing_address_id === 'number' && { billingAddressId: body.billing_address_id }),
    shippingMethod: body.shipping_method ?? 'standard',
    paymentMethod: body.payment_method ?? 'stripe',
    ...(body.coupon_code && { couponCode: body.coupon_code }),
    usesCartCoupon: true,
    notes: body.notes ?? '',
  }
}

function placeOrderRoute(server: Server, app: App): void {
  server.post(
    '/orders/',
    {
      schema: {
        operationId: 'placeOrder',
        summary: 'Make an order of the cart',
        tags,
        body: PlaceOrderWire,
        response: { 201: OrderWire, 400: Problem, 401: Problem, 409: Problem },
      },
      config: { access: 'user', sqlBudget: 14 },
    },
    async (request, reply) => {
      const buyer = toBuyer(viewerOf(request), 'v1')
      return answerOnce(app, request, reply, 201, wireFor(app), (alongside) =>
        placeOrder(app, buyer, readCheckout(request.body), alongside),
      )
    },
  )
}

function listOrdersRoute(server: Server, app: App): void {
  server.get(
    '/orders/',
    {
      schema: {
        operationId: 'listOrders',
        summary: 'Own orders, newest first; staff may see all',
        tags,
        querystring: OrderQuery,
        response: { 200: PageOf(OrderWire), 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 3 },
    },
    async (request) => {
      const { query } = request
      const viewer = viewerOf(request)
      const wanted = pageWanted(query)
      const isAll = readFlag('all', query.all)
      const from = readDay('start_date', query.start_date)
      const last = readDay('end_date', query.end_date)
      const filter = {
        accountId: viewer.isStaff && isAll ? null : viewer.accountId,
        ordering: readOrdering(query.ordering, { created_at: 'placedAt', total: 'totalMinor' }, '-created_at'),
        ...(query.status && { statuses: statusesShownAs(query.status) }),
        ...(from && { from }),
        ...(last && { until: new Date(last.getTime() + 86_400_000) }),
      }
      return toPage(request, app.config.PUBLIC_URL, wanted, await listOrders(app.db, filter, wanted), wireFor(app))
    },
  )
}

function getOrderRoute(server: Server, app: App): void {
  server.get(
    '/orders/:order_number/',
    {
      schema: {
        operationId: 'getOrder',
        summary: 'One order',
        tags,
        params: OrderNumberInPath,
        response: { 200: OrderWire, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 2 },
    },
    async (request) =>
      wireFor(app)(await getOrderByNumber(app.db, request.params.order_number, scopeOf(viewerOf(request)))),
  )
}

function listOrderHistoryRoute(server: Server, app: App): void {
  server.get(
    '/orders/:order_number/history/',
    {
      schema: {
        operationId: 'listOrderHistory',
        summary: 'What happened to an order, oldest first',
        tags,
        params: OrderNumberInPath,
        response: { 200: OrderHistoryWire, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 3 },
    },
    async (request) => {
      const order = await getOrderByNumber(app.db, request.params.order_number, scopeOf(viewerOf(request)))
      return (await listOrderHistory(app.db, order.id)).map((entry) => ({
        status: toStatusWire(entry.status),
        payment_status: entry.paymentStatus,
        note: entry.note,
        actor: entry.actor,
        created_at: entry.happenedAt.toISOString(),
      }))
    },
  )
}

function cancelOrderRoute(server: Server, app: App): void {
  server.post(
    '/orders/:order_number/cancel/',
    {
      schema: {
        operationId: 'cancelOrder',
        summary: 'Cancel an order that has not left the house',
        tags,
        params: OrderNumberInPath,
        body: CancelOrderWire,
        response: { 200: OrderWire, 400: Problem, 401: Problem, 404: Problem, 409: Problem },
      },
      config: { access: 'user', sqlBudget: 29 },
    },
    async (request, reply) => {
      const viewer = viewerOf(request)
      const cancellation = { reason: request.body.reason ?? '', actor: actorOf(viewer), actorId: viewer.accountId }
      const ref = { number: request.params.order_number }
      return answerOnce(app, request, reply, 200, wireFor(app), (alongside) =>
        cancelOrder(app, ref, scopeOf(viewer), cancellation, alongside),
      )
    },
  )
}

function advanceOrderRoute(server: Server, app: App): void {
  server.post(
    '/orders/:order_number/status/',
    {
      schema: {
        operationId: 'advanceOrder',
        summary: 'Move an order one step on: processing, shipped, delivered',
        tags,
        params: OrderNumberInPath,
        body: AdvanceOrderWire,
        response: { 200: OrderWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem },
      },
      config: { access: 'staff', sqlBudget: 15 },
    },
    async (request, reply) => {
      const { status, note } = request.body
      const viewer = viewerOf(request)
      const step = { status, note: note ?? '', actor: actorOf(viewer), actorId: viewer.accountId }
      const ref = { number: request.params.order_number }
      return answerOnce(app, request, reply, 200, wireFor(app), (alongside) => advanceOrder(app, ref, step, alongside))
    },
  )
}

function reorderRoute(server: Server, app: App): void {
  server.post(
    '/orders/:order_number/reorder/',
    {
      schema: {
        operationId: 'reorder',
        summary: 'Put what an order held into my cart once more',
        description: 'At the prices of today; what is no longer there stands in the warnings.',
        tags,
        params: OrderNumberInPath,
        response: { 200: CartWire, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 12 },
    },
    async (request) => {
      const cart = await reorder(app, viewerOf(request).accountId, { number: request.params.order_number })
      return toCartWire(cart, app.config.PUBLIC_URL)
    },
  )
}
