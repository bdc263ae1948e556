import pg from 'pg'

/** The processes of the database that work for Souk; not those of the run itself. */
export async function findBackends(url: string): Promise<number[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity
      where datname = current_database() and backend_type = 'client backend' and application_name <> $1
        and pid <> pg_backend_pid()`,
      [RUN_ITSELF],
    )
    return rows.map(({ pid }) => pid)
  } finally {
    await client.end()
  }
}

/** What connections of the run are called. */
export const RUN_ITSELF = 'souk-bench'
