/** What words may mean: only the vocabulary, the brands and the categories are looked at, never the products. */
import type { Db } from '#platform/database'
import { once, runText } from '../run-text.ts'
import { type Meaning, plainWords } from './understood.ts'

/** Of a part of a word there may be many words; of the further ones only those that begin with it are found. */
const TERMS_MAX = 50
const ALIKE_MAX = 5

/** The words typed, in their order, each with its meanings. One statement. */
export async function findMeanings(db: Db, typed: string): Promise<Meaning[]> {
  const rows = await runText<Meaning & { place: number }>(db, MEANINGS, [typed])
  const byWord = new Map(rows.map((row) => [row.word, row]))
  return plainWords(rows.map(({ word }) => word).join(' ')).map((word) => byWord.get(word)!)
}

const named = (table: 'brands' | 'categories') => `array(
    select named.id from catalog.${table} named
    where named.is_active and (
      ' ' || browse.plain(named.name) like '% ' || typed.word || '%'
      or exists (select from unnest(string_to_array(browse.plain(named.name), ' ')) part where browse.stem(part) = typed.stem)
    )
    order by named.id limit ${TERMS_MAX})`

const MEANINGS = `
  select typed.word, typed.place,
    array(
      (select term from browse.terms where stem = typed.stem and term <> typed.word limit ${TERMS_MAX})
      union
      (select term from browse.terms where length(typed.word) >= 3 and term like '_%' || typed.word || '%' limit ${TERMS_MAX})
    ) as terms,
    ${named('brands')} as "brandIds", ${named('categories')} as "categoryIds",
    array(
      select term from browse.terms
      where length(typed.word) >= 4 and term % typed.word and abs(length(term) - length(typed.word)) <= 2
      order by similarity(term, typed.word) desc, term limit ${ALIKE_MAX}
    ) as alike
  from (
    select word, min(place) as place, browse.stem(word) as stem
    from unnest(string_to_array(browse.plain($1), ' ')) with ordinality as part (word, place)
    where word <> '' group by word order by min(place) limit 10
  ) typed
  order by typed.place`

/** Active products with an article of this number, or one that begins with it. One statement. */
export async function findProductsBySku(db: Db, sku: string): Promise<number[]> {
  const rows = await runText<{ id: number }>(db, once(BY_SKU), [sku.toLowerCase().replace(/[\\%_]/g, '\\$&')])
  return rows.map(({ id }) => id)
}

const BY_SKU = `
  select distinct variant.product_id as id from catalog.variants variant
  where length($1) >= 3 and lower(variant.sku) like $1 || '%' limit 100`
