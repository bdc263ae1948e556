import { setTimeout as sleep } from 'node:timers/promises'
import type { JobResult, JobWithMetadata } from 'pg-boss'
import { causedBy } from '#platform/database'
import type { Log } from '#platform/log'
import type { JobQueue, Jobs } from './jobs.ts'
import { joinWorkers } from './presence.ts'

/** Who does which kind of work. */
export type WorkTable = Work[]
type Work = { queue: JobQueue; work: (data: never) => Promise<void> }

/** One line of the table: a queue, and what is done with the data of its jobs. */
export function works<Data extends object>(queue: JobQueue<Data>, work: (data: Data) => Promise<void>): Work {
  return { queue, work }
}
/** What runs when: a name, a cron expression (UTC) and the work. */
export type Schedule = { name: string; cron: string; work: () => Promise<void> }
export type Worker = { stop(): Promise<void> }
/** Told of a job that failed and is not tried again. */
export type OnDead = (error: unknown, about: { queue: string; job: string }) => void

const BATCH_SIZE = 10
/** A job that takes longer to finish is handed back when `jobs` are closed: whoever asks us to stop does not wait for ever. */
const FINISH_WITHIN_MS = 20_000

/** Begins to work the queues and schedules. `stop` finishes the jobs at hand, within 20 seconds. */
export async function startWorker(
  jobs: Jobs,
  table: WorkTable,
  schedules: Schedule[],
  log: Log,
  onDead: OnDead = () => {},
): Promise<Worker> {
  const presence = await joinWorkers(jobs, log)
  try {
    await beginWork(jobs, table, schedules, { log, onDead })
  } catch (error) {
    await presence.leave()
    throw error
  }
  return {
    stop: async () => {
      const names = [...table.map(({ queue }) => queue.name), ...schedules.map(({ name }) => scheduleQueue(name))]
      const finished = Promise.all(names.map((name) => jobs.boss.offWork(name, { wait: true })))
      const late = new AbortController()
      await Promise.race([finished, sleep(FINISH_WITHIN_MS, undefined, { signal: late.signal }).catch(() => {})])
      late.abort()
      await presence.leave()
    },
  }
}

type Listeners = { log: Log; onDead: OnDead }

async function beginWork(jobs: Jobs, table: WorkTable, schedules: Schedule[], told: Listeners): Promise<void> {
  for (const { queue, work } of table) await workQueue(jobs, queue, work, told)
  await forgetOldSchedules(jobs, schedules)
  for (const { name, cron, work } of schedules) {
    const queue = { name: scheduleQueue(name), concurrency: 1 }
    await jobs.boss.createQueue(queue.name, SCHEDULED)
    await workQueue(jobs, queue, work, told)
    await jobs.boss.schedule(queue.name, cron, null, { tz: 'UTC' })
  }
}

/** At most one at a time on all nodes together. Not tried again: the next one comes anyway. */
const SCHEDULED = {
  policy: 'exclusive',
  retryLimit: 0,
  notify: true,
  heartbeatSeconds: 30,
  retentionSeconds: 3600,
} as const
const SCHEDULE_PREFIX = 'schedule-'
const scheduleQueue = (name: string): string => SCHEDULE_PREFIX + name

/** What an earlier version of the code scheduled would go on for ever, with nobody to work it. */
async function forgetOldSchedules(jobs: Jobs, schedules: Schedule[]): Promise<void> {
  const current = new Set(schedules.map(({ name }) => scheduleQueue(name)))
  for (const { name } of await jobs.boss.getSchedules()) {
    if (name.startsWith(SCHEDULE_PREFIX) && !current.has(name)) await jobs.boss.unschedule(name)
  }
}

async function workQueue(
  jobs: Jobs,
  queue: JobQueue,
  work: (data: never) => Promise<void>,
  told: Listeners,
): Promise<void> {
  await jobs.boss.work(
    queue.name,
    {
      includeMetadata: true,
      batchSize: BATCH_SIZE,
      localConcurrency: queue.concurrency,
      perJobResults: true,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: 2,
      notifyPollingIntervalSeconds: 10,
    },
    (batch: TakenJob[]) => Promise.all(batch.map((job) => workJob(queue.name, job, work, told))),
  )
}

type TakenJob = JobWithMetadata<object>

async function workJob(
  queue: string,
  { id, data, retryCount, retryLimit }: TakenJob,
  work: (data: never) => Promise<void>,
  { log, onDead }: Listeners,
): Promise<JobResult> {
  const cause = { requestId: id, route: `job ${queue}`, isAudited: false, actor: 'visitor' } as const
  return causedBy(cause, async () => {
    try {
      await work(data as never)
      return { id, status: 'completed' }
    } catch (error) {
      const about = { err: error, queue, job: id, data }
      if (retryCount < retryLimit) log.warn(about, 'job failed: it is tried again later')
      else {
        log.error(about, 'job failed, and is not tried again')
        onDead(error, { queue, job: id })
      }
      return { id, status: 'failed', output: { message: String(error) } }
    }
  })
}

/**
 * Works whatever waits now, in this process, until nothing does. For tests and for commands that end. Throws the first
 * error once all is worked.
 */
export async function workOnce(jobs: Jobs, table: WorkTable): Promise<void> {
  const errors: unknown[] = []
  for (let found = true; found; ) {
    found = false
    for (const { queue, work } of table) {
      const batch = await jobs.boss.fetch<object>(queue.name, { batchSize: BATCH_SIZE })
      for (const job of batch) {
        found = true
        await work(job.data as never).then(
          () => jobs.boss.complete(queue.name, job.id),
          (error) => {
            errors.push(error)
            return jobs.boss.fail(queue.name, job.id, { message: String(error) })
          },
        )
      }
    }
  }
  if (errors.length > 0) throw errors[0]
}
