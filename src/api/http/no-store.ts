/**
 * What no cache may keep (MP-012): tokens, and what is somebody's. Public reads may be kept: they are a GET or HEAD that
 * anybody may ask, sent without a token.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { bearerToken } from './access.ts'

const READS = ['GET', 'HEAD']

/** `Cache-Control: no-store` on every answer but those of public reads. A route that knows better says so itself. */
export function forbidStoring(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (!isPublicRead(request)) reply.header('Cache-Control', 'no-store')
    done()
  })
}

function isPublicRead(request: FastifyRequest): boolean {
  const { access } = request.routeOptions.config
  if (!READS.includes(request.method)) return false
  return access === 'public' || (access === 'visitor' && bearerToken(request) === undefined)
}
