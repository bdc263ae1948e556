/** GET /api/health/: whether this process and its database work (V1-031). For load balancers: open, never throttled. */
import { Type } from 'typebox'
import { ping } from '#platform/database'
import type { App } from '../../commerce/app.ts'
import { VERSION } from '../../version.ts'
import type { Server } from '../http/server.ts'
import { Choice, Time } from '../http/wire.ts'

/** A database that takes longer serves nobody. */
const DATABASE_ANSWERS_WITHIN_MS = 2000

const HealthWire = Type.Object(
  {
    status: Choice(['healthy', 'unhealthy']),
    database: Choice(['connected', 'disconnected']),
    timestamp: Time,
    version: Type.String(),
  },
  { title: 'Health' },
)

export function healthRoute(server: Server, app: App): void {
  server.get(
    '/api/health/',
    {
      schema: {
        operationId: 'getHealth',
        tags: ['system'],
        summary: 'Whether the shop is up',
        response: { 200: HealthWire, 503: HealthWire },
      },
      config: { access: 'public', sqlBudget: 1, unthrottled: true },
    },
    async (_request, reply) => {
      const connected = await ping(app.db, DATABASE_ANSWERS_WITHIN_MS)
      const health = {
        status: connected ? ('healthy' as const) : ('unhealthy' as const),
        database: connected ? ('connected' as const) : ('disconnected' as const),
        timestamp: app.now().toISOString(),
        version: VERSION,
      }
      return reply
        .code(connected ? 200 : 503)
        .header('Cache-Control', 'no-store')
        .send(health)
    },
  )
}
