/** What staff wants to stand first, or last, where it is asked for. */
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database'
import { runText } from '../run-text.ts'
import type { Window } from '../selection.queries.ts'

export type SearchRule = {
  id: number
  query: string
  /** At their places, from 1. */
  pinned: { productId: number; place: number }[]
  buriedIds: number[]
  createdAt: Date
}
export type RuleTraits = Omit<SearchRule, 'id' | 'createdAt'>
/** What is typed in plain words, and what the rule for it says: nothing where there is none. */
export type PlacedRule = { plain: string; pinnedIds: number[]; places: number[]; buriedIds: number[] }

/** One statement. */
export async function findRule(db: Db, typed: string): Promise<PlacedRule> {
  const rows = await runText<PlacedRule>(db, RULE, [typed])
  return rows[0]!
}

const RULE = `
  select asked.plain, coalesce(to_json(rule.pinned_ids), '[]') as "pinnedIds", coalesce(to_json(rule.places), '[]') as places,
    coalesce(to_json(rule.buried_ids), '[]') as "buriedIds"
  from (select browse.plain($1) as plain) asked left join browse.rules rule on rule.plain = asked.plain`

const COLUMNS = sql`
  id, query, to_json(buried_ids) as buried_ids, created_at,
  (select coalesce(json_agg(json_build_object('productId', pin.id, 'place', pin.place) order by pin.place), '[]')
    from unnest(pinned_ids, places) pin (id, place)) as pinned`

export async function listRules(db: Db, { limit, offset }: Window): Promise<{ rows: SearchRule[]; count: number }> {
  const { rows } = await sql<SearchRule & { count: number }>`
    select ${COLUMNS}, count(*) over () as count from browse.rules order by id limit ${limit} offset ${offset}`.execute(
    db,
  )
  if (rows.length > 0 || offset === 0)
    return { rows: rows.map(({ count: _, ...rule }) => rule), count: rows[0]?.count ?? 0 }
  const { rows: counted } = await sql<{ count: number }>`select count(*) as count from browse.rules`.execute(db)
  return { rows: [], count: counted[0]!.count }
}

export async function findRuleById(db: Db, id: number): Promise<SearchRule | undefined> {
  const { rows } = await sql<SearchRule>`select ${COLUMNS} from browse.rules where id = ${id}`.execute(db)
  return rows[0]
}

/** Undefined where there is a rule for this query. */
export async function insertRule(tx: Tx, rule: RuleTraits, now: Date): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    insert into browse.rules (query, plain, pinned_ids, places, buried_ids, created_at)
    values (${rule.query}, browse.plain(${rule.query}), ${rule.pinned.map(({ productId }) => productId)}::bigint[],
      ${rule.pinned.map(({ place }) => place)}::int[], ${rule.buriedIds}::bigint[], ${now})
    on conflict (plain) do nothing returning id`.execute(tx)
  return rows[0]?.id
}

export async function updateRule(tx: Tx, id: number, rule: RuleTraits): Promise<void> {
  await sql`
    update browse.rules set query = ${rule.query}, plain = browse.plain(${rule.query}),
      pinned_ids = ${rule.pinned.map(({ productId }) => productId)}::bigint[],
      places = ${rule.pinned.map(({ place }) => place)}::int[], buried_ids = ${rule.buriedIds}::bigint[]
    where id = ${id}`.execute(tx)
}

/** Whether there was one. */
export async function deleteRule(tx: Tx, id: number): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from browse.rules where id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}

/** Whether anything is left of the query in plain words; whether another rule has it; and which of these products there are. */
export async function examineRule(
  tx: Tx,
  query: string,
  productIds: number[],
  except: number | null,
): Promise<{ isBlank: boolean; isTaken: boolean; knownIds: number[] }> {
  const { rows } = await sql<{ isBlank: boolean; isTaken: boolean; knownIds: number[] }>`
    select browse.plain(${query}) = '' as is_blank,
      exists (select from browse.rules where plain = browse.plain(${query}) and id is distinct from ${except}::bigint) as is_taken,
      (select coalesce(json_agg(id), '[]') from catalog.products
        where id = any(${productIds}::bigint[]) and removed_at is null) as known_ids`.execute(tx)
  return rows[0]!
}
