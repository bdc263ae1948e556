import type { App } from '../../app.ts'
import type { ProductWithVariants } from '../product-view.ts'
import { findProductsWithVariants } from '../products.queries.ts'
import { likenessOf } from './edits.ts'
import type { SearchRequest } from './engine.ts'
import type { Facets } from './facets.ts'
import { searchWith } from './search.ts'
import {
  type CategoryHit,
  findCategoriesBy,
  findCategoryNames,
  findNamesOfLength,
  findNamesWith,
  findProductsNamed,
} from './shared-search.queries.ts'
import { understand } from './understand.ts'
import { toPartialTsquery } from './understood.ts'

export type SharedSearchRequest = Omit<SearchRequest, 'isLiteral'> & {
  wantsProducts: boolean
  wantsCategories: boolean
}
export type SharedSearch = {
  /** The page, each with how well it answers, from 0 to 1. */
  products: (ProductWithVariants & { relevance: number })[]
  /** Products that match, on all pages. */
  count: number
  categories: (Omit<CategoryHit, 'productIds'> & { products: ProductWithVariants[] })[]
  facets?: Facets
  /** Names that are written alike, the likeliest first; only where nothing else is found. */
  productSuggestions: string[]
  categorySuggestions: string[]
}

/**
 * The search of marketplace and storefront (SF-245…SF-256, MP-080…MP-086): every word as it is typed, if only as a part of another.
 * A product named so is found alone; a category named so comes with its products. Where nothing is found, names are suggested
 * that are written alike. A blank text finds every product, and no category.
 */
export async function searchShared(
  app: Pick<App, 'db' | 'searchEngine'>,
  request: SharedSearchRequest,
): Promise<SharedSearch> {
  const { db } = app
  const text = request.text.trim()
  const tokens = text.split(/\s+/).filter(Boolean)
  const [named, found] = await Promise.all([
    request.wantsProducts && text ? findProductsNamed(db, text) : [],
    request.wantsCategories && text ? findCategoriesBy(db, text, tokens) : [],
  ])
  // Of a product that is called so, categories with the same words tell nothing.
  const hits = named.length > 0 ? found.filter(({ isNamed }) => isNamed) : found
  const page = request.wantsProducts ? await searchWith(app, toRequest(request, text, named)) : { hits: [], count: 0 }
  const ids = [...new Set([...page.hits.map(({ id }) => id), ...hits.flatMap(({ productIds }) => productIds)])]
  const shown = new Map((await findProductsWithVariants(db, ids)).map((product) => [product.id, product]))
  const isNothing =
    text !== '' && page.count === 0 && hits.length === 0 && !(await isFoundUnfiltered(app, request, text, named))
  return {
    products: page.hits.flatMap(({ id, relevance }) => (shown.has(id) ? [{ ...shown.get(id)!, relevance }] : [])),
    count: page.count,
    categories: hits.map(({ productIds, ...category }) => ({
      ...category,
      products: productIds.flatMap((id) => shown.get(id) ?? []),
    })),
    ...('facets' in page && page.facets ? { facets: page.facets } : {}),
    productSuggestions: isNothing && request.wantsProducts ? await findProductsAlike(app, text) : [],
    categorySuggestions: isNothing && request.wantsCategories ? alike(text, await findCategoryNames(db)) : [],
  }
}

/** What its filters alone leave out is written as it should be: then nothing else may be meant. */
async function isFoundUnfiltered(
  app: Pick<App, 'db' | 'searchEngine'>,
  request: SharedSearchRequest,
  text: string,
  named: number[],
): Promise<boolean> {
  if (!request.wantsProducts || Object.keys(request.filter).length === 0) return false
  if (named.length > 0) return true
  const plain = { ...request, filter: {}, window: { limit: 1, offset: 0 }, wantsFacets: false }
  return (await searchWith(app, toRequest(plain, text, named))).count > 0
}

function toRequest(request: SharedSearchRequest, text: string, named: number[]): SearchRequest {
  const { filter, window, order, wantsFacets, currency } = request
  const only = named.length > 0 ? { onlyIds: named } : {}
  return {
    text,
    isLiteral: true,
    filter: { ...filter, ...only },
    window,
    ...(order && { order }),
    wantsFacets,
    currency,
  }
}

/** From this likeness on a name is suggested (SF-255). */
const ALIKE = 0.6
const SUGGESTED_MAX = 5

function alike(text: string, names: string[]): string[] {
  const typed = text.toLowerCase()
  return [...new Set(names)]
    .map((name) => ({ name, likeness: likenessOf(typed, name.toLowerCase()) }))
    .filter(({ likeness }) => likeness >= ALIKE)
    .toSorted((a, b) => b.likeness - a.likeness || (a.name < b.name ? -1 : 1))
    .slice(0, SUGGESTED_MAX)
    .map(({ name }) => name)
}

/** Of a small shop every name is compared; of a large one those with a word that is typed, or nearly. */
async function findProductsAlike({ db }: Pick<App, 'db'>, text: string): Promise<string[]> {
  const { length } = [...text]
  const [shortest, longest] = [Math.floor(length * ALIKE), Math.ceil(length / ALIKE)]
  const all = await findNamesOfLength(db, shortest, longest)
  if (all) return alike(text, all)
  const { units } = await understand(db, text, true)
  if (units.length === 0) return []
  return alike(text, await findNamesWith(db, toPartialTsquery(units, 1, 'name'), shortest, longest))
}
