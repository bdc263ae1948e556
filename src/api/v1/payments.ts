/** Payments (V1-330, V1-335, V1-336). */
import { Type } from 'typebox'
import { cancelPayment, refundPayment, startPayment } from '#commerce/checkout'
import { getPayment, listPayments, type Payment, type Refund } from '#commerce/payments'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { openAmounts } from '../http/amounts.ts'
import { answerOnce } from '../http/idempotency.ts'
import { PageOf, PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import {
  PaymentInPath,
  PaymentWire,
  RefundInputWire,
  RefundWire,
  StartPaymentWire,
  toPaymentWire,
  toRefundWire,
} from './payments.wire.ts'

const tags = ['payments']

export const paymentRoutes: Routes = (server, app) => {
  startPaymentRoute(server, app)
  listPaymentsRoute(server, app)
  getPaymentRoute(server, app)
  cancelPaymentRoute(server, app)
  refundPaymentRoute(server, app)
}

function startPaymentRoute(server: Server, app: App): void {
  server.post(
    '/payments/intents/',
    {
      schema: {
        operationId: 'startPayment',
        summary: 'Begin to pay an order',
        tags,
        body: StartPaymentWire,
        response: { 201: PaymentWire, 400: Problem, 401: Problem, 404: Problem, 409: Problem, 503: Problem },
      },
      config: { access: 'user', sqlBudget: 22 },
    },
    async (request, reply) => {
      const viewer = viewerOf(request)
      const { order_number: number, provider, return_url } = request.body
      const wish = { order: { number }, provider, returnUrl: return_url ?? null }
      const toBody = (payment: Payment) => toPaymentWire(payment, viewer)
      return answerOnce(app, request, reply, 201, toBody, (alongside) =>
        startPayment(app, viewer.accountId, wish, alongside),
      )
    },
  )
}

function listPaymentsRoute(server: Server, app: App): void {
  server.get(
    '/payments/',
    {
      schema: {
        operationId: 'listPayments',
        summary: 'Own payments, newest first; staff sees all',
        tags,
        querystring: Type.Object(PageQuery),
        response: { 200: PageOf(PaymentWire), 401: Problem, 404: Problem },
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
}

function getPaymentRoute(server: Server, app: App): void {
  server.get(
    '/payments/:id/',
    {
      schema: {
        operationId: 'getPayment',
        summary: 'One payment',
        tags,
        params: PaymentInPath,
        response: { 200: PaymentWire, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 2 },
    },
    async (request) => {
      const viewer = viewerOf(request)
      const scope = { accountId: viewer.isStaff ? null : viewer.accountId }
      return toPaymentWire(await getPayment(app.db, request.params.id, scope), viewer)
    },
  )
}

function cancelPaymentRoute(server: Server, app: App): void {
  server.post(
    '/payments/intents/:id/cancel/',
    {
      schema: {
        operationId: 'cancelPayment',
        summary: 'Withdraw a payment that still waits for money',
        tags,
        params: PaymentInPath,
        response: { 200: PaymentWire, 400: Problem, 401: Problem, 404: Problem, 409: Problem },
      },
      config: { access: 'user', sqlBudget: 10 },
    },
    async (request, reply) => {
      const viewer = viewerOf(request)
      const toBody = (payment: Payment) => toPaymentWire(payment, viewer)
      return answerOnce(app, request, reply, 200, toBody, (alongside) =>
        cancelPayment(app, viewer.accountId, request.params.id, alongside),
      )
    },
  )
}

function refundPaymentRoute(server: Server, app: App): void {
  server.post(
    '/payments/:id/refunds/',
    {
      schema: {
        operationId: 'refundPayment',
        summary: 'Give a payment back, or a part of it',
        tags,
        params: PaymentInPath,
        body: RefundInputWire,
        response: { 201: RefundWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem },
      },
      config: { access: 'staff', sqlBudget: 28 },
    },
    async (request, reply) => {
      const { id } = request.params
      const { amount, reason } = request.body
      const { currency } = await getPayment(app.db, id, { accountId: null })
      const faults: FieldCodes = {}
      const amountMinor = openAmounts(currency, faults).nullable('amount', amount)
      if (amountMinor === 0) faults.amount = { code: 'exclusiveMinimum', limit: 0 }
      if (Object.keys(faults).length > 0) throw invalidFields(faults)
      const wanted = { ...(amountMinor != null && { amountMinor }), reason: reason ?? '', actor: 'staff' }
      const toBody = (refund: Refund) => toRefundWire(refund, currency)
      return answerOnce(app, request, reply, 201, toBody, (alongside) => refundPayment(app, id, wanted, alongside))
    },
  )
}
