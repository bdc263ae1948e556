/** /api/payments/webhook/: what the gateway that comes with the shop, or Razorpay, tells, signed over the raw body (SF-355…SF-362). */
import type { FastifyInstance } from 'fastify'
import { receiveGatewayEvent, receiveShopPayment } from '#commerce/checkout'
import { readShopPaymentEvent } from '#commerce/payments'
import { missing } from '#platform/refusal.ts'
import { readOrderRef } from '../http/order-ref.ts'
import type { Routes } from '../http/server.ts'
import { StatusWire } from './cart.wire.ts'
import { Fault } from './faults.wire.ts'
import { paymentSays } from './order-refusals.ts'

export const paymentWebhookRoutes: Routes = async (surface, app) => {
  await surface.register(async (server: FastifyInstance) => {
    server.removeAllContentTypeParsers()
    server.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string | Buffer) => body)
    server.post(
      '/payments/webhook/',
      {
        schema: {
          operationId: 'storefrontReceivePaymentEvent',
          summary: "What the shop's own gateway tells, signed",
          tags: ['storefront payments'],
          response: { 200: StatusWire, 400: Fault, 401: Fault, 404: Fault },
        },
        config: { access: 'signature', says: paymentSays, sqlBudget: 23 },
      },
      async ({ headers, body }) => {
        const told = readShopPaymentEvent(app.config.PAYMENT_WEBHOOK_SECRET, headers, String(body ?? ''))
        if (!told.paymentId) throw missing('payment')
        const { paymentId, outcome, amount } = told
        await receiveShopPayment(app, { paymentId, order: readOrderRef(told.order), outcome, amount })
        return { status: 'ok' }
      },
    )
    server.post(
      '/payments/webhook/razorpay/',
      {
        schema: {
          operationId: 'storefrontReceiveRazorpayEvent',
          summary: 'What Razorpay tells, signed',
          tags: ['storefront payments'],
          response: { 200: StatusWire, 400: Fault, 401: Fault, 503: Fault },
        },
        config: { access: 'signature', says: paymentSays, sqlBudget: 20 },
      },
      async ({ headers, body }) => {
        await receiveGatewayEvent(app, 'razorpay', headers, String(body ?? ''))
        return { status: 'ok' }
      },
    )
  })
}
