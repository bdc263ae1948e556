import type { Db } from '#platform/database'
import { countEdits, editsAllowed } from './edits.ts'
import type { Suggestions, SuggestRequest } from './engine.ts'
import { findBegunWords, findPlain, findSuggestions, type Suggested } from './suggest.queries.ts'
import { understand } from './understand.ts'
import { toTsquery } from './understood.ts'

/** With a letter or two too many words begin. */
const SHORT = 2
/** So many places are left for brands, categories and queries, where there are as many. */
const OTHERS_MIN = 3

/**
 * What may be meant by the beginning of a search: active products whose names begin so, then those with such words, then brands,
 * categories, and what at least three accounts asked for (V1-406, MP-135, MP-136). Misspelt beginnings are understood where there is
 * nothing else. Two statements; four more for what is misspelt.
 */
export async function suggest(db: Db, { text, limit }: SuggestRequest): Promise<Suggestions> {
  const plain = await findPlain(db, text.slice(0, 200))
  if (plain === '') return { texts: [], products: [], categories: [] }
  const words = plain.split(' ')
  const isShort = words.every((word) => word.length <= SHORT)
  const found = await findSuggestions(db, plain, words.map(beginsWith).join(' & '), isShort)
  return presentSuggestions(isEmpty(found) ? await findMeant(db, plain, words) : found, limit)
}

const beginsWith = (word: string) => `'n:${word}':*`
const isEmpty = ({ products, brands, categories, queries }: Suggested) =>
  products.length + brands.length + categories.length + queries.length === 0

/** The names that have the words, each as it may have been meant. */
async function findMeant(db: Db, plain: string, words: string[]): Promise<Suggested> {
  const last = words.at(-1)!
  const [{ units }, begun] = await Promise.all([understand(db, plain), findBegun(db, last)])
  const meant = units.slice(0, -1)
  const lastUnit = units.slice(-1)
  const endings = [...begun.map(beginsWith), ...(lastUnit.length > 0 ? [toTsquery(lastUnit, 'name')] : [])]
  if (endings.length === 0) return { products: [], brands: [], categories: [], queries: [] }
  const tsquery = [...(meant.length > 0 ? [toTsquery(meant, 'name')] : []), `(${endings.join(' | ')})`].join(' & ')
  const [closest = plain] = words.length === 1 ? begun : []
  return findSuggestions(db, closest, tsquery, false)
}

/** Beginnings of words from which this one is an edit away, the shortest first. */
async function findBegun(db: Db, word: string): Promise<string[]> {
  if (editsAllowed(word) === 0) return []
  const letters = [...word]
  const [first, second, third] = letters as [string, string, string]
  const terms = await findBegunWords(db, [...new Set([first + second, second + first, first + third])])
  const isNear = (term: string) =>
    [-1, 0, 1].some((more) => countEdits(word, [...term].slice(0, letters.length + more).join('')) <= 1)
  return terms
    .filter(isNear)
    .toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .slice(0, 10)
}

/** Up to `limit` of each; among the texts there is room for brands, categories and queries. */
export function presentSuggestions({ products, brands, categories, queries }: Suggested, limit: number): Suggestions {
  const others = distinct([...brands, ...categories].map(({ name }) => name).concat(queries))
  const names = distinct(products.map(({ name }) => name))
  const own = names.slice(0, Math.max(limit - others.length, limit - OTHERS_MIN, 0))
  const texts = distinct([...own, ...others, ...names]).slice(0, limit)
  return { texts, products: products.slice(0, limit), categories: categories.slice(0, limit) }
}

/** Each once, whatever its capitals, where it comes first. */
function distinct(texts: string[]): string[] {
  const known = new Set<string>()
  return texts.filter((text) => !known.has(text.toLowerCase()) && known.add(text.toLowerCase()))
}
