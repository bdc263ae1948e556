/** GET /metrics: what this process counts and times, as Prometheus reads it (V1-446). */
import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { bearerToken } from '../http/access.ts'
import type { Server } from '../http/server.ts'
import { Problem } from '../http/wire.ts'

/** Where METRICS_TOKEN is set only it may read; without it staff may. */
export function metricsRoute(server: Server, { config, metrics }: App): void {
  const { METRICS_TOKEN: expected } = config
  server.get(
    '/metrics',
    {
      schema: {
        operationId: 'readMetrics',
        tags: ['system'],
        summary: 'Requests, statements, queues and the process, for Prometheus',
        description: 'With the token of METRICS_TOKEN; where there is none, with a token of staff.',
        response: {
          200: { description: 'Prometheus text', content: { 'text/plain': { schema: Type.String() } } },
          401: Problem,
          403: Problem,
        },
      },
      config: { access: expected ? 'token' : 'staff', sqlBudget: 6, unthrottled: true },
    },
    async (request, reply) => {
      if (expected) confirmToken(request, expected)
      const { contentType, text } = await metrics.write()
      return reply
        .header('Cache-Control', 'no-store')
        .type(contentType)
        .serializer((payload: unknown) => String(payload))
        .send(text)
    },
  )
}

function confirmToken(request: FastifyRequest, expected: string): void {
  const token = bearerToken(request)
  if (token === undefined) throw new Refusal('unauthenticated', 'not_authenticated', 'No credentials were sent')
  const [given, right] = [Buffer.from(token), Buffer.from(expected)]
  if (given.length !== right.length || !timingSafeEqual(given, right))
    throw new Refusal('unauthenticated', 'token_not_valid', 'Not the token of METRICS_TOKEN')
}
