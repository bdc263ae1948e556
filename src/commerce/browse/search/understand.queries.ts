/** What words may mean: only the vocabulary and the names of brands and categories are looked at, never the products. */
import type { Db } from '#platform/database'
import { once, runText } from '../run-text.ts'

/** A word of the name of a brand or a category, and how documents hold that one: b:7, c:3. */
export type NameWord = { word: string; lexeme: string }
/** What the vocabulary knows of a word that was typed. */
export type WordFacts = {
  word: string
  /** Whether it is a word of a product or a name, as it is. */
  isKnown: boolean
  /** Other words of the same stem. */
  forms: string[]
  /** Longer words that begin with it; null where there are too many to name. */
  begun: string[] | null
  /** Words that it is a part of, beyond their beginning. */
  parts: string[]
  /** Words that may be meant, some of them further off than an edit or two. */
  near: string[]
  /** Where it falls into two words: after so many letters. */
  splits: number[]
  /** Whether it and the next one are one word elsewhere. */
  joins: boolean
  names: NameWord[]
  /** Other ways to say it, or to say it together with the words after it, in plain form, with the forms of a single word. */
  synonyms: { words: number; plain: string; forms: string[] }[]
}

const WORDS_MAX = 10
/** Of a part of a word there may be many words; of the further ones only those that begin with it are found. */
const PARTS_MAX = 50
const BEGUN_MAX = 50
/** Of brands and categories: a word that stands in the names of more of them tells none from the other. */
const NAMES_MAX = 60
/** They are sorted out by whoever asks. */
const NEAR_MAX = 400

/** The words typed, in their order; `doubts` looks for what may be meant by words that are known, too. One statement. */
export function findWordFacts(db: Db, typed: string, doubts: boolean): Promise<WordFacts[]> {
  return runText<WordFacts>(db, FACTS, [typed, doubts])
}

/** Beyond every letter: the end of what begins with a word. */
const END = `chr(1114111)`

const FACTS = `
  with typed as materialized (
    select word, place, browse.stem(word) as stem, lead(word) over (order by place) as next,
      lead(word, 2) over (order by place) as after_next
    from unnest(string_to_array(browse.plain($1), ' ')) with ordinality as part (word, place)
    where word <> '' order by place limit ${WORDS_MAX}
  ), facts as materialized (
    select typed.*, exists (select from browse.terms where term = typed.word) as is_known,
      array(select term from browse.terms where stem = typed.stem and term <> typed.word limit 20) as forms,
      case when length(typed.word) >= 3 and typed.word !~ '^[0-9]+$' then array(
        select term from browse.terms where term like '_%' || typed.word || '%' limit ${PARTS_MAX}) else '{}' end as parts,
      array(
        select i from (select i from generate_series(1, least(length(typed.word), 30) - 1) i limit 30) cut
        where length(typed.word) >= 5
          and (select true from browse.terms where term = left(typed.word, i))
          and (select true from browse.terms where term = substr(typed.word, i + 1))
      ) as splits,
      typed.next is not null and exists (select from browse.terms where term = typed.word || typed.next) as joins
    from typed
  ), begun as materialized (
    select facts.*, array(
      select term from browse.terms where length(facts.word) >= 2 and term > facts.word and term < facts.word || ${END}
      order by term limit ${BEGUN_MAX} + 1) as begun
    from facts
  ), meant as materialized (
    select begun.*, case when length(word) >= 4 and ($2::boolean or not is_known and cardinality(forms) = 0) then array(
        select term from browse.terms
        where browse.misspellings(term) && browse.misspellings(begun.word)
          and abs(length(term) - length(begun.word)) <= 2 and term <> begun.word
        limit ${NEAR_MAX}) else '{}' end as near
    from begun
  )
  select word, is_known as "isKnown", forms, case when cardinality(begun) <= ${BEGUN_MAX} then begun end as begun, parts, splits, joins, near,
    (
      select coalesce(json_agg(json_build_object('word', name.word, 'lexeme', name.lexeme)), '[]') from (
        select word, lexeme from browse.name_words
        where stem = meant.stem or word = any(meant.forms || meant.parts || meant.near)
          or (length(meant.word) >= 2 and word >= meant.word and word < meant.word || ${END})
        order by stem = meant.stem desc, word, lexeme limit ${NAMES_MAX}
      ) name
    ) as names,
    (
      select coalesce(json_agg(json_build_object('words', said.words, 'plain', other.plain, 'forms',
        array(select term from browse.terms where stem = browse.stem(other.plain) and term <> other.plain limit 20))), '[]')
      from (values (1, meant.word), (2, meant.word || ' ' || meant.next), (3, meant.word || ' ' || meant.next || ' ' || meant.after_next))
        said (words, plain)
      join browse.synonym_words mine on mine.plain = said.plain or (said.words = 1 and mine.stem = meant.stem)
      join browse.synonyms synonym on synonym.id = mine.synonym_id and (not synonym.is_one_way or mine.place = 1)
      join browse.synonym_words other on other.synonym_id = synonym.id and other.place <> mine.place
    ) as synonyms
  from meant order by place`

export type ArticleNumbers = { token: string; productIds: number[]; isWhole: boolean }

/**
 * Active products with an article whose number is one of these, or begins with it; `isWhole` where it is the number. The
 * blank-separated parts of what was typed in lower case, and the whole of it. One statement.
 */
export function findArticleNumbers(db: Db, tokens: string[]): Promise<ArticleNumbers[]> {
  return runText<ArticleNumbers>(db, once(NUMBERS), [tokens])
}

const NUMBERS = `
  select token, json_agg(distinct found.product_id) as "productIds", bool_or(found.is_whole) as "isWhole"
  from unnest($1::text[]) token, lateral (
    select product_id, lower(sku) = token as is_whole from catalog.variants
    where removed_at is null and lower(sku) ~>=~ token and lower(sku) ~<~ (token || ${END})
    order by lower(sku) using ~<~ limit 100
  ) found
  where length(token) >= 3
  group by token`

/** A blank-separated part of what was typed: as it is, in lower case without accents; its words; and the signs in it. */
export type LiteralFacts = {
  literal: string
  signs: string[]
  /** With all words that have it in them; without those that begin with it where there are too many to name. */
  words: { word: string; terms: string[]; isCut: boolean }[]
}

/** So many words may have one word in them; of one of a letter or two there are more. */
const HOLDING_MAX = 300

/** What stands in the vocabulary that has the words typed in it. One statement. */
export function findLiteralFacts(db: Db, tokens: string[]): Promise<LiteralFacts[]> {
  return runText<LiteralFacts>(db, once(LITERALS), [tokens])
}

const LITERALS = `
  select lower(unaccent(typed.token)) as literal,
    to_json(array(select distinct sign from unnest(string_to_array(regexp_replace(typed.token, '[[:alnum:][:space:]]+', '', 'g'), null)) sign)) as signs,
    (
      select coalesce(json_agg(json_build_object('word', part.word, 'terms', holding.terms,
        'isCut', cardinality(holding.terms) = ${HOLDING_MAX})), '[]')
      from unnest(string_to_array(browse.plain(typed.token), ' ')) part (word), lateral (
        select array(select term from browse.terms where term like '%' || part.word || '%' limit ${HOLDING_MAX}) as terms
      ) holding where part.word <> ''
    ) as words
  from unnest($1::text[]) with ordinality typed (token, place) order by typed.place`
