import pg from 'pg'

/** Any number, but always this one. */
const LOCK_KEY = 7_685_002

/**
 * On the embedded database there is one server at a time: the place belongs to whoever holds this lock, which goes
 * with its connection, so a killed server leaves nothing behind. Several nodes share a database of their own choice freely.
 */
export async function claimToServe(url: string, configured: string): Promise<void> {
  if (!configured.startsWith('embedded:')) return
  const client = new pg.Client({ connectionString: url, keepAlive: true })
  client.on('error', () => {})
  await client.connect()
  // A server that was killed this moment may need another for its connection to be noticed.
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    const { rows } = await client.query<{ claimed: boolean }>('select pg_try_advisory_lock($1) as claimed', [LOCK_KEY])
    if (rows[0]?.claimed) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await client.end()
  throw new Error(
    `Souk is already being served on the data in ${configured.replace('embedded://', '')}. Stop that one first, or set DATABASE_URL to another place.`,
  )
}
