/** What may be meant by the beginning of a search. Each part looks at a bounded number of rows, however short the beginning. */
import type { Db } from '#platform/database'
import { runText } from '../run-text.ts'
import { SHELVES, unseen } from '../selection.queries.ts'

export type Named = { id: number; name: string; slug: string }
export type Suggested = {
  /** Products whose name begins so, then those with such words in it. */
  products: Named[]
  brands: Named[]
  categories: Named[]
  /** What many asked for. */
  queries: string[]
}

const END = 'chr(1114111)'
/** The best products are looked through first; of the rest, so many names in order of the alphabet. */
const BEST_SEEN = 500
const NAMES_SEEN = 50
const LIST_MAX = 20

/**
 * `tsquery` finds the names that have these words, whatever they begin with; an empty one finds none. With `isShort` only the
 * best products are asked for it, since too many words begin with a letter or two.
 */
export async function findSuggestions(db: Db, plain: string, tsquery: string, isShort: boolean): Promise<Suggested> {
  const rows = await runText<Suggested>(db, isShort ? SHORT : LONG, [plain, tsquery])
  return rows[0]!
}

const PRODUCT = 'document.product_id, document.name_key, document.merit, document.words'
const BEST = `(select ${PRODUCT} from browse.documents document where is_active order by merit desc, product_id desc limit ${BEST_SEEN})`
const BEGUN = `name_key >= $1 and name_key < $1 || ${END}`

/** Shelf by shelf, until there are enough. */
const shelf = (number: number) => `(
  select ${PRODUCT} from browse.documents document
  where is_active and shelf = ${number} and words @@ ${unseen('$2')}
  order by merit + 0 desc, product_id desc limit ${LIST_MAX})`
const onShelves = `(${SHELVES.map(shelf).join(' union all ')} limit ${LIST_MAX})`
const amongBest = `(select * from ${BEST} document where words @@ ${unseen('$2')} order by merit desc, product_id desc limit ${LIST_MAX})`
const withWords = (isShort: boolean) => `
  select document.product_id, 2 as place, document.merit from ${isShort ? amongBest : onShelves} document`

const named = (table: string, kind: string) => `
  select coalesce(json_agg(json_build_object('id', named.id, 'name', named.name, 'slug', named.slug) order by named.place, named.name), '[]')
  from (
    select distinct on (named.id) named.id, named.name, named.slug, (browse.plain(named.name) like $1 || '%')::int * -1 as place
    from (
      select lexeme from browse.name_words where word >= $1 and word < $1 || ${END} and lexeme like '${kind}:%' order by word limit 100
    ) found join catalog.${table} named on named.id = substr(found.lexeme, 3)::bigint and named.is_active
    union
    select named.id, named.name, named.slug, -1 from (
      select lexeme, count(distinct word) as words from browse.name_words
      where word = any(string_to_array($1, ' ')) and lexeme like '${kind}:%' group by lexeme limit 100
    ) found join catalog.${table} named on named.id = substr(found.lexeme, 3)::bigint and named.is_active
    where browse.plain(named.name) like $1 || '%'
    limit ${LIST_MAX}
  ) named`

const text = (isShort: boolean) => `
  select
    (
      select coalesce(json_agg(json_build_object('id', product.id, 'name', product.name, 'slug', product.slug)
        order by found.place, found.merit desc, product.id desc), '[]')
      from (
        select product_id, min(place) as place, max(merit) as merit from (
          (select product_id, 1 as place, merit from ${BEST} document where ${BEGUN} limit ${LIST_MAX})
          union all
          (select product_id, 1, merit from browse.documents where is_active and ${BEGUN} order by name_key, product_id limit ${NAMES_SEEN})
          union all (${withWords(isShort)})
        ) each group by product_id order by min(place), max(merit) desc, product_id desc limit ${LIST_MAX}
      ) found join catalog.products product on product.id = found.product_id
    ) as products,
    (${named('brands', 'b')}) as brands,
    (${named('categories', 'c')}) as categories,
    (
      select coalesce(json_agg(asked.query order by asked.times desc), '[]') from (
        select query, times from (
          select query, times from browse.queries
          where users >= 3 and results > 0 and ${BEGUN.replaceAll('name_key', 'plain')} order by plain limit 100
        ) begun order by times desc limit 5
      ) asked
    ) as queries`
const SHORT = text(true)
const LONG = text(false)

/** Words that begin as this one does, to be looked through for what a misspelt beginning may mean. */
export async function findBegunWords(db: Db, beginnings: string[]): Promise<string[]> {
  const rows = await runText<{ term: string }>(db, BEGUN_WORDS, [beginnings])
  return rows.map(({ term }) => term)
}

const BEGUN_WORDS = `
  select distinct found.term from unnest($1::text[]) beginning, lateral (
    select term from browse.terms where term >= beginning and term < beginning || ${END} order by term limit 1000
  ) found`

/** A text in plain words. */
export async function findPlain(db: Db, typed: string): Promise<string> {
  const rows = await runText<{ plain: string }>(db, 'select browse.plain($1) as plain', [typed])
  return rows[0]!.plain
}
