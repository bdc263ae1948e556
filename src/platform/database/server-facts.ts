import { sql } from 'kysely'
import type { Db } from './connection.ts'

/** What the database is: its version, as 150004 for 15.4, and how many connections it takes. */
export async function readServerFacts(db: Db): Promise<{ version: number; connectionsMax: number }> {
  const { rows } = await sql<{ version: number; connectionsMax: number }>`
    select current_setting('server_version_num')::int as version, current_setting('max_connections')::int as connections_max`.execute(
    db,
  )
  return rows[0]!
}
