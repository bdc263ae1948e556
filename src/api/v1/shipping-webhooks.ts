/** What carriers tell us (V1-291). The signature is over the raw body, so this route reads it as it came. */
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { receiveCarrierEvent } from '#commerce/checkout'
import type { Routes } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { ReceivedWire } from './payments.wire.ts'

export const shippingWebhookRoutes: Routes = async (surface, app) => {
  await surface.register(async (server: FastifyInstance) => {
    server.removeAllContentTypeParsers()
    server.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string | Buffer) => body)
    server.post(
      '/shipping/webhooks/:carrier/',
      {
        schema: {
          operationId: 'receiveCarrierEvent',
          summary: 'What a carrier tells, signed',
          description:
            'JSON: event_id, tracking_number, status (as of a shipment), and perhaps location, description, timestamp. ' +
            'X-Webhook-Signature: sha256=HMAC of the raw body, in hex. Shiprocket sends what it sends, with x-api-key.',
          tags: ['shipping'],
          params: Type.Object({ carrier: Type.String() }),
          response: { 200: ReceivedWire, 400: Problem },
        },
        config: { access: 'signature', sqlBudget: 20 },
      },
      async (request) => {
        const { carrier } = request.params as { carrier: string }
        await receiveCarrierEvent(app, carrier, request.headers, String(request.body ?? ''))
        return { received: true }
      },
    )
  })
}
