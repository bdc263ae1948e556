import type { Metric } from 'prom-client'
import { openRequestTallies, type RequestTallies } from './request-tallies.ts'
import { newTally, note, type Sample, samplesOf, type Tally } from './tally.ts'

export type { Sample } from './tally.ts'
/** One metric by its name, and how it is read when somebody asks. */
export type Family = {
  name: string
  help: string
  type: 'counter' | 'gauge' | 'histogram'
  read: () => Sample[] | Promise<Sample[]>
}

export type Metrics = {
  requests: RequestTallies
  /** A statement was answered by the database, or refused. */
  noteStatement(ms: number, isFailed: boolean): void
  statements(): { count: number; failed: number; sumMs: number }
  /** Something happened; `name` is one of few. */
  countEvent(name: string): void
  eventCounts(): Record<string, number>
  add(family: Family): void
  /** Share of one processor that this process used since it was last asked, in percent. */
  cpuPercent(): number
  /** All of it, as Prometheus reads it, with its content type. */
  write(): Promise<{ contentType: string; text: string }>
}

/** A figure that is asked more often than so is not measured anew. */
const CPU_INTERVAL_MS = 1000

/** Begins with nothing noted. Each process has its own: what several serve is added up by who reads them all. */
export function openMetrics(): Metrics {
  const requests = openRequestTallies()
  const statements: Record<'answered' | 'failed', Tally> = { answered: newTally(), failed: newTally() }
  const events = new Map<string, number>()
  const families: Family[] = [
    {
      name: 'souk_http_request_duration_seconds',
      help: 'Requests answered, from their arrival to the last byte written',
      type: 'histogram',
      read: () => requests.read('souk_http_request_duration_seconds'),
    },
    {
      name: 'souk_sql_statement_duration_seconds',
      help: 'SQL statements, from their sending to the answer',
      type: 'histogram',
      read: () =>
        Object.entries(statements).flatMap(([outcome, tally]) =>
          samplesOf('souk_sql_statement_duration_seconds', { outcome }, tally),
        ),
    },
    {
      name: 'souk_events_total',
      help: 'What happened in the shop through this process: order.placed, order.paid, payment.failed …',
      type: 'counter',
      read: () => [...events].map(([event, value]) => ({ labels: { event }, value })),
    },
  ]
  let writing: Promise<Writer> | undefined
  return {
    requests,
    noteStatement: (ms, isFailed) => note(isFailed ? statements.failed : statements.answered, ms),
    statements: () => {
      const { answered, failed } = statements
      return {
        count: answered.count + failed.count,
        failed: failed.count,
        sumMs: answered.sumMs + failed.sumMs,
      }
    },
    countEvent: (name) => void events.set(name, (events.get(name) ?? 0) + 1),
    eventCounts: () => Object.fromEntries(events),
    add: (family) => void families.push(family),
    cpuPercent: openCpuMeter(),
    write: async () => {
      writing ??= openWriter(families)
      return (await writing)()
    },
  }
}

type Writer = () => Promise<{ contentType: string; text: string }>

/** The text, with what prom-client itself tells of the process: memory, processor, lag of the event loop, collections. */
async function openWriter(families: readonly Family[]): Promise<Writer> {
  const { Registry, collectDefaultMetrics } = await import('prom-client')
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const { name, help, type, read } of families) {
    const metric = { name, help, type, get: async () => ({ name, help, type, values: await read() }) }
    // All that a registry asks of a metric; those of the library look up their labels at every single observation.
    registry.registerMetric(metric as unknown as Metric)
  }
  return async () => ({ contentType: registry.contentType, text: await registry.metrics() })
}

function openCpuMeter(): () => number {
  let [at, usage, percent] = [0, { user: 0, system: 0 }, 0]
  return () => {
    const now = performance.now()
    if (now - at < CPU_INTERVAL_MS) return percent
    const { user, system } = process.cpuUsage()
    percent = Math.round((user + system - usage.user - usage.system) / (now - at)) / 10
    ;[at, usage] = [now, { user, system }]
    return percent
  }
}
