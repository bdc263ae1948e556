import type { Db } from '#platform/database'
import {
  type ArticleNumbers,
  findArticleNumbers,
  findLiteralFacts,
  findWordFacts,
  type LiteralFacts,
} from './understand.queries.ts'
import { type Alternative, type Match, toTsquery, toUnits, type Unit } from './understood.ts'

/** What was typed, as the catalogue understands it. */
export type Understood = {
  units: Unit[]
  match: Match
  /** With an article of exactly this number. */
  numberedIds: number[]
}

/**
 * What was typed, as the catalogue understands it: other forms of each word, synonyms, words that it is a part of, brands and
 * categories of that name, what may be meant by a word that nobody knows, and article numbers (NX-104, V1-405). Two statements.
 * `doubts` takes words that are known for misspelt, too.
 */
export async function understand(db: Db, typed: string, doubts = false): Promise<Understood> {
  const tokens = typed.toLowerCase().split(/\s+/).filter(Boolean).slice(0, TOKENS_MAX)
  const whole = [tokens.join(' '), tokens.join('-'), tokens.join('')]
  const [facts, numbers] = await Promise.all([
    findWordFacts(db, typed, doubts),
    findArticleNumbers(db, [...new Set([...whole, ...tokens])]),
  ])
  const units = toUnits(facts)
  const ofWhole = numbers.filter(({ token }) => whole.includes(token))
  return {
    units,
    numberedIds: ofWhole.filter(({ isWhole }) => isWhole).flatMap(({ productIds }) => productIds),
    match: {
      tsquery: toTsquery(units),
      productIds: [...new Set(ofWhole.flatMap(({ productIds }) => productIds))],
      numbered: tokens.length > 1 ? toNumbered(tokens, numbers, units) : [],
    },
  }
}

/**
 * The same, taken literally (SF-245, SF-256): each word as it is typed, with its signs, in name, tags or description, if only as a
 * part of a word; or an article number. Two statements.
 */
export async function understandLiterally(db: Db, typed: string): Promise<Understood> {
  const tokens = [...new Set(typed.toLowerCase().split(/\s+/).filter(Boolean))].slice(0, TOKENS_MAX)
  const whole = typed.trim().toLowerCase()
  const [facts, numbers] = await Promise.all([findLiteralFacts(db, tokens), findArticleNumbers(db, [whole])])
  const units = facts.flatMap(({ words }) => words.map(toLiteralUnit))
  const signs = facts.flatMap((fact) => fact.signs.map((sign) => `'s:${sign.replace(/['\\]/g, '$&$&')}'`))
  return {
    units,
    numberedIds: numbers.filter(({ isWhole }) => isWhole).flatMap(({ productIds }) => productIds),
    match: {
      tsquery: [...(units.length > 0 ? [toTsquery(units)] : []), ...signs].join(' & '),
      productIds: numbers.flatMap(({ productIds }) => productIds),
      numbered: [],
      literals: facts.filter(needsReading).map(({ literal }) => literal),
    },
  }
}

/** A word alone is found in the index; what has signs in it must be read. */
const needsReading = ({ signs, words }: LiteralFacts) => signs.length > 0 || words.length !== 1

function toLiteralUnit({ word, terms, isCut }: LiteralFacts['words'][number]): Unit {
  const longer = terms.filter((term) => term !== word)
  const begins: Alternative = { words: [word], grade: 'beginning', isBeginning: true }
  const alternatives: Alternative[] = [
    { words: [word], grade: 'exact' },
    ...(isCut ? [begins] : []),
    ...longer.map((term): Alternative => ({ words: [term], grade: term.startsWith(word) ? 'beginning' : 'part' })),
  ]
  return { meanings: [{ word, alternatives, names: new Map() }], whole: [] }
}

const TOKENS_MAX = 10

/** An article number among other words: its products that have the others, too. */
function toNumbered(tokens: string[], numbers: ArticleNumbers[], units: Unit[]): Match['numbered'] {
  const counts = tokens.map(countWords)
  const typed = units.flatMap(({ meanings }) => meanings)
  if (counts.reduce((sum, count) => sum + count, 0) !== typed.length) return []
  return numbers.flatMap(({ token, productIds }) => {
    const at = tokens.indexOf(token)
    if (at === -1) return []
    const from = counts.slice(0, at).reduce((sum, count) => sum + count, 0)
    const others = typed.toSpliced(from, counts[at]!)
    if (others.length === 0) return []
    return [{ productIds, tsquery: toTsquery(others.map((meaning) => ({ meanings: [meaning], whole: [] }))) }]
  })
}

const countWords = (token: string) =>
  token
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean).length
