/** Makes a request slow: whoever wants the table waits until it is let go. */
import pg from 'pg'

export type HeldTable = {
  /** How many wait for it. */
  waiting(): Promise<number>
  letGo(): Promise<void>
}

/** Locks a table against everybody, on a connection of its own. */
export async function holdTable(databaseUrl: string, table: string): Promise<HeldTable> {
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => {})
  await client.connect()
  await client.query('begin')
  await client.query(`lock table ${table} in access exclusive mode`)
  return {
    waiting: async () => {
      const { rows } = await client.query<{ count: number }>(
        `select count(*)::int as count from pg_locks where not granted and relation = '${table}'::regclass`,
      )
      return rows[0]!.count
    },
    letGo: async () => {
      await client.query('commit')
      await client.end()
    },
  }
}
