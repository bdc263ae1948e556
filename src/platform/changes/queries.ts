import { sql } from 'kysely'
import type { Db } from '#platform/database'
import type { Heard } from './heard.ts'
import { toMessages } from './messages.ts'

export const CHANNEL = 'souk_changes'

/** Tells all processes that listen on this database. One statement. */
export async function notifyChanges(db: Db, heard: Heard): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, message) from unnest(${toMessages(heard)}::text[]) message`.execute(db)
}

/** The name by which the server itself knows the database, whatever a pooler in between calls it. */
export async function findDatabaseName(db: Db): Promise<string> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db)
  return rows[0]!.name
}
