import type { FastifyRequest } from 'fastify'
import type { Device } from '#commerce/identity'

/** Where a request comes from: sessions and the log of attempts keep it. */
export function deviceOf(request: FastifyRequest): Device {
  return { ip: request.clientAddress, userAgent: request.headers['user-agent'] ?? '' }
}
