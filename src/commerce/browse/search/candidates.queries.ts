/** The products that a search may show first, best kind first, and those after them. Only a bounded number is ranked. */
import type { Db } from '#platform/database'
import type { Criteria } from '../product-filter.ts'
import { once, runText } from '../run-text.ts'
import { type Bind, bindCriteria, SHELVES, unseen, type Window } from '../selection.queries.ts'
import type { Candidate } from './rank.ts'

/** So many are ranked; what comes after them stands by its merit. */
export const CANDIDATES_MAX = 120
const NAMES_MAX = 30
/** So many names are looked at for those that pass the filters. */
const NAMES_SEEN = 200

export type Wanted = {
  /** What is found, and what passes. */
  criteria: Criteria
  /** What was typed in plain words. */
  plain: string
  /** Each for `words @@`, the best kind of finding first; whatever else is found comes after them. */
  tiers: string[]
  /** These before all others, if they pass the filters. */
  firstIds: number[]
  /** Where not all units must be found: a tsquery for each. */
  units: string[] | undefined
}

/**
 * Tier by tier, and of each shelf by shelf, until there are enough: the database begins none of
 * these before the ones before it came to their end. So what is read does not grow with the number of products that match.
 */
export async function findCandidates(
  db: Db,
  { criteria, plain, tiers, firstIds, units }: Wanted,
): Promise<Candidate[]> {
  const values: unknown[] = []
  const bind: Bind = (value) => `$${values.push(value)}`
  const { words, ...others } = criteria
  const hasSigns = Boolean(words?.literals?.length)
  // The database takes no value that its text does not use.
  const passes = firstIds.length > 0 || (tiers.length > 0 && !hasSigns) ? bindCriteria(others, bind) : ''
  const matches = bindCriteria(criteria, bind, false)
  // What is in a tier matches, too; only signs have to be looked at.
  const passesTier = hasSigns ? matches : passes
  const tierQueries = tiers.map((tier) => `document.words @@ ${unseen(bind(tier))}`)
  const parts = [
    ...(firstIds.length > 0
      ? [
          `(select ${COLUMNS} from browse.documents document where ${passes} and document.product_id = any(${bind(firstIds)}::bigint[]))`,
        ]
      : []),
    ...(plain ? [named(matches, bind(plain))] : []),
    ...tierQueries.flatMap((query, at) => shelves(`${passesTier} and ${query}`, tierQueries[at - 1])),
    ...shelves(matches, tierQueries.at(-1)),
  ]
  const found = units
    ? `array(select document.words @@ unit from unnest(${bind(units)}::tsquery[]) unit)`
    : 'null::boolean[]'
  const text = `
    select document.product_id as id, document.name_key as name, document.brand_id as "brandId", document.merit,
      browse.plain(array_to_string(document.tags, ' ')) as tags, ${found} as found,
      (select to_json(path) from catalog.categories category where category.id = document.category_id) as path
    from (${parts.join(' union all ')} limit ${CANDIDATES_MAX}) document`
  const isUsual = Object.keys(others).length === 0 && !words?.numbered.length && !hasSigns
  return runText<Candidate>(db, isUsual ? text : once(text), values)
}

const COLUMNS = `document.product_id, document.name_key, document.tags, document.brand_id, document.category_id,
  document.merit, document.words`

/** To sort by a sum keeps the planner from walking along the merits in search of what may be nowhere. */
const shelves = (conditions: string, before: string | undefined) =>
  SHELVES.map(
    (shelf) => `(
      select ${COLUMNS} from browse.documents document
      where ${conditions} and document.shelf = ${shelf}${before ? ` and not ${before}` : ''}
      order by document.merit + 0 desc, document.product_id desc limit ${CANDIDATES_MAX})`,
  )

/** Those with the name that was typed, and those whose name begins so. */
const named = (conditions: string, plain: string) => `(
  select ${COLUMNS} from (
    select * from browse.documents where is_active and name_key >= ${plain} and name_key < ${plain} || chr(1114111)
    order by name_key, product_id limit ${NAMES_SEEN}
  ) document where ${conditions} order by document.name_key, document.product_id limit ${NAMES_MAX})`

/** Up to so many, all that match are put in order; of more, the best are looked for along the merits. */
const SORTED_MAX = 20_000

/** What comes after those that were ranked; `count` is how many match. */
export async function findOthers(
  db: Db,
  criteria: Criteria,
  { ranked, count }: { ranked: number[]; count: number },
  { limit, offset }: Window,
): Promise<number[]> {
  const values: unknown[] = []
  const bind: Bind = (value) => `$${values.push(value)}`
  const areFew = count <= SORTED_MAX
  const text = `
    select document.product_id as id from browse.documents document
    where ${bindCriteria(criteria, bind, !areFew)} and document.product_id <> all(${bind(ranked)}::bigint[])
    order by document.merit${areFew ? ' + 0' : ''} desc, document.product_id desc
    limit ${bind(limit)}::bigint offset ${bind(offset)}::bigint`
  const rows = await runText<{ id: number }>(db, once(text), values)
  return rows.map(({ id }) => id)
}

/** Which of these match. */
export async function findMatching(db: Db, criteria: Criteria, ids: number[]): Promise<number[]> {
  const values: unknown[] = []
  const bind = (value: unknown) => `$${values.push(value)}`
  const text = `select document.product_id as id from browse.documents document
    where ${bindCriteria(criteria, bind)} and document.product_id = any(${bind(ids)}::bigint[])`
  const rows = await runText<{ id: number }>(db, once(text), values)
  return rows.map(({ id }) => id)
}
