import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { runText } from '../run-text.ts'

/** `isOfMeaning`: among the news is what may give words another meaning. */
export type News = { isNews: boolean; isOfMeaning: boolean; asOf: string }

/**
 * Whether a transaction that was not yet seen at `since` has changed what searches read, and what is seen now. A change that is
 * committed is seen here, whichever process made it. One statement.
 */
export async function findNews(db: Db, since: string | null): Promise<News> {
  const rows = await runText<News>(db, NEWS, [since])
  return rows[0]!
}

const NEWS = `
  select pg_current_snapshot()::text as "asOf", $1::text is null or count(*) > 0 as "isNews",
    $1::text is null or coalesce(bool_or(is_of_meaning), false) as "isOfMeaning"
  from browse.changes
  where xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::pg_snapshot)`

/** Forgets changes from before this moment: nobody keeps answers that long. */
export async function deleteChanges(tx: Tx, before: Date): Promise<void> {
  await sql`delete from browse.changes where noted_at < ${before}`.execute(tx)
}

/** Words that no document has any more go, and words that only a document has come. */
export async function sweepTerms(tx: Tx): Promise<void> {
  await sql`
    with used as materialized (
      select word from ts_stat('select words from browse.documents') where word not like '_:%'
      union select word from browse.name_words
    ), gone as (
      delete from browse.terms where not exists (select from used where used.word = term)
    )
    insert into browse.terms (term, stem)
    select word, browse.stem(word) from used where not exists (select from browse.terms where term = word)
    order by word
    on conflict do nothing`.execute(tx)
}
