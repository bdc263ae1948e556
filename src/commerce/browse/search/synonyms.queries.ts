/** Words that mean the same, as staff enters them. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import type { Window } from '../selection.queries.ts'

export type Synonyms = {
  id: number
  /** Each may be several words. */
  words: string[]
  /** Whether only the first one stands for the others, too. */
  isOneWay: boolean
  createdAt: Date
}
export type SynonymTraits = Omit<Synonyms, 'id' | 'createdAt'>

const COLUMNS = sql`id, words, is_one_way, created_at`

export async function listSynonyms(db: Db, { limit, offset }: Window): Promise<{ rows: Synonyms[]; count: number }> {
  const { rows } = await sql<Synonyms & { count: number }>`
    select ${COLUMNS}, count(*) over () as count from browse.synonyms order by id limit ${limit} offset ${offset}`.execute(
    db,
  )
  if (rows.length > 0 || offset === 0)
    return { rows: rows.map(({ count: _, ...group }) => group), count: rows[0]?.count ?? 0 }
  const { rows: counted } = await sql<{ count: number }>`select count(*) as count from browse.synonyms`.execute(db)
  return { rows: [], count: counted[0]!.count }
}

export async function findSynonyms(db: Db, id: number): Promise<Synonyms | undefined> {
  const { rows } = await sql<Synonyms>`select ${COLUMNS} from browse.synonyms where id = ${id}`.execute(db)
  return rows[0]
}

/** The same words in plain form. */
export async function toPlainWords(db: Db, words: string[]): Promise<string[]> {
  const { rows } = await sql<{ plain: string }>`
    select browse.plain(word) as plain from unnest(${words}::text[]) with ordinality said (word, place) order by place`.execute(
    db,
  )
  return rows.map(({ plain }) => plain)
}

export async function insertSynonyms(tx: Tx, { words, isOneWay }: SynonymTraits, now: Date): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into browse.synonyms (words, is_one_way, created_at) values (${words}::text[], ${isOneWay}, ${now})
    returning id`.execute(tx)
  return rows[0]!.id
}

export async function updateSynonyms(tx: Tx, id: number, { words, isOneWay }: SynonymTraits): Promise<void> {
  await sql`
    update browse.synonyms set words = ${words}::text[], is_one_way = ${isOneWay} where id = ${id}`.execute(tx)
}

/** Writes anew by which words a group is found. */
export async function replaceSynonymWords(tx: Tx, id: number): Promise<void> {
  await sql`delete from browse.synonym_words where synonym_id = ${id}`.execute(tx)
  await sql`
    insert into browse.synonym_words (synonym_id, place, plain, stem)
    select ${id}, place, plain, browse.stem(plain)
    from browse.synonyms, unnest(words) with ordinality said (word, place), browse.plain(word) plain
    where id = ${id}`.execute(tx)
}

/** Whether there was one. */
export async function deleteSynonyms(tx: Tx, id: number): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from browse.synonyms where id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}
