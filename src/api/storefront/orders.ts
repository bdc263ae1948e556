/** /api/orders/: from the cart to an order, and what became of it (SF-290…SF-320). */
import { type Static, Type } from 'typebox'
import { type Checkout, cancelOrder, declineCheckout, type PlacedOrder, placeOrder } from '#commerce/checkout'
import type { Viewer } from '#commerce/identity'
import { getOrderBy, listOrders } from '#commerce/orders'
import { findPaymentsOfOrder } from '#commerce/payments'
import { missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { toBuyer } from '../http/buyer.ts'
import { type Alongside, answerOnce } from '../http/idempotency.ts'
import { OrderInPath, readOrderRef } from '../http/order-ref.ts'
import type { Routes, Server } from '../http/server.ts'
import { Fault } from './faults.wire.ts'
import { orderSays } from './order-refusals.ts'
import {
  CancelledWire,
  CheckoutWire,
  OrderSummaryWire,
  OrderWire,
  toCancelledWire,
  toOrderSummaryWire,
  toOrderWire,
} from './orders.wire.ts'
import { inWordsOfCart } from './shortages.ts'

const tags = ['storefront orders']
const config = { access: 'user', says: orderSays } as const
/** More than anybody looks through. */
const HISTORY_MAX = 1000

export const orderRoutes: Routes = (server, app) => {
  checkoutRoute(server, app)
  historyRoute(server, app)
  detailRoute(server, app)
  cancelRoute(server, app)
}

function checkoutRoute(server: Server, app: App): void {
  server.post(
    '/orders/checkout/',
    {
      schema: {
        operationId: 'storefrontCheckOut',
        tags,
        summary: 'Make an order of the cart, and pay it unless it is deferred',
        body: CheckoutWire,
        response: { 201: OrderWire, 400: Fault, 401: Fault, 403: Fault, 404: Fault, 409: Fault },
      },
      config: { ...config, sqlBudget: 14 },
    },
    async (request, reply) => {
      const viewer = viewerOf(request)
      const toBody = (placed: PlacedOrder) => toOrderWire(placed, placed.payment ? [placed.payment] : [])
      return answerOnce(app, request, reply, 201, toBody, (alongside) => checkOut(app, viewer, request.body, alongside))
    },
  )
}

async function checkOut(
  app: App,
  viewer: Viewer,
  { address_id: addressId, payment_data = {} }: Static<typeof CheckoutWire>,
  alongside: Alongside<PlacedOrder>,
): Promise<PlacedOrder> {
  if (payment_data.simulate_failure) return declineCheckout(app, viewer.accountId, addressId)
  // Where money is real, it comes after the order, by /payments/initiate/.
  const isSimulated = app.gateways.builtin.mode === 'simulated'
  const checkout: Checkout = {
    shippingAddressId: addressId,
    shippingMethod: 'standard',
    paymentMethod: isSimulated ? 'builtin' : 'razorpay',
    paymentBy: payment_data.payment_method ?? 'card',
    isPaidAtOnce: isSimulated && !payment_data.deferred,
    notes: '',
  }
  try {
    return await placeOrder(app, toBuyer(viewer, 'storefront'), checkout, alongside)
  } catch (error) {
    if (error instanceof Refusal && error.details.fields?.shipping_address_id) throw missing('address')
    throw await inWordsOfCart(app, error)
  }
}

function historyRoute(server: Server, app: App): void {
  server.get(
    '/orders/history/',
    {
      schema: {
        operationId: 'storefrontListOrders',
        tags,
        summary: 'My orders, newest first',
        response: { 200: Type.Array(OrderSummaryWire), 401: Fault, 403: Fault },
      },
      config: { ...config, sqlBudget: 3 },
    },
    async (request) => {
      const { accountId } = viewerOf(request)
      const newestFirst = { by: 'placedAt', descending: true } as const
      const { rows } = await listOrders(app.db, { accountId, ordering: newestFirst }, { limit: HISTORY_MAX, offset: 0 })
      return rows.map(toOrderSummaryWire)
    },
  )
}

function detailRoute(server: Server, app: App): void {
  server.get(
    '/orders/:order/',
    {
      schema: {
        operationId: 'storefrontGetOrder',
        tags,
        summary: 'One of my orders',
        params: OrderInPath,
        response: { 200: OrderWire, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { ...config, sqlBudget: 3 },
    },
    async (request) => {
      const { accountId } = viewerOf(request)
      const order = await getOrderBy(app.db, readOrderRef(request.params.order), { accountId })
      return toOrderWire(order, await findPaymentsOfOrder(app.db, order.id))
    },
  )
}

function cancelRoute(server: Server, app: App): void {
  server.post(
    '/orders/:order/cancel/',
    {
      schema: {
        operationId: 'storefrontCancelOrder',
        tags,
        summary: 'Cancel an order that has not left the house; what was paid is asked for separately',
        params: OrderInPath,
        response: { 200: CancelledWire, 400: Fault, 401: Fault, 403: Fault, 404: Fault, 409: Fault },
      },
      config: { ...config, sqlBudget: 29 },
    },
    async (request, reply) => {
      const { accountId } = viewerOf(request)
      const cancellation = { reason: '', actor: 'customer', actorId: accountId, keepsMoney: true }
      const ref = readOrderRef(request.params.order)
      return answerOnce(app, request, reply, 200, toCancelledWire, (alongside) =>
        cancelOrder(app, ref, { accountId }, cancellation, alongside),
      )
    },
  )
}
