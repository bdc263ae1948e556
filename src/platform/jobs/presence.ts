/**
 * Which jobs were left by workers that were killed. Every worker holds a lock of the database, together with the others,
 * on a connection that ends with its process. Who starts and gets that lock alone is the only worker: what is under way
 * then has nobody who does it, and is handed back at once. Beside other workers the heartbeat of each job tells, later.
 */
import pg from 'pg'
import type { Log } from '#platform/log'
import type { Jobs } from './jobs.ts'
import { findActiveJobs, skipFirstWait } from './queries.ts'

/** Any number, but always this one. */
const LOCK_KEY = 7_685_003
const COME_BACK_AFTER_MS = 1000

export type Presence = { leave(): Promise<void> }

/** Joins the workers of this database; the first to come hands back what those before it left. */
export async function joinWorkers(jobs: Jobs, log: Log): Promise<Presence> {
  let client: pg.Client | undefined
  let left = false

  async function enter(isFirstTime: boolean) {
    const entering = new pg.Client({ connectionString: jobs.url, application_name: 'souk worker', keepAlive: true })
    entering.on('error', () => {})
    await entering.connect()
    try {
      if (isFirstTime && (await tryLockAlone(entering))) {
        await handBackLeftJobs(jobs, entering, log)
        await entering.query('select pg_advisory_lock_shared($1)', [LOCK_KEY])
        await entering.query('select pg_advisory_unlock($1)', [LOCK_KEY])
      } else await entering.query('select pg_advisory_lock_shared($1)', [LOCK_KEY])
    } catch (error) {
      await entering.end().catch(() => {})
      throw error
    }
    if (left) return entering.end()
    client = entering
    entering.once('end', comeBackLater)
  }

  // The database was away. A worker that starts before this one is back takes its jobs for left: they are done twice,
  // as any job may be.
  function comeBackLater() {
    client = undefined
    if (!left) setTimeout(() => left || enter(false).catch(comeBackLater), COME_BACK_AFTER_MS).unref()
  }

  await enter(true)
  return {
    leave: async () => {
      left = true
      await client?.end().catch(() => {})
    },
  }
}

async function tryLockAlone(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [LOCK_KEY])
  return rows[0]!.alone
}

/** It counts as a failed try, with a wait from the second on: a job that kills its worker does not do so for ever. */
async function handBackLeftJobs(jobs: Jobs, client: pg.Client, log: Log): Promise<void> {
  const left = await findActiveJobs(client)
  for (const { queue, ids } of left) {
    await jobs.boss.fail(queue, ids, { message: 'the worker of this job was killed' })
    await skipFirstWait(client, ids)
  }
  const count = left.reduce((sum, { ids }) => sum + ids.length, 0)
  if (count > 0) log.info({ jobs: count }, 'jobs of a worker that was killed are tried again')
}
