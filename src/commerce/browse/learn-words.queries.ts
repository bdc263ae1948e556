import { sql } from 'kysely'
import type { Tx } from '#platform/database'

/** Longer ones are no words; the trigger of the documents sees to them. */
const LENGTH_MAX = 100

/**
 * Puts the words of texts among those that searches know, before products of these texts come in a long transaction:
 * whoever writes a product with one of them meanwhile would wait for its end. Words that none uses are swept later.
 * Those that are known are left to the primary key: asked for by a join, they are looked up in the index of likeness, in milliseconds each.
 */
export async function learnWords(tx: Tx, texts: string[]): Promise<void> {
  await sql`
    insert into browse.terms (term, stem)
    select word, browse.stem(word) from (
      select distinct word from unnest(${texts}::text[]) text, string_to_table(browse.plain(text), ' ') word
      where length(word) between 1 and ${LENGTH_MAX}
    ) used
    order by word
    on conflict do nothing`.execute(tx)
}
