import type { FastifyRequest } from 'fastify'
import type { Device, Surface, Visit } from '#commerce/identity'
import { preferredLanguage } from '#platform/language.ts'

/** Where a request comes from: sessions and the log of attempts keep it. */
export function deviceOf(request: FastifyRequest): Device {
  return { ip: request.clientAddress, userAgent: request.headers['user-agent'] ?? '' }
}

/** The same, with the surface that it came by. */
export function visitOf(surface: Surface, request: FastifyRequest): Visit {
  return { surface, device: deviceOf(request), language: preferredLanguage(request.headers['accept-language']) }
}
