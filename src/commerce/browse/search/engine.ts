/** What a search engine does for the shop (V1-443): it finds ids and numbers; what is shown of a product is read elsewhere. */
import type { Db } from '#platform/database'
import type { ProductFilter, ProductOrder } from '../product-filter.ts'
import type { Window } from '../selection.queries.ts'
import type { Facets } from './facets.ts'

export type SearchRequest = {
  /** What was typed. */
  text: string
  /** Each word must stand as it is typed, if only as a part of another (SF-245); else it is understood. */
  isLiteral?: boolean
  filter: Omit<ProductFilter, 'search'>
  window: Window
  /** Undefined: the best answer first. */
  order?: ProductOrder
  wantsFacets: boolean
  /** In which price ranges are counted. */
  currency: string
}

export type SearchAnswer = {
  /** The page, in order, each with how well it answers, from 0 to 1. */
  hits: { id: number; relevance: number }[]
  /** All that match; above 10,000 it may be a little old: ten seconds, or up to five minutes where counting takes long. */
  count: number
  facets?: Facets
  /** What was looked for instead, where a word was taken for misspelt. */
  corrected: string | null
  /** Whether nothing has all of the words, and these have some of them. */
  isPartial: boolean
}

export type SuggestRequest = { text: string; limit: number }
export type Suggestions = {
  /** Names of products, brands and categories, and queries of many, the likeliest first. */
  texts: string[]
  products: { id: number; name: string; slug: string }[]
  categories: { id: number; name: string; slug: string }[]
}

/**
 * Engines see each change once it is committed: a search after it finds it, or finds it within seconds where the engine is
 * another service. The one that comes with the shop searches the tables that triggers keep; one elsewhere is brought in step by
 * what `browse.changes` notes: by each transaction the products that it changed.
 */
export type SearchEngine = {
  search(db: Db, request: SearchRequest): Promise<SearchAnswer>
  suggest(db: Db, request: SuggestRequest): Promise<Suggestions>
  /** Brings the engine in step with the shop, and clears what it needs no more. Run by a schedule; safe to run again. */
  keepInStep(db: Db, now: Date): Promise<void>
  /** Builds anew all that it keeps, and tells of how many products; undefined where the database itself is all that there is. */
  rebuild?(db: Db, now: Date): Promise<number>
  /** Something changed that is committed: the engine may bring itself in step at once, behind. */
  noteChange?(db: Db): void
  close(): void
}
