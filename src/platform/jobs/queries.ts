import type pg from 'pg'

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
