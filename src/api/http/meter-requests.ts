/** Times each request by its surface and its route's pattern (V1-446): what a client makes up is no label. */
import type { FastifyInstance } from 'fastify'
import type { RequestMeter } from '#platform/metrics'
import type { App } from '../../commerce/app.ts'

/** Finds where the requests of a route are noted; the same one for the same route. */
export type MeterFor = (route: MeteredRoute) => RequestMeter
type MeteredRoute = { url?: string | undefined; config: object & { surfaces?: string[] } }

/** Notes each request when its answer is written. Returns how those are noted that are answered before the routes. */
export function meterRequests(server: FastifyInstance, { metrics }: App): MeterFor {
  const meters = new WeakMap<object, RequestMeter>()
  const meterFor: MeterFor = ({ url, config }) => {
    let meter = meters.get(config)
    if (!meter) {
      meter = metrics.requests.meterOf({ surface: surfaceOf(url, config.surfaces), route: url ?? 'none' })
      meters.set(config, meter)
    }
    return meter
  }
  server.addHook('onResponse', (request, reply, done) => {
    meterFor(request.routeOptions as MeteredRoute)(
      request.method,
      reply.statusCode,
      request.openedAfterMs ?? reply.elapsedTime,
    )
    done()
  })
  return meterFor
}

/** The document that a route belongs to; several where they share it. */
function surfaceOf(url = '', surfaces: string[] | undefined): string {
  if (url.startsWith('/api/admin/')) return 'admin'
  if (surfaces) return surfaces.join('+')
  return url.startsWith('/api/v1/') ? 'v1' : 'system'
}
