/** /api/orders/orders/ (MP-120…MP-130). */
import { type Static, Type } from 'typebox'
import { advanceOrder, cancelOrder, startPayment } from '#commerce/checkout'
import type { Viewer } from '#commerce/identity'
import { findHistories, getOrderBy, isSoldBy, listOrderHistory, listOrders, type Order } from '#commerce/orders'
import type { Tx } from '#platform/database'
import { invalidFields, missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { Err, toOk } from '../http/envelope.ts'
import { openFilters, toDay } from '../http/filters.ts'
import { answerOnce } from '../http/idempotency.ts'
import { OrderInPath, readOrderRef } from '../http/order-ref.ts'
import { pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { statusesShownAs } from '../http/shown-statuses.ts'
import { toPaymentWire } from '../v1/payments.wire.ts'
import {
  AdvanceWire,
  CancelWire,
  OrderAnswerWire,
  type OrderMp,
  OrderPageWire,
  OrderQuery,
  PaymentAnswerWire,
  PayWire,
  readPaymentStatus,
  readStatus,
  toOrderWire,
} from './orders.wire.ts'
import { placeOrderRoute } from './place-order.ts'

const ORDERS = '/orders/orders/'
const ORDER = '/orders/orders/:order/'
const tags = ['marketplace orders']
const access = 'user'
const DAY_MS = 86_400_000
const NEWEST_FIRST = { by: 'placedAt', descending: true } as const
const ANYBODY = { accountId: null }

export const orderRoutes: Routes = (server, app) => {
  placeOrderRoute(server, app)
  listRoute(server, app)
  getRoute(server, app)
  advanceRoute(server, app)
  cancelRoute(server, app)
  payRoute(server, app)
}

type Answer = Static<typeof OrderAnswerWire>
const asItIs = <Kept>(answer: Kept): Kept => answer
const scopeOf = ({ isStaff, accountId }: Viewer) => ({ accountId: isStaff ? null : accountId })

async function toAnswer(app: App, message: string, order: Order): Promise<Answer> {
  const history = await listOrderHistory(app.db, order.id)
  return toOk(app, message, toOrderWire(order, history, app.config.PUBLIC_URL))
}

function listRoute(server: Server, app: App): void {
  server.get(
    ORDERS,
    {
      schema: {
        operationId: 'marketplaceListOrders',
        tags,
        summary: 'My orders, newest first; staff may see all',
        querystring: OrderQuery,
        response: { 200: OrderPageWire, 400: Err, 401: Err, 403: Err, 404: Err },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const listed = await listOrders(app.db, readFilter(request.query, viewerOf(request)), wanted)
      const histories = await findHistories(
        app.db,
        listed.rows.map(({ id }) => id),
      )
      return toPage(
        request,
        app.config.PUBLIC_URL,
        wanted,
        listed,
        (order): OrderMp => toOrderWire(order, histories.get(order.id) ?? [], app.config.PUBLIC_URL),
      )
    },
  )
}

function readFilter(query: Static<typeof OrderQuery>, viewer: Viewer): Parameters<typeof listOrders>[1] {
  const { read, yesNo, refuseFaults } = openFilters(query)
  const status = read('status', readStatus, 'not_choice')
  const paymentStatus = read('payment_status', readPaymentStatus, 'not_choice')
  const from = read('start_date', toDay, 'not_date')
  const last = read('end_date', toDay, 'not_date')
  const isAll = yesNo('all')
  refuseFaults()
  return {
    accountId: viewer.isStaff && isAll ? null : viewer.accountId,
    ordering: NEWEST_FIRST,
    ...(status && { statuses: statusesShownAs(status) }),
    ...(paymentStatus && { paymentStatus }),
    ...(from && { from }),
    ...(last && { until: new Date(last.getTime() + DAY_MS) }),
  }
}

function getRoute(server: Server, app: App): void {
  server.get(
    ORDER,
    {
      schema: {
        operationId: 'marketplaceGetOrder',
        tags,
        summary: 'One of my orders, or one that is all mine to deliver',
        params: OrderInPath,
        response: { 200: OrderAnswerWire, 401: Err, 403: Err, 404: Err },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const viewer = viewerOf(request)
      const order = await getOrderBy(app.db, readOrderRef(request.params.order), ANYBODY)
      if (order.accountId !== viewer.accountId && !mayCarryOn(viewer, order)) throw missing('order')
      return toAnswer(app, 'Order retrieved successfully.', order)
    },
  )
}

const mayCarryOn = ({ isStaff, isSeller, accountId }: Viewer, order: Order): boolean =>
  isStaff || (isSeller && isSoldBy(order, accountId))

function advanceRoute(server: Server, app: App): void {
  server.patch(
    `${ORDER}status/`,
    {
      schema: {
        operationId: 'marketplaceAdvanceOrder',
        tags,
        summary: 'Move an order one step on: processing, shipped, delivered',
        params: OrderInPath,
        body: AdvanceWire,
        response: { 200: OrderAnswerWire, 400: Err, 401: Err, 403: Err, 404: Err, 409: Err },
      },
      config: { access: 'seller', sqlBudget: 18 },
    },
    async (request, reply) => {
      const viewer = viewerOf(request)
      const { status: told, note } = request.body
      const order = await getOrderBy(app.db, readOrderRef(request.params.order), ANYBODY)
      if (!mayCarryOn(viewer, order)) throw new Refusal('forbidden', 'not_owner', 'Others sell a part of it')
      if (told === undefined) throw invalidFields({ status: 'required' })
      const status = readStatus(told)
      if (!status) throw invalidFields({ status: { code: 'not_choice', value: told } })
      const actor = viewer.isStaff ? 'staff' : 'seller'
      const step = { status, note: note ?? '', actor, actorId: viewer.accountId }
      const says = 'Order status updated successfully.'
      return answerOnce(app, request, reply, 200, asItIs<Answer>, async (alongside) => {
        const keep = async (tx: Tx, moved: Order) => alongside(tx, await toAnswer({ ...app, db: tx }, says, moved))
        return toAnswer(app, says, await advanceOrder(app, { id: order.id }, step, keep))
      })
    },
  )
}

function cancelRoute(server: Server, app: App): void {
  server.post(
    `${ORDER}cancel/`,
    {
      schema: {
        operationId: 'marketplaceCancelOrder',
        tags,
        summary: 'Cancel an order that has not left the house',
        params: OrderInPath,
        body: Type.Optional(CancelWire),
        response: { 200: OrderAnswerWire, 400: Err, 401: Err, 403: Err, 404: Err, 409: Err },
      },
      config: { access, sqlBudget: 31 },
    },
    async (request, reply) => {
      const viewer = viewerOf(request)
      const actor = viewer.isStaff ? 'staff' : 'customer'
      const cancellation = { reason: request.body?.reason ?? '', actor, actorId: viewer.accountId }
      const says = 'Order cancelled successfully.'
      const ref = readOrderRef(request.params.order)
      return answerOnce(app, request, reply, 200, asItIs<Answer>, async (alongside) => {
        const keep = async (tx: Tx, order: Order) => alongside(tx, await toAnswer({ ...app, db: tx }, says, order))
        return toAnswer(app, says, await cancelOrder(app, ref, scopeOf(viewer), cancellation, keep))
      })
    },
  )
}

function payRoute(server: Server, app: App): void {
  server.post(
    `${ORDER}pay/`,
    {
      schema: {
        operationId: 'marketplacePayOrder',
        tags,
        summary: 'Begin to pay an order',
        params: OrderInPath,
        body: PayWire,
        response: { 201: PaymentAnswerWire, 400: Err, 401: Err, 403: Err, 404: Err, 409: Err, 503: Err },
      },
      config: { access, sqlBudget: 23 },
    },
    async (request, reply) => {
      const viewer = viewerOf(request)
      const wish = { order: readOrderRef(request.params.order), provider: request.body.provider, returnUrl: null }
      type Paid = Static<typeof PaymentAnswerWire>
      let answer: Paid | undefined
      return answerOnce(app, request, reply, 201, asItIs<Paid>, async (alongside) => {
        await startPayment(app, viewer.accountId, wish, async (tx, payment) => {
          answer = toOk(app, 'Payment started successfully.', toPaymentWire(payment, viewer), 201)
          await alongside(tx, answer)
        })
        return answer!
      })
    },
  )
}
