/** What is noted of each request before any route sees it: who asks from where, its statements, its cause. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Cause, countingStatements, type StatementCounter } from '#platform/database'
import { Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { isStorable } from './bodies.ts'
import { clientAddress, readTrustedProxies } from './client-address.ts'
import { hostCheck } from './hosts.ts'
import { pathOf } from './refusal-answers.ts'

declare module 'fastify' {
  interface FastifyRequest {
    clientAddress: string
    statements: StatementCounter
    /** What log lines, slow statements and the audit trail name: who acts is added when it is known. */
    cause: Cause
    /** Of a stream: how long it took to open. It may be open for hours. */
    openedAfterMs: number | undefined
  }
}

export function noteEachRequest(server: FastifyInstance, { config }: App, headers: Record<string, string>): void {
  const isOurs = hostCheck(config.ALLOWED_HOSTS)
  const proxies = readTrustedProxies(config.TRUST_PROXY)
  server.decorateRequest('clientAddress', '')
  server.decorateRequest('statements')
  server.decorateRequest('cause')
  server.decorateRequest('openedAfterMs', undefined)
  server.addHook('onRequest', (request, reply, done) => {
    request.clientAddress = clientAddress(request.raw, proxies)
    request.statements = { statements: 0 }
    request.cause = causeOf(request)
    reply.headers(headers).header('X-Request-ID', request.id)
    countingStatements(request.statements, () => done(oddRequest(request, isOurs)), request.cause)
  })
  server.addHook('preValidation', (request, _reply, done) => {
    if (request.body === undefined && request.routeOptions.schema?.body) request.body = {}
    done()
  })
  if (!config.production) {
    server.addHook('onSend', (request, reply, _payload, done) => {
      const { statements } = request.statements
      const budget = request.routeOptions.config.sqlBudget ?? 'any number'
      const sql = `sql;desc="${statements} statements of ${budget}"`
      reply.header('Server-Timing', `app;dur=${reply.elapsedTime.toFixed(1)}, ${sql}`)
      done()
    })
  }
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Until somebody is known to have signed in it is a visitor's. What only reads leaves nothing in the audit trail. */
const causeOf = (request: FastifyRequest): Cause => ({
  requestId: request.id,
  route: `${request.method} ${request.routeOptions.url ?? 'none'}`,
  isAudited: !READING.has(request.method),
  actor: 'visitor',
  ip: request.clientAddress,
})

/** Refuses a host that is not ours (V1-169) and text in the address that could not be stored (V1-012). */
function oddRequest(request: FastifyRequest, isOurs: (host: string) => boolean): Refusal | undefined {
  if (!isOurs(request.hostname)) return new Refusal('invalid', 'host_not_allowed', 'This host is not served here')
  if (!request.url.includes('%')) return undefined
  if (/%00/.test(pathOf(request))) return new Refusal('missing', 'not_found', 'No such page')
  for (const [field, value] of Object.entries(request.query as Record<string, unknown>)) {
    if (!isStorable(value))
      return new Refusal('invalid', 'invalid_fields', 'Odd text', { fields: { [field]: 'bad_characters' } })
  }
  return undefined
}
