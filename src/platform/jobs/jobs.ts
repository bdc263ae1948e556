import { fromKysely, PgBoss } from 'pg-boss'
import type { Tx } from '#platform/database'
import type { Log } from '#platform/log'

/** A kind of work. The name is stored with each job: do not rename it while jobs wait. */
export type JobQueue<Data extends object = object> = { name: string; concurrency: number; readonly data?: Data }

export type Jobs = {
  /** Adds jobs in one statement, whatever their number. */
  enqueue<Data extends object>(tx: Tx, queue: JobQueue<Data>, data: Data[]): Promise<void>
  /** How many jobs ran out of retries, per queue. */
  countDead(): Promise<Record<string, number>>
  boss: PgBoss
  url: string
  close(): Promise<void>
}

/** Where jobs end that failed at every retry: kept for a year, counted by `doctor`. */
export const DEAD_JOBS = 'dead-jobs'

/** Twelve in the first three hours, then one an hour until about ten: a mail server that is down over night is no loss. */
export const JOB_RETRIES_MAX = 20
const RETRIES = { retryLimit: JOB_RETRIES_MAX, retryBackoff: true, retryDelay: 2, retryDelayMax: 3600 }
/** A job whose worker was killed is found again this long after its last sign of life, if not before: presence.ts. */
const HEARTBEAT_SECONDS = 30
/** The worker has waited for its jobs before; what is still under way then is handed back. */
const CLOSE_WAIT_MS = 1000

export type JobsOptions = {
  url: string
  queues: JobQueue[]
  log: Log
  /** Only a process that works jobs needs the connection that is told of new ones at once, and the upkeep. */
  works: boolean
}

/** Connects to the job tables, makes them on first use, and declares the queues. */
export async function openJobs({ url, queues, log, works }: JobsOptions): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'souk jobs',
    schema: 'jobs',
    max: works ? 4 : 1,
    useListenNotify: works,
    supervise: works,
    schedule: works,
    // Jobs of killed workers are looked for this often, not each minute.
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  })
  boss.on('error', (error) => log.error({ err: error }, 'jobs'))
  try {
    await boss.start()
    await declareQueues(boss, queues)
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {})
    throw error
  }
  return {
    boss,
    url,
    enqueue: async (tx, queue, data) => {
      await boss.insert(
        queue.name,
        data.map((each) => ({ data: each })),
        { db: fromKysely(tx) },
      )
    },
    countDead: async () => {
      const dead = await boss.findJobs<object>(DEAD_JOBS)
      return dead.length > 0 ? { [DEAD_JOBS]: dead.length } : {}
    },
    close: () => boss.stop({ graceful: true, timeout: CLOSE_WAIT_MS, close: true }),
  }
}

async function declareQueues(boss: PgBoss, queues: JobQueue[]): Promise<void> {
  const known = new Set((await boss.getQueues()).map((queue) => queue.name))
  if (!known.has(DEAD_JOBS)) await boss.createQueue(DEAD_JOBS, { retentionSeconds: 365 * 86_400 })
  for (const { name } of queues) {
    const options = { ...RETRIES, deadLetter: DEAD_JOBS, notify: true, heartbeatSeconds: HEARTBEAT_SECONDS }
    if (known.has(name)) await boss.updateQueue(name, options)
    else await boss.createQueue(name, options)
  }
}
