/** /api/analytics/system/: how this process, its database and its queues are, for staff (MP-148, MP-204). */
import { freemem, totalmem } from 'node:os'
import { ping, poolUse } from '#platform/database'
import type { App } from '../../commerce/app.ts'
import { type Backlog, readBacklog } from '../../commerce/gauges.ts'
import { Err, toOk } from '../http/envelope.ts'
import type { Routes } from '../http/server.ts'
import { SystemAnswerWire, type SystemHealth } from './system.wire.ts'

const DATABASE_ANSWERS_WITHIN_MS = 2000

export const systemHealthRoutes: Routes = (server, app) => {
  server.get(
    '/analytics/system/',
    {
      schema: {
        operationId: 'marketplaceSystemHealth',
        tags: ['marketplace analytics'],
        summary: 'How the process, its database and its queues are',
        description: 'Of the process that answers: where there are several, /metrics of each tells of it.',
        response: { 200: SystemAnswerWire, 401: Err, 403: Err },
      },
      config: { access: 'staff', sqlBudget: 6 },
    },
    async (_request, reply) => {
      const isConnected = await ping(app.db, DATABASE_ANSWERS_WITHIN_MS)
      const backlog = isConnected ? await readBacklog(app) : NOTHING_KNOWN
      reply.header('Cache-Control', 'no-store')
      return toOk(app, 'System health retrieved successfully.', toSystemWire(app, isConnected, backlog))
    },
  )
}

const NOTHING_KNOWN: Backlog = {
  queues: [],
  deadJobs: 0,
  letters: { queued: 0, dead: 0 },
  texts: { queued: 0, dead: 0 },
  webhooks: { pending: 0, failed: 0 },
}

function toSystemWire({ db, metrics }: App, connected: boolean, backlog: Backlog): SystemHealth {
  const { rss, heapUsed, heapTotal } = process.memoryUsage()
  const { count, failed } = metrics.requests.totals()
  const statements = metrics.statements()
  const pool = poolUse(db)
  const { queues, deadJobs, letters, texts } = backlog
  return {
    cpu_percent: metrics.cpuPercent(),
    memory: {
      resident_bytes: rss,
      heap_used_bytes: heapUsed,
      heap_total_bytes: heapTotal,
      system_free_bytes: freemem(),
      system_total_bytes: totalmem(),
    },
    uptime: Math.floor(process.uptime()),
    requests: { total: count, failed, per_second: rounded(count / process.uptime()) },
    latency: metrics.requests.recent.read(),
    database: {
      connected,
      connections: pool.size,
      connections_in_use: pool.inUse,
      connections_max: pool.most,
      callers_waiting: pool.waiting,
      statements: statements.count,
      statements_failed: statements.failed,
      statement_average: rounded(statements.count === 0 ? 0 : statements.sumMs / statements.count),
    },
    queue: {
      waiting: queues.reduce((sum, { waiting }) => sum + waiting, 0),
      oldest_wait_seconds: rounded(Math.max(0, ...queues.map(({ oldestSeconds }) => oldestSeconds))),
      dead: deadJobs,
      by_queue: queues.map(({ queue, waiting }) => ({ queue, waiting })),
      letters: { waiting: letters.queued, dead: letters.dead },
      texts: { waiting: texts.queued, dead: texts.dead },
    },
  }
}

const rounded = (value: number): number => Math.round(value * 100) / 100
