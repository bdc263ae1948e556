import { type Static, Type } from 'typebox'
import type { Facets, SharedSearch } from '#commerce/browse'
import { facetFields, toFacetKeys } from '../http/facets.wire.ts'
import { toFileUrl } from '../http/file-url.ts'
import { PageOf } from '../http/paging.ts'
import { Nullable } from '../http/wire.ts'
import { ProductQuery } from './product-filters.ts'
import { productFields, type SharedProduct } from './products.wire.ts'
import { Fault } from './refusals.ts'

const { category, min_price, max_price, seller, in_stock, min_rating, page, page_size } = ProductQuery.properties
export const QUERY_MAX = 200
/** What a client of the one document can ask, and one of the other cannot (MP-084). */
const wishes = {
  category,
  min_price,
  max_price,
  seller,
  in_stock,
  min_rating,
  sort_by: Type.Optional(
    Type.String({ description: 'relevance, price_low, price_high, popularity, rating, newest', maxLength: 200 }),
  ),
  page,
  page_size,
}
export const WISHES = Object.keys(wishes)
export const SearchQuery = Type.Object({
  q: Type.Optional(Type.String({ description: 'what is looked for', maxLength: QUERY_MAX })),
  type: Type.Optional(Type.String({ description: 'product or category; without it both', maxLength: 200 })),
  ...wishes,
})

const FoundProductWire = Type.Object({ ...productFields, relevance: Type.Number() }, { title: 'SharedFoundProduct' })
const { id, name, inventory, tags, price_weights, images, is_active, status } = productFields
const SearchProductWire = Type.Object(
  {
    id,
    name,
    category: Nullable(Type.Integer({ description: 'its id' })),
    inventory,
    tags,
    price_weights,
    images,
    is_active,
    status,
  },
  { title: 'StorefrontSearchProduct' },
)
const SearchCategoryWire = Type.Object(
  {
    id,
    category_id: Type.String({ description: 'the code' }),
    name,
    slug: Type.String(),
    description: Type.String(),
    tags,
    image: Nullable(Type.String()),
    products: Type.Array(SearchProductWire),
  },
  { title: 'StorefrontSearchCategory' },
)
const FacetsWire = Type.Object(
  {
    ...facetFields,
    ratings: Type.Array(Type.Object({ rating: Type.Integer({ description: 'so or better' }), count: Type.Integer() })),
  },
  { title: 'SharedFacets', description: 'how many there are of each, as if the filter of that facet were not set' },
)

const foundFields = {
  ...PageOf(FoundProductWire).properties,
  query: Type.String(),
  facets: FacetsWire,
  products: Type.Array(SearchProductWire, { description: 'the products of results' }),
  categories: Type.Array(SearchCategoryWire),
}
export const FoundWire = Type.Object(
  {
    ...foundFields,
    detail: Type.Optional(Type.String({ description: 'where nothing is found but something is written alike' })),
    product_suggestions: Type.Optional(Type.Array(Type.String())),
    category_suggestions: Type.Optional(Type.Array(Type.String())),
  },
  { title: 'SharedSearch' },
)
/** Also of an address that is no page: then only with the keys of a refusal. */
export const NothingFoundWire = Type.Object(
  { ...Fault.properties, ...Type.Partial(Type.Object(foundFields)).properties },
  { title: 'SharedSearchNothing' },
)

export const toSearchProductWire = (product: SharedProduct): Static<typeof SearchProductWire> => ({
  id: product.id,
  name: product.name,
  category: product.category?.id ?? null,
  inventory: product.inventory,
  tags: product.tags,
  price_weights: product.price_weights,
  images: product.images,
  is_active: product.is_active,
  status: product.status,
})

export const toSearchCategoryWire = (
  { products, ...found }: SharedSearch['categories'][number],
  publicUrl: string,
  toProduct: (product: SharedSearch['categories'][number]['products'][number]) => SharedProduct,
): Static<typeof SearchCategoryWire> => ({
  id: found.id,
  category_id: found.code,
  name: found.name,
  slug: found.slug,
  description: found.description,
  tags: found.tags,
  image: toFileUrl(publicUrl, found.image),
  products: products.map((product) => toSearchProductWire(toProduct(product))),
})

/** Where only categories are looked for there is nothing to count. */
const NOTHING: Facets = {
  count: 0,
  categories: [],
  brands: [],
  sellers: [],
  priceRanges: [],
  inStock: 0,
  soldOut: 0,
  ratings: [],
}

export const toFacetsWire = (facets: Facets = NOTHING, currency: string): Static<typeof FacetsWire> => ({
  ...toFacetKeys(facets, currency),
  ratings: facets.ratings.map(({ atLeast, count }) => ({ rating: atLeast, count })),
})
