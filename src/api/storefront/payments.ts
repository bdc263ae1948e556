/** /api/payments/: paying an order that waits, asking for money back, and what was paid (SF-350…SF-354, SF-364…SF-375). */
import { type Static, Type } from 'typebox'
import { requestRefund, startPayment } from '#commerce/checkout'
import { getOrderBy, type Order } from '#commerce/orders'
import {
  findPaymentsOfOrder,
  getPayment,
  isPaid,
  listPaymentsOfPeriod,
  type Payment,
  type Refund,
  readPaymentNumber,
  toPaymentNumber,
  toRefundNumber,
} from '#commerce/payments'
import { toDecimal } from '#platform/money.ts'
import { invalidFields, missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { readAmount } from '../http/amounts.ts'
import { toDay } from '../http/filters.ts'
import { answerOnce } from '../http/idempotency.ts'
import { readOrderRef } from '../http/order-ref.ts'
import type { Routes, Server } from '../http/server.ts'
import { Fault } from './faults.wire.ts'
import { paymentSays } from './order-refusals.ts'
import { toStatus } from './orders.wire.ts'
import {
  HistoryWire,
  InitiatedWire,
  InitiateWire,
  PaymentInPath,
  PaymentStatusWire,
  RefundWire,
  RefundWishWire,
  toPaymentStatusWire,
  toPaymentWire,
} from './payments.wire.ts'

const tags = ['storefront payments']
const config = { access: 'user', says: paymentSays } as const

export const paymentRoutes: Routes = (server, app) => {
  initiateRoute(server, app)
  statusRoute(server, app)
  refundRoute(server, app)
  historyRoute(server, app)
}

function initiateRoute(server: Server, app: App): void {
  server.post(
    '/payments/initiate/',
    {
      schema: {
        operationId: 'storefrontInitiatePayment',
        tags,
        summary: 'Begin to pay an order that waits for it; one that is paid charges nothing',
        body: InitiateWire,
        response: { 200: InitiatedWire, 400: Fault, 401: Fault, 403: Fault, 404: Fault, 409: Fault, 503: Fault },
      },
      config: { ...config, sqlBudget: 24 },
    },
    async (request, reply) => {
      const { accountId } = viewerOf(request)
      const order = await getOrderBy(app.db, readOrderRef(request.body.order_id), { accountId })
      const payments = await findPaymentsOfOrder(app.db, order.id)
      const settled = payments.find(({ status }) => isPaid(status) || status === 'refunded')
      if (settled && toStatus(order) !== 'CANCELLED') return toInitiatedWire(app, settled, 'completed')
      refuseOtherAmount(order, request.body)
      const wish = {
        order: { id: order.id },
        provider: app.gateways.razorpay.mode === 'live' ? 'razorpay' : 'builtin',
        returnUrl: null,
        method: request.body.payment_method,
      } as const
      return answerOnce(
        app,
        request,
        reply,
        200,
        (payment: Payment) => toInitiatedWire(app, payment, 'pending'),
        (alongside) => startPayment(app, accountId, wish, alongside),
      )
    },
  )
}

/** The amount is the order's: a client that means another one is out of step with it (SF-352). */
function refuseOtherAmount(order: Order, { amount, currency }: Static<typeof InitiateWire>): void {
  const amountMinor = readAmount(amount, order.currency)
  if (typeof amountMinor !== 'number') throw invalidFields({ amount: amountMinor })
  if (amountMinor === order.totalMinor && currency === order.currency) return
  const fields = { amount: { code: 'not_choice', value: String(amount) } }
  throw new Refusal('invalid', 'amount_mismatch', 'Another amount than the order has', { fields })
}

const toInitiatedWire = (app: App, { id, approvalUrl }: Payment, status: 'pending' | 'completed') => ({
  payment_id: toPaymentNumber(id),
  checkout_url: approvalUrl ?? `${app.config.PUBLIC_URL}/pay/${toPaymentNumber(id)}/`,
  status,
})

function statusRoute(server: Server, app: App): void {
  server.get(
    '/payments/status/:payment_id/',
    {
      schema: {
        operationId: 'storefrontGetPaymentStatus',
        tags,
        summary: 'How it stands with one of my payments',
        params: PaymentInPath,
        response: { 200: PaymentStatusWire, 401: Fault, 403: Fault, 404: Fault },
      },
      config: { ...config, sqlBudget: 2 },
    },
    async (request) => {
      const id = readPaymentNumber(request.params.payment_id)
      if (!id) throw missing('payment')
      return toPaymentStatusWire(await getPayment(app.db, id, { accountId: viewerOf(request).accountId }))
    },
  )
}

function refundRoute(server: Server, app: App): void {
  server.post(
    '/payments/refund/',
    {
      schema: {
        operationId: 'storefrontRequestRefund',
        tags,
        summary: 'Ask for money of an order back, or a part of it',
        body: RefundWishWire,
        response: { 200: RefundWire, 400: Fault, 401: Fault, 403: Fault, 404: Fault, 409: Fault },
      },
      config: { ...config, sqlBudget: 11 },
    },
    async (request, reply) => {
      const viewer = viewerOf(request)
      const { order_id, amount, reason } = request.body
      const scope = { accountId: viewer.isStaff ? null : viewer.accountId }
      const { id, currency } = await getOrderBy(app.db, readOrderRef(order_id), scope)
      const amountMinor = readAmount(amount, currency)
      if (typeof amountMinor !== 'number') throw invalidFields({ amount: amountMinor })
      if (amountMinor === 0) throw invalidFields({ amount: { code: 'exclusiveMinimum', limit: 0 } })
      const toBody = (refund: Refund) => toRefundWire(refund, currency)
      return answerOnce(app, request, reply, 200, toBody, (alongside) =>
        requestRefund(app, scope, { order: { id }, amountMinor, reason: reason ?? '' }, alongside),
      )
    },
  )
}

const toRefundWire = ({ id, amountMinor }: Refund, currency: string): Static<typeof RefundWire> => ({
  refund_id: toRefundNumber(id),
  status: 'processing',
  amount: toDecimal(amountMinor, currency),
  estimated_days: '5-7',
})

const HistoryQuery = Type.Object({
  page: Type.Optional(Type.String()),
  limit: Type.Optional(Type.String({ description: '10 unless said, at most 100' })),
  start_date: Type.Optional(Type.String({ description: 'YYYY-MM-DD, inclusive' })),
  end_date: Type.Optional(Type.String({ description: 'YYYY-MM-DD, inclusive' })),
})
const DAY_MS = 86_400_000
/** Far past the end, and still a number for the database. */
const PAGE_MAX = 1e9

function historyRoute(server: Server, app: App): void {
  server.get(
    '/payments/history/',
    {
      schema: {
        operationId: 'storefrontListPayments',
        tags,
        summary: 'My payments, newest first',
        querystring: HistoryQuery,
        response: { 200: HistoryWire, 400: Fault, 401: Fault, 403: Fault },
      },
      config: { ...config, sqlBudget: 3 },
    },
    async (request) => {
      const { query } = request
      const page = readPositive('page', query.page, 1)
      const limit = Math.min(readPositive('limit', query.limit, 10), 100)
      const last = readDate(query.end_date)
      const period = { from: readDate(query.start_date), until: last && new Date(last.getTime() + DAY_MS) }
      const { accountId } = viewerOf(request)
      const listed = await listPaymentsOfPeriod(
        app.db,
        { accountId, from: period.from ?? null, until: period.until ?? null },
        { limit, offset: (page - 1) * limit },
      )
      return { total: listed.count, page, limit, results: listed.rows.map(toPaymentWire) }
    },
  )
}

function readPositive(name: string, text: string | undefined, usual: number): number {
  if (text === undefined || text === '') return usual
  if (!/^\d+$/.test(text) || Number(text) === 0) throw invalidFields({ [name]: { code: 'minimum', limit: 1 } })
  return Math.min(Number(text), PAGE_MAX)
}

/** SF-024. */
function readDate(text: string | undefined): Date | undefined {
  if (text === undefined || text === '') return undefined
  const day = toDay(text)
  if (!day) throw new Refusal('invalid', 'not_a_date', 'No calendar date')
  return day
}
