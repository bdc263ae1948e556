/**
 * What no cache may keep (MP-012): tokens, and what is somebody's. Public reads may be kept: they are a GET or HEAD that
 * anybody may ask, sent without anything that tells who asks.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { bearerToken } from './access.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Though anybody may read it, what it answers is for one alone: tokens, or the way to them. */
    holdsTokens?: boolean
  }
}

const READS = ['GET', 'HEAD']

/** `Cache-Control: no-store` on every answer but those of public reads. A route that knows better says so itself. */
export function forbidStoring(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (!isPublicRead(request)) reply.header('Cache-Control', 'no-store')
    done()
  })
}

function isPublicRead(request: FastifyRequest): boolean {
  const { access, holdsTokens } = request.routeOptions.config
  if (!READS.includes(request.method) || holdsTokens) return false
  return access === 'public' || (access === 'visitor' && isNobody(request))
}

/** A guest is told by his cart. */
const isNobody = (request: FastifyRequest): boolean =>
  bearerToken(request) === undefined && request.headers['x-cart-token'] === undefined
