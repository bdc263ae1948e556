/** A search in the language of the engine. */
import type { ProductOrder } from '../../product-filter.ts'
import type { SearchRequest } from '../engine.ts'
import type { Asked } from './asked.queries.ts'
import { toAggregations } from './facets-asked.ts'
import { type Clause, type Filters, ownBut } from './filters.ts'

/** How the words must be found: all as they are, all but for misspellings, all but one, or any of them. */
export type Strictness = 'exact' | 'fuzzy' | 'most' | 'any'

/** Where a word stands tells how well it answers. */
const WEIGHTS = ['name^10', 'tags^5', 'brand^4', 'category^4', 'description^1.5']
const SAME_NUMBER = 60
const SAME_NAME = 40
const SYNONYM = 0.8
/** What the engine adds for merit is small beside the words. */
const MERIT = 2
/** Above every score that words can have, and below. */
const PINNED = 1_000_000
const BURIED = 0.000_001
/** A letter or two may be wrong, by the length of the word; hardly ever the first one. */
const FUZZY = { fuzziness: 'AUTO', prefix_length: 1 }

export type Page = { from: number; size: number }

/** For `POST /index/_search`. */
export function toSearchBody(
  request: SearchRequest,
  asked: Asked,
  filters: Filters,
  page: Page,
  strictness: Strictness,
): Clause {
  const { wantsFacets, currency, order } = request
  const isTyped = asked.plain !== ''
  const words = isTyped ? orPinned(wordsOf(asked, request.text, strictness), asked) : { match_all: {} }
  // With facets the filters that they leave out come after the counting.
  const filter = wantsFacets ? filters.always : [...filters.always, ...ownBut(filters)]
  const query = { bool: { must: [words], filter } }
  return {
    ...page,
    _source: false,
    track_total_hits: true,
    query: isTyped && !order ? byMerit(query, asked) : query,
    sort: sortOf(order, isTyped),
    track_scores: true,
    ...(wantsFacets && {
      post_filter: { bool: { filter: ownBut(filters) } },
      aggs: toAggregations(filters, currency),
    }),
    ...(strictness === 'fuzzy' && { suggest: correctionsOf(asked.plain) }),
  }
}

function wordsOf({ plain, otherwise }: Asked, typed: string, strictness: Strictness): Clause {
  const said = (text: string, boost: number) => ({
    bool: {
      must: [{ match: { all: { query: text, ...matching(strictness) } } }],
      should: [
        { multi_match: { query: text, fields: WEIGHTS, type: 'most_fields', ...(strictness !== 'exact' && FUZZY) } },
      ],
      boost,
    },
  })
  return {
    bool: {
      should: [
        { dis_max: { queries: [said(plain, 1), ...otherwise.map((text) => said(text, SYNONYM))] } },
        { term: { skus: { value: typed.trim(), boost: SAME_NUMBER } } },
        { term: { 'name.key': { value: typed.trim(), boost: SAME_NAME } } },
      ],
      minimum_should_match: 1,
    },
  }
}

function matching(strictness: Strictness): Clause {
  if (strictness === 'exact') return { operator: 'and' }
  if (strictness === 'fuzzy') return { operator: 'and', ...FUZZY }
  return { operator: 'or', minimum_should_match: strictness === 'most' ? '-1' : 1, ...FUZZY }
}

/** What staff pinned is found whether it has the words or not. */
function orPinned(words: Clause, { pinnedIds }: Asked): Clause {
  if (pinnedIds.length === 0) return words
  return { bool: { should: [words, { terms: { product_id: pinnedIds } }], minimum_should_match: 1 } }
}

function byMerit(query: Clause, { pinnedIds, buriedIds }: Asked): Clause {
  const merit = { field_value_factor: { field: 'merit', modifier: 'log1p', factor: 1, missing: 0 }, weight: MERIT }
  const scored = { function_score: { query, functions: [merit], boost_mode: 'sum' } }
  const placed = [
    ...(pinnedIds.length > 0 ? [{ filter: { terms: { product_id: pinnedIds } }, weight: PINNED }] : []),
    ...(buriedIds.length > 0 ? [{ filter: { terms: { product_id: buriedIds } }, weight: BURIED }] : []),
  ]
  if (placed.length === 0) return scored
  return { function_score: { query: scored, functions: placed, score_mode: 'min', boost_mode: 'multiply' } }
}

const FIELDS: Partial<Record<ProductOrder['by'], string>> = {
  price: 'price_minor',
  name: 'name_key',
  created_at: 'created_at',
  rating: 'rating_average',
}

/** Whether the engine knows this order: how often a product is looked at it is not told. */
export const knowsOrder = (order: ProductOrder | undefined): boolean => !order || order.by in FIELDS

function sortOf(order: ProductOrder | undefined, isTyped: boolean): Clause[] {
  if (order) {
    const way = order.descending ? 'desc' : 'asc'
    return [{ [FIELDS[order.by]!]: way }, { product_id: way }]
  }
  return isTyped
    ? [{ _score: 'desc' }, { merit: 'desc' }, { product_id: 'desc' }]
    : [{ created_at: 'desc' }, { product_id: 'desc' }]
}

/** Of each word that no product has, the likeliest one that is meant. */
function correctionsOf(text: string): Clause {
  return { text, words: { term: { field: 'spelled', suggest_mode: 'missing', size: 1 } } }
}
