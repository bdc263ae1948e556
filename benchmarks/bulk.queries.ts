/** Filling large tables in a time that somebody waits for. */
import type pg from 'pg'

/**
 * Runs `work` without triggers, checks of references and the indexes that no constraint needs, and makes those anew
 * afterwards: whatever triggers would have written is for `work` to write. Needs a superuser.
 */
export async function withoutUpkeep(client: pg.Client, schemas: string[], work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index join pg_class on pg_class.oid = indrelid
    where relnamespace::regnamespace::text = any($1) and not exists (select from pg_constraint where conindid = indexrelid)
    order by 1`,
    [schemas],
  )
  await client.query(
    `set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '512MB'`,
  )
  await client.query(`drop index ${rows.map(({ name }) => name)}`)
  await work()
  for (const { definition } of rows) await client.query(definition)
  await client.query('reset session_replication_role; reset synchronous_commit; reset maintenance_work_mem')
}
