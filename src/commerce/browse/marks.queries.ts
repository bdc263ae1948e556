/** The marks of deep pages, as they are kept. */
import { sql } from 'kysely'
import type { Tx } from '#platform/database'
import { type MarkedOrder, ORDERINGS } from './deep-page.queries.ts'

/** Alone with the marks until the end of the transaction; false while anybody writes documents. */
export async function holdMarks(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('browse.marks')) as held`.execute(tx)
  return rows[0]!.held
}

export async function foldMoves(tx: Tx): Promise<void> {
  await sql`
    with folded as (delete from browse.mark_moves returning mark_id, documents)
    update browse.marks mark set documents = mark.documents + moved.documents
    from (select mark_id, sum(documents) as documents from folded group by mark_id) moved
    where mark.id = moved.mark_id`.execute(tx)
}

/** But for the first of each order, which has no beginning: what comes there later belongs to the stretch before. */
export async function dropEmptyStretches(tx: Tx): Promise<void> {
  await sql`delete from browse.marks where documents = 0 and product_id > 0`.execute(tx)
}

type Stretch = { id: number; ordering: MarkedOrder }

export async function findLongStretch(tx: Tx, documents: number): Promise<Stretch | undefined> {
  const { rows } = await sql<Stretch>`
    select id, ordering from browse.marks where documents > ${documents} order by id limit 1`.execute(tx)
  return rows[0]
}

/** Sets a mark at every `step`th document of a stretch, along the index of its order. */
export async function splitStretch(tx: Tx, { id, ordering }: Stretch, step: number): Promise<void> {
  const { key, number, text, value } = ORDERINGS[ordering]
  await sql`
    with mark as (select * from browse.marks where id = ${id}),
    following as (
      select later.* from browse.marks later, mark
      where later.ordering = mark.ordering and (later.key_number, later.key_text, later.product_id)
        > (mark.key_number, mark.key_text, mark.product_id)
      order by later.key_number, later.key_text, later.product_id limit 1
    ), placed as (
      select document.product_id, ${sql.raw(key)} as key,
        (row_number() over (order by ${sql.raw(key)}, document.product_id) - 1) / ${step}::int as part
      from browse.documents document
      where document.is_active
        and (${sql.raw(key)}, document.product_id) >= (select ${sql.raw(value)}, product_id from mark place)
        and ((select count(*) from following) = 0
          or (${sql.raw(key)}, document.product_id) < (select ${sql.raw(value)}, product_id from following place))
    ), parts as (
      select distinct on (part) part, key, product_id, count(*) over (partition by part) as documents
      from placed order by part, key, product_id
    ), kept as (
      update browse.marks set documents = (select documents from parts where part = 0) where id = ${id}
    )
    insert into browse.marks (ordering, key_number, key_text, product_id, documents)
    select ${ordering}::browse.ordering, ${sql.raw(number)}, ${sql.raw(text)}, product_id, documents
    from parts where part > 0`.execute(tx)
}

/** Writes anew how many stand before each mark, where that has changed. */
export async function placeMarks(tx: Tx): Promise<void> {
  await sql`
    update browse.marks mark set before = counted.before
    from (
      select id, sum(documents) over (partition by ordering order by key_number, key_text, product_id) - documents as before
      from browse.marks
    ) counted where counted.id = mark.id and counted.before <> mark.before`.execute(tx)
}
