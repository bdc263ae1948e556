/** What the metrics tell beside requests, statements and events. The whole list is in this table (V1-446). */

import { countUndelivered } from '#commerce/webhooks'
import { ping, poolUse } from '#platform/database'
import { countWaitingJobs, DEAD_JOBS, type QueueDepth } from '#platform/jobs'
import { countUnsentLetters } from '#platform/mail'
import type { Family, Sample } from '#platform/metrics'
import { countUnsentTexts } from '#platform/sms'
import type { App } from './app.ts'

export type Backlog = {
  /** Queues in which jobs wait; the dead are not among them. */
  queues: QueueDepth[]
  deadJobs: number
  letters: { queued: number; dead: number }
  texts: { queued: number; dead: number }
  webhooks: { pending: number; failed: number }
}

/** What waits to be done, by whichever process. Four statements. */
export async function readBacklog({ db }: Pick<App, 'db'>): Promise<Backlog> {
  const all = await countWaitingJobs(db)
  return {
    queues: all.filter(({ queue }) => queue !== DEAD_JOBS),
    deadJobs: all.find(({ queue }) => queue === DEAD_JOBS)?.waiting ?? 0,
    letters: await countUnsentLetters(db),
    texts: await countUnsentTexts(db),
    webhooks: await countUndelivered(db),
  }
}

const ANSWERS_WITHIN_MS = 2000

/** Has the metrics tell of the pool and of what waits. A database that is down is told of, and leaves out what only it knows. */
export function addGauges(app: Omit<App, 'gateways' | 'carriers'>): void {
  const { metrics, db, errors } = app
  const backlog = openReading(app)
  const gauge = (name: string, help: string, read: Family['read'], type: Family['type'] = 'gauge') =>
    metrics.add({ name, help, type, read })
  const waiting = (name: string, help: string, read: (backlog: Backlog) => Sample[]) =>
    gauge(name, help, async () => {
      const found = await backlog()
      return found ? read(found) : []
    })

  gauge('souk_database_up', 'Whether the database answers: 1 or 0', async () => one((await backlog()) ? 1 : 0))
  gauge('souk_database_connections', 'Connections of the pool of this process, by what they do', () => {
    const { size, inUse, waiting: callers, most } = poolUse(db)
    return by('state', { in_use: inUse, idle: size - inUse, callers_waiting: callers, most })
  })
  waiting('souk_jobs_waiting', 'Jobs that nobody has begun, by queue', ({ queues }) =>
    queues.map(({ queue, waiting: value }) => ({ labels: { queue }, value })),
  )
  waiting('souk_jobs_oldest_wait_seconds', 'How long the first job that is due has waited, by queue', ({ queues }) =>
    queues.map(({ queue, oldestSeconds: value }) => ({ labels: { queue }, value })),
  )
  waiting('souk_jobs_dead', 'Jobs that ran out of tries', ({ deadJobs }) => one(deadJobs))
  waiting('souk_letters', 'Letters that were not sent, by status', ({ letters }) => by('status', letters))
  waiting('souk_texts', 'SMS that were not sent, by status', ({ texts }) => by('status', texts))
  waiting('souk_webhooks', 'Messages to endpoints that were not delivered, by status', ({ webhooks }) =>
    by('status', webhooks),
  )
  gauge(
    'souk_error_reports_total',
    'Reports of unexpected errors, by what became of them',
    () => by('outcome', errors.counts()),
    'counter',
  )
}

const one = (value: number): Sample[] => [{ labels: {}, value }]
const by = (label: string, values: Record<string, number>): Sample[] =>
  Object.entries(values).map(([name, value]) => ({ labels: { [label]: name }, value }))

/** Metrics that are read at once ask the database once. Undefined where it does not answer. */
function openReading(app: Pick<App, 'db'>): () => Promise<Backlog | undefined> {
  let reading: Promise<Backlog | undefined> | undefined
  return () => {
    reading ??= read(app).finally(() => {
      reading = undefined
    })
    return reading
  }
}

async function read(app: Pick<App, 'db'>): Promise<Backlog | undefined> {
  try {
    return (await ping(app.db, ANSWERS_WITHIN_MS)) ? await readBacklog(app) : undefined
  } catch {
    return undefined
  }
}
