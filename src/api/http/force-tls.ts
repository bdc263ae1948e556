/** Who came without TLS is sent to come with it (SF-504). */
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../../config.ts'
import { readTrustedProxies } from './client-address.ts'

/** Balancers ask for it from inside. */
const HEALTH = /^\/api\/health\/?(\?|$)/

/**
 * Finds where a request is to be sent on to; undefined where it may stay. Only a proxy that is trusted knows how somebody came: without
 * one, and unless it is wished for, everybody may stay.
 */
export function tlsCheck({
  HTTPS_REDIRECT,
  PUBLIC_URL,
  TRUST_PROXY,
}: Config): (request: IncomingMessage) => string | undefined {
  if (!HTTPS_REDIRECT || !PUBLIC_URL.startsWith('https:') || readTrustedProxies(TRUST_PROXY) === 0)
    return () => undefined
  return ({ headers, url = '/' }) => {
    const [came = ''] = String(headers['x-forwarded-proto'] ?? '').split(',')
    return came.trim().toLowerCase() === 'http' && !HEALTH.test(url) ? `${PUBLIC_URL}${url}` : undefined
  }
}

/** Before all else: what was sent without TLS was read by others. The method stays, with what was sent. */
export function forceTls(server: FastifyInstance, config: Config): void {
  const elsewhere = tlsCheck(config)
  server.addHook('onRequest', (request, reply, done) => {
    const location = elsewhere(request.raw)
    if (location === undefined) return done()
    reply.code(308).header('Location', location).send()
  })
}
