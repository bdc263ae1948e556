import { sql } from 'kysely'
import type pg from 'pg'
import type { Db } from '#platform/database'

/** The jobs that some worker has taken and not yet ended, by queue; pg-boss sees to its own. */
export async function findActiveJobs(client: pg.Client): Promise<{ queue: string; ids: string[] }[]> {
  const { rows } = await client.query<{ queue: string; ids: string[] }>(
    `select name as queue, array_agg(id::text) as ids from jobs.job
     where state = 'active' and not starts_with(name, '__pgboss') group by name`,
  )
  return rows
}

/** Lets jobs that failed once be tried at once; those that failed before wait as long as they have to. */
export async function skipFirstWait(client: pg.Client, ids: string[]): Promise<void> {
  await client.query(
    `update jobs.job set start_after = now() where id = any($1) and state = 'retry' and retry_count = 0`,
    [ids],
  )
}

export type QueueDepth = {
  queue: string
  /** Jobs that nobody has begun yet, those that are to be tried again later included. */
  waiting: number
  /** How long the first of those that are due has waited, in seconds. */
  oldestSeconds: number
}

/** What waits, by queue; a queue without jobs is not in it. The dead stand in a queue of their own. */
export async function countWaitingJobs(db: Db): Promise<QueueDepth[]> {
  const { rows } = await sql<QueueDepth>`
    select name as queue, count(*)::int as waiting,
      coalesce(greatest(0, extract(epoch from now() - min(start_after) filter (where start_after <= now()))), 0)::float8 as oldest_seconds
    from jobs.job where state < 'active' and not blocked and not starts_with(name, '__pgboss')
    group by name order by name`.execute(db)
  return rows
}
