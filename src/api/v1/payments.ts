/** Payments (V1-330, V1-335, V1-336). */
import { Type } from 'typebox'
import { cancelPayment, startPayment } from '#commerce/checkout'
import { getPayment, listPayments } from '#commerce/payments'
import { viewerOf } from '../http/access.ts'
import { answerOnce } from '../http/idempotency.ts'
import { PageOf, PageQuery, pageWanted, toPage } from '../http/paging.ts'
import { faults } from '../http/wire.ts'
import type { Routes } from './index.ts'
import { PaymentInPath, PaymentWire, StartPaymentWire, toPaymentWire } from './payments.wire.ts'

const tags = ['payments']

export const paymentRoutes: Routes = (server, app) => {
  server.post(
    '/payments/intents/',
    {
      schema: {
        operationId: 'startPayment',
        summary: 'Begin to pay an order',
        tags,
        body: StartPaymentWire,
        response: { 201: PaymentWire, ...faults(400, 401, 404, 409, 503) },
      },
      config: { access: 'user', sqlBudget: 10 },
    },
    async (request, reply) => {
      const viewer = viewerOf(request)
      const { order_number: orderNumber, provider, return_url } = request.body
      const wish = { orderNumber, provider, returnUrl: return_url ?? null }
      return answerOnce(app, request, reply, 201, async (keep) =>
        toPaymentWire(
          await startPayment(app, viewer.accountId, wish, (tx, payment) => keep(tx, toPaymentWire(payment, viewer))),
          viewer,
        ),
      )
    },
  )

  server.get(
    '/payments/',
    {
      schema: {
        operationId: 'listPayments',
        summary: 'Own payments, newest first; staff sees all',
        tags,
        querystring: Type.Object(PageQuery),
        response: { 200: PageOf(PaymentWire), ...faults(401, 404) },
      },
      config: { access: 'user', sqlBudget: 3 },
    },
    async (request) => {
      const viewer = viewerOf(request)
      const wanted = pageWanted(request.query)
      const scope = { accountId: viewer.isStaff ? null : viewer.accountId }
      const listed = await listPayments(app.db, scope, wanted)
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, (payment) => toPaymentWire(payment, viewer))
    },
  )

  server.get(
    '/payments/:id/',
    {
      schema: {
        operationId: 'getPayment',
        summary: 'One payment',
        tags,
        params: PaymentInPath,
        response: { 200: PaymentWire, ...faults(401, 404) },
      },
      config: { access: 'user', sqlBudget: 2 },
    },
    async (request) => {
      const viewer = viewerOf(request)
      const scope = { accountId: viewer.isStaff ? null : viewer.accountId }
      return toPaymentWire(await getPayment(app.db, request.params.id, scope), viewer)
    },
  )

  server.post(
    '/payments/intents/:id/cancel/',
    {
      schema: {
        operationId: 'cancelPayment',
        summary: 'Withdraw a payment that still waits for money',
        tags,
        params: PaymentInPath,
        response: { 200: PaymentWire, ...faults(400, 401, 404) },
      },
      config: { access: 'user', sqlBudget: 8 },
    },
    async (request) => {
      const viewer = viewerOf(request)
      return toPaymentWire(await cancelPayment(app, viewer.accountId, request.params.id), viewer)
    },
  )
}
