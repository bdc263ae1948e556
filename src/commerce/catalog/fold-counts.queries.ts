import { sql } from 'kysely'
import type { Tx } from '#platform/database'

/** Only what several rows say is said anew. Of two folds at once the second finds the rows gone. */
export async function foldCount(tx: Tx, table: string, key: string): Promise<void> {
  await sql`
    with several as (
      select ${sql.ref(key)} as key from ${sql.table(`catalog.${table}`)} group by ${sql.ref(key)} having count(*) > 1
    ), gone as (
      delete from ${sql.table(`catalog.${table}`)} counted using several
      where counted.${sql.ref(key)} is not distinct from several.key returning counted.*
    )
    insert into ${sql.table(`catalog.${table}`)} (${sql.ref(key)}, products)
    select ${sql.ref(key)}, sum(products) from gone group by ${sql.ref(key)} having sum(products) <> 0`.execute(tx)
}
