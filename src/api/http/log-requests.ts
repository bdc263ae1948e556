/** A line of the log for each request, or for those that are slow or ask too much of the database (MP-203). */
import type { FastifyInstance } from 'fastify'
import { loggerOf } from '#platform/log'
import type { App } from '../../commerce/app.ts'
import { pathOf } from './refusal-answers.ts'

const SLOW_MS = 1000

export function logEachRequest(server: FastifyInstance, { config, log: whole }: App): void {
  const log = loggerOf(whole, 'http')
  const isSilent = config.LOG_LEVEL === 'error' || config.LOG_LEVEL === 'silent'
  if (isSilent) return
  const tell = ordinaryLine(config)
  server.addHook('onResponse', (request, reply, done) => {
    const { method, id, statements, routeOptions, cause } = request
    const ms = request.openedAfterMs ?? reply.elapsedTime
    const isSlow = ms > SLOW_MS
    const budget = routeOptions.config.sqlBudget
    // A refusal may look further for its reason.
    const isOverBudget = budget !== undefined && reply.statusCode < 300 && statements.statements > budget
    if (!isSlow && !isOverBudget && !tell) return done()
    const line = {
      request: id,
      ...(cause.accountId === undefined ? {} : { user: cause.accountId }),
      method,
      url: pathOf(request),
      status: reply.statusCode,
      ms: Math.round(ms * 10) / 10,
      sql: statements.statements,
    }
    if (isSlow) log.warn(isOverBudget ? { ...line, budget } : line, 'slow request')
    else if (isOverBudget) log.warn({ ...line, budget }, 'more statements than the request should have')
    else log[tell!](line, 'request')
    done()
  })
}

/** How a request of which nothing is to be said otherwise is logged; undefined: not at all. */
export function ordinaryLine({ LOG_LEVEL, LOG_REQUESTS }: App['config']): 'info' | 'debug' | undefined {
  if (LOG_LEVEL === 'debug') return LOG_REQUESTS === 'all' ? 'info' : 'debug'
  return LOG_LEVEL === 'info' && LOG_REQUESTS === 'all' ? 'info' : undefined
}
