/** What gateways tell us (V1-332, V1-333). The signature is over the raw body, so these routes read it as it came. */

import type { FastifyInstance } from 'fastify'
import { receiveGatewayEvent } from '#commerce/checkout'
import type { Routes } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { ReceivedWire } from './payments.wire.ts'

const PROVIDERS = ['stripe', 'paypal'] as const

export const paymentWebhookRoutes: Routes = async (surface, app) => {
  await surface.register(async (server: FastifyInstance) => {
    server.removeAllContentTypeParsers()
    server.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string | Buffer) => body)
    for (const provider of PROVIDERS) {
      server.post(
        `/payments/webhooks/${provider}/`,
        {
          schema: {
            operationId: `receive${provider === 'stripe' ? 'Stripe' : 'Paypal'}Event`,
            summary: `What ${provider} tells, signed`,
            tags: ['payments'],
            response: { 200: ReceivedWire, 400: Problem, 503: Problem },
          },
          config: { access: 'signature', sqlBudget: 23 },
        },
        async (request) => {
          await receiveGatewayEvent(app, provider, request.headers, String(request.body ?? ''))
          return { received: true }
        },
      )
    }
  })
}
