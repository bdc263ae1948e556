import { type Static, Type } from 'typebox'
import type { Facets } from '#commerce/browse'
import { FacetLineWire, facetFields, toFacetKeys } from '../http/facets.wire.ts'
import { PageOf, PageQuery } from '../http/paging.ts'
import { Nullable } from '../http/wire.ts'
import { ProductWire } from './products.wire.ts'

const Word = (description: string) => Type.Optional(Type.String({ description, maxLength: 200 }))

export const SearchQuery = Type.Object({
  ...PageQuery,
  q: Word('what is looked for; without it everything'),
  category: Word('id or slug; those below it count'),
  brand: Word('id or slug'),
  seller: Word('id of the account that sells'),
  min_price: Word('decimal'),
  max_price: Word('decimal'),
  in_stock: Word('in stock: true or false'),
  min_rating: Word('1 to 5'),
  ordering: Word(
    'relevance, price, name, created_at, rating, popularity; with - the other way round. Default: relevance',
  ),
})

const FacetsWire = Type.Object(
  {
    ...facetFields,
    brands: Type.Array(FacetLineWire),
    ratings: Type.Array(
      Type.Object({ min_rating: Type.Integer({ description: 'rated so or better' }), count: Type.Integer() }),
    ),
  },
  { title: 'Facets', description: 'how many there are of each, as if the filter of that facet were not set' },
)

export const SearchPageWire = Type.Object(
  {
    ...PageOf(ProductWire).properties,
    query: Type.String(),
    corrected: Nullable(Type.String({ description: 'what was looked for instead of misspelt words' })),
    is_partial: Type.Boolean({ description: 'nothing has all of the words: these have some of them' }),
    facets: FacetsWire,
  },
  { title: 'SearchPage' },
)

export const SuggestionQuery = Type.Object({ q: Word('the beginning of a search') })
export const SuggestionsWire = Type.Object(
  { query: Type.String(), suggestions: Type.Array(Type.String(), { maxItems: 10 }) },
  { title: 'SearchSuggestions' },
)

export const toFacetsWire = (facets: Facets, currency: string): Static<typeof FacetsWire> => ({
  ...toFacetKeys(facets, currency),
  brands: facets.brands,
  ratings: facets.ratings.map(({ atLeast, count }) => ({ min_rating: atLeast, count })),
})
